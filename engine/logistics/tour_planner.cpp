#include "logistics/tour_planner.h"

#include <algorithm>
#include <cmath>

#include "routing/solver.h"

namespace jiahe::logistics {
namespace {

std::vector<Call> gather_calls(std::span<const std::uint32_t> parcels, std::span<const NodeId> node,
                               std::span<const std::uint32_t> door, const PlannerOptions& o) {
    std::vector<std::uint32_t> order(parcels.begin(), parcels.end());
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple{node[a], door[a], a} < std::tuple{node[b], door[b], b};
    });
    std::vector<Call> calls;
    std::uint32_t last_door = 0xffffffffu;
    for (const std::uint32_t p : order) {
        const bool new_door = calls.empty() || door[p] != last_door;
        const bool full = !calls.empty() && new_door &&
                          calls.back().doors >= static_cast<std::uint32_t>(o.doors_per_call);
        const bool too_many = !calls.empty() && calls.back().parcels.size() >=
                                                    static_cast<std::size_t>(o.parcels_per_van);
        if (calls.empty() || calls.back().node != node[p] || full || too_many) {
            calls.push_back({node[p], {}, 0});
        }
        if (calls.back().parcels.empty() || new_door) ++calls.back().doors;
        calls.back().parcels.push_back(p);
        last_door = door[p];
    }
    return calls;
}

routing::Problem make_problem(const RoadGraph& graph, NodeId hub, const std::vector<Call>& calls,
                              std::size_t vans, double time_left_s, const PlannerOptions& o) {
    std::vector<routing::Position> place = {
        {graph.node_x_m[hub.index()], graph.node_y_m[hub.index()]}};
    std::vector<routing::Stop> stops;
    for (const Call& call : calls) {
        place.push_back({graph.node_x_m[call.node.index()], graph.node_y_m[call.node.index()]});
        routing::Stop stop;
        stop.location = static_cast<std::uint32_t>(place.size() - 1);
        stop.demand = {static_cast<std::int64_t>(call.parcels.size()), 0};
        const auto extra = static_cast<double>(call.parcels.size() - call.doors);
        stop.service =
            static_cast<std::int64_t>(o.park_s + call.doors * o.door_s + extra * o.extra_parcel_s);
        stop.prize = routing::kMandatory;
        stops.push_back(stop);
    }
    std::vector<routing::Vehicle> fleet(vans);
    for (routing::Vehicle& van : fleet) {
        van.capacity = {o.parcels_per_van, routing::kForever};
        van.shift_end = static_cast<std::int64_t>(time_left_s);
        van.cost_per_distance = 1;
        van.cost_per_time = 1;
    }
    const double scale = o.detour;
    const double seconds = o.detour / o.speed_mps;
    auto travel = routing::TravelTable::from_function(
        place.size(), [place, scale, seconds](std::uint32_t a, std::uint32_t b) {
            return routing::Travel{routing::euclidean(place[a], place[b], seconds),
                                   routing::euclidean(place[a], place[b], scale)};
        });
    return routing::Problem({routing::Depot{0}}, std::move(fleet), std::move(stops),
                            std::move(travel), std::move(place));
}

}  // namespace

std::vector<VanTour> plan_tours(const RoadGraph& graph, NodeId hub,
                                std::span<const std::uint32_t> parcels,
                                std::span<const NodeId> node, std::span<const std::uint32_t> door,
                                std::size_t idle_vans, double time_left_s,
                                const PlannerOptions& options, std::uint64_t seed) {
    std::vector<VanTour> tours;
    if (parcels.empty() || idle_vans == 0 || time_left_s <= 0) return tours;
    std::vector<Call> calls = gather_calls(parcels, node, door, options);
    const routing::Problem problem =
        make_problem(graph, hub, calls, idle_vans, time_left_s, options);
    routing::SolveOptions solve;
    solve.seed = seed;
    solve.iterations = options.iterations;
    const routing::Solution plan = routing::solve(problem, solve);
    for (const routing::Tour& tour : plan.tours) {
        tours.push_back({tour.vehicle, {}});
        for (const std::uint32_t stop : tour.stops)
            tours.back().calls.push_back(std::move(calls[stop]));
    }
    return tours;
}

}  // namespace jiahe::logistics
