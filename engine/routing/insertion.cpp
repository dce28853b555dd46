#include "routing/insertion.h"

namespace jiahe::routing {
namespace {

struct Seeker {
    const RoutePlan& plan;
    std::uint32_t stop;
    Place best;

    bool has_room(std::uint32_t vehicle) const {
        const Load& load = plan.route(vehicle).until.back().load;
        const Load& more = plan.stop_segment(stop).load;
        return plan.fits(vehicle, {load[0] + more[0], load[1] + more[1]});
    }
    void look(std::uint32_t vehicle, std::size_t at) {
        const std::int64_t cost = plan.insertion_cost(vehicle, at, stop);
        if (cost < best.cost) best = {vehicle, at, cost};
    }
};

}  // namespace

Place best_place(const RoutePlan& plan, const NeighbourLists& neighbours, std::uint32_t stop) {
    Seeker seeker{plan, stop, {}};
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
                     std::span<const std::uint32_t> stops) {
    for (const std::uint32_t stop : stops) {
        const Place place = best_place(plan, neighbours, stop);
        if (place.cost < plan.problem().stops()[stop].prize) {
            plan.insert(place.vehicle, place.at, stop);
        }
    }
}

}  // namespace jiahe::routing
