#include "routing/insertion.h"

namespace jiahe::routing {
namespace {

struct Seeker {
    const RoutePlan& plan;
    std::uint32_t stop;
    Blinking& blinking;
    Place best;

    bool has_room(std::uint32_t vehicle) const {
        const Load& load = plan.route(vehicle).until.back().load;
        const Load& more = plan.stop_segment(stop).load;
        return plan.fits(vehicle, {load[0] + more[0], load[1] + more[1]});
    }
    void look(std::uint32_t vehicle, std::size_t at) {
        if (blinking.blink()) return;
        const std::int64_t cost = plan.insertion_cost(vehicle, at, stop);
        if (cost < best.cost) best = {vehicle, at, cost};
    }
};

}  // namespace

Place best_place(const RoutePlan& plan, const NeighbourLists& neighbours, std::uint32_t stop,
                 Blinking& blinking) {
    Seeker seeker{plan, stop, blinking, {}};
    for (const std::uint32_t neighbour : neighbours.of(stop)) {
        const std::uint32_t vehicle = plan.route_of(neighbour);
        if (vehicle == kNone || !seeker.has_room(vehicle)) continue;
        const std::size_t at = plan.position_of(neighbour);
        seeker.look(vehicle, at);
        seeker.look(vehicle, at + 1);
    }
    const Problem& problem = plan.problem();
    for (std::uint32_t g = 0; g < problem.vehicles_of_group().size(); ++g) {
        if (plan.empty_vehicle(g) != kNone) seeker.look(plan.empty_vehicle(g), 0);
    }
    if (seeker.best.cost < kInfeasible) return seeker.best;
    for (std::uint32_t v = 0; v < problem.vehicle_count(); ++v) {
        if (!seeker.has_room(v)) continue;
        for (std::size_t at = 0; at <= plan.route(v).stops.size(); ++at)
            seeker.look(v, at);
    }
    return seeker.best;
}

void insert_greedily(RoutePlan& plan, const NeighbourLists& neighbours,
                     std::span<const std::uint32_t> stops, Blinking& blinking,
                     std::int64_t generosity) {
    for (const std::uint32_t stop : stops) {
        const Place place = best_place(plan, neighbours, stop, blinking);
        if (place.cost < plan.problem().stops()[stop].prize * generosity) {
            plan.insert(place.vehicle, place.at, stop);
        }
    }
}

void drop_unworthy(RoutePlan& plan) {
    const std::vector<Stop>& stops = plan.problem().stops();
    for (const std::uint32_t vehicle : plan.changed()) {
        const RoutePlan::Route& route = plan.route(vehicle);
        for (std::size_t at = 0; at < route.stops.size();) {
            const bool alone = route.stops.size() == 1;
            const std::int64_t without =
                alone ? 0 : plan.cost_of(vehicle, plan.joined(route.until[at], route.from[at + 1]));
            if (without + stops[route.stops[at]].prize < route.cost) {
                plan.remove(vehicle, at, at + 1);
                at = 0;
            } else {
                ++at;
            }
        }
        std::int64_t worth = 0;
        for (const std::uint32_t stop : route.stops)
            worth += stops[stop].prize;
        if (worth < route.cost) plan.remove(vehicle, 0, route.stops.size());
    }
}

}  // namespace jiahe::routing
