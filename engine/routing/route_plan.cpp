#include "routing/route_plan.h"

#include <algorithm>

#include "base/check.h"

namespace jiahe::routing {

RoutePlan::RoutePlan(const Problem& problem)
    : problem_(problem),
      routes_(problem.vehicle_count()),
      route_of_(problem.stop_count(), kNone),
      position_of_(problem.stop_count(), 0) {
    for (std::uint32_t s = 0; s < problem.stop_count(); ++s) {
        const Stop& stop = problem.stops()[s];
        stop_segment_.push_back({single_stop(stop.service, stop.open, stop.close, stop.release), 0,
                                 stop.demand, stop.location, stop.location});
        position_of_[s] = s;
        unassigned_.push_back(s);
        total_ += stop.prize;
    }
    for (std::uint32_t v = 0; v < problem.vehicle_count(); ++v) {
        const Vehicle& vehicle = problem.vehicles()[v];
        const std::uint32_t home = problem.depot_location(v);
        depot_segment_.push_back(
            {single_stop(0, vehicle.shift_start, vehicle.shift_end), 0, {}, home, home});
        routes_[v].until.push_back(depot_segment_[v]);
        routes_[v].from.push_back(depot_segment_[v]);
    }
    for (const std::vector<std::uint32_t>& group : problem.vehicles_of_group())
        first_empty_.push_back(group.front());
}

std::int64_t RoutePlan::cost_of(std::uint32_t vehicle, const Segment& whole) const {
    if (!fits(vehicle, whole.load) || whole.time.total_warp() > 0) return kInfeasible;
    const Vehicle& v = problem_.vehicles()[vehicle];
    if (whole.time.duration > v.duration_most) return kInfeasible;
    return v.fixed_cost + v.cost_per_distance * whole.distance +
           v.cost_per_time * whole.time.duration;
}

std::int64_t RoutePlan::insertion_cost(std::uint32_t vehicle, std::size_t at,
                                       std::uint32_t stop) const {
    const Route& route = routes_[vehicle];
    const Segment whole = joined(joined(route.until[at], stop_segment_[stop]), route.from[at]);
    const std::int64_t cost = cost_of(vehicle, whole);
    return cost == kInfeasible ? kInfeasible : cost - route.cost;
}

void RoutePlan::release(std::uint32_t stop) {
    route_of_[stop] = kNone;
    position_of_[stop] = static_cast<std::uint32_t>(unassigned_.size());
    unassigned_.push_back(stop);
    total_ += problem_.stops()[stop].prize;
}

void RoutePlan::take(std::uint32_t stop) {
    JIAHE_DEBUG_CHECK(route_of_[stop] == kNone, "a stop may be in one route only");
    const std::uint32_t hole = position_of_[stop];
    unassigned_[hole] = unassigned_.back();
    position_of_[unassigned_[hole]] = hole;
    unassigned_.pop_back();
    total_ -= problem_.stops()[stop].prize;
}

// Segments up to `first_changed` and from `last_kept` on are still right (in new positions).
void RoutePlan::rebuild(std::uint32_t vehicle, std::size_t first_changed, std::size_t last_kept) {
    Route& route = routes_[vehicle];
    const std::size_t n = route.stops.size();
    for (std::size_t i = first_changed; i < n; ++i) {
        const std::uint32_t stop = route.stops[i];
        route.until[i + 1] = joined(route.until[i], stop_segment_[stop]);
        route_of_[stop] = vehicle;
        position_of_[stop] = static_cast<std::uint32_t>(i);
    }
    for (std::size_t i = last_kept; i-- > 0;)
        route.from[i] = joined(stop_segment_[route.stops[i]], route.from[i + 1]);
    total_ -= route.cost;
    route.cost = n == 0 ? 0 : cost_of(vehicle, joined(route.until[n], depot_segment_[vehicle]));
    JIAHE_CHECK(route.cost != kInfeasible, "a route of the solver broke a limit");
    total_ += route.cost;
}

void RoutePlan::note_emptiness(std::uint32_t vehicle, bool was_empty) {
    const bool is_empty = routes_[vehicle].stops.empty();
    if (is_empty == was_empty) return;
    const std::uint32_t g = problem_.group_of_vehicle()[vehicle];
    std::uint32_t& first = first_empty_[g];
    if (is_empty) {
        first = std::min(first, vehicle);  // kNone is the largest
        return;
    }
    if (first != vehicle) return;
    const std::vector<std::uint32_t>& group = problem_.vehicles_of_group()[g];
    const auto next =
        std::find_if(std::lower_bound(group.begin(), group.end(), vehicle), group.end(),
                     [&](std::uint32_t v) { return routes_[v].stops.empty(); });
    first = next == group.end() ? kNone : *next;
}

void RoutePlan::insert(std::uint32_t vehicle, std::size_t at, std::uint32_t stop) {
    Route& route = routes_[vehicle];
    const auto offset = static_cast<std::ptrdiff_t>(at);
    const bool was_empty = route.stops.empty();
    take(stop);
    route.stops.insert(route.stops.begin() + offset, stop);
    route.until.insert(route.until.begin() + offset + 1, Segment{});
    route.from.insert(route.from.begin() + offset, Segment{});
    rebuild(vehicle, at, at + 1);
    note_emptiness(vehicle, was_empty);
}

void RoutePlan::replace(std::span<const NewRoute> routes) {
    for (const NewRoute& r : routes) {
        for (const std::uint32_t stop : routes_[r.vehicle].stops)
            release(stop);
    }
    for (const NewRoute& r : routes) {
        Route& route = routes_[r.vehicle];
        const bool was_empty = route.stops.empty();
        for (const std::uint32_t stop : r.stops)
            take(stop);
        route.stops.assign(r.stops.begin(), r.stops.end());
        route.until.assign(r.stops.size() + 1, depot_segment_[r.vehicle]);
        route.from.assign(r.stops.size() + 1, depot_segment_[r.vehicle]);
        rebuild(r.vehicle, 0, r.stops.size());
        note_emptiness(r.vehicle, was_empty);
    }
}

Solution RoutePlan::solution() const {
    Solution solution;
    for (std::uint32_t v = 0; v < routes_.size(); ++v) {
        if (routes_[v].stops.empty()) continue;
        solution.tours.push_back({v, routes_[v].stops});
        solution.cost += routes_[v].cost;
    }
    solution.unassigned.assign(unassigned_.begin(), unassigned_.end());
    std::sort(solution.unassigned.begin(), solution.unassigned.end());
    for (const std::uint32_t stop : solution.unassigned)
        solution.lost_prizes += problem_.stops()[stop].prize;
    return solution;
}

}  // namespace jiahe::routing
