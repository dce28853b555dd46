#include "logistics/tour_planner.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "routing/solver.h"

namespace jiahe::logistics {
namespace {

struct Gathered {
    Call call;
    std::int64_t volume_ml = 0;
    double due_s = std::numeric_limits<double>::infinity();
};

// Parcels that one call may hold at most.
std::size_t parcels_most(const PlannerOptions& o, Handover handover) {
    const int most = handover == Handover::kLocker
                         ? std::min(o.parcels_per_locker, o.parcels_per_van)
                         : o.parcels_per_van;
    return static_cast<std::size_t>(most);
}

std::vector<Gathered> gather_calls(const ParcelOrders& orders, const PlanningSituation& now,
                                   const PlannerOptions& o) {
    std::vector<std::uint32_t> rank(now.parcels.size());
    for (std::uint32_t i = 0; i < rank.size(); ++i)
        rank[i] = i;
    const auto key = [&](std::uint32_t i) {
        const std::uint32_t p = now.parcels[i];
        return std::tuple{orders.node[p], now.handover[i], orders.door[p], p};
    };
    std::sort(rank.begin(), rank.end(),
              [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    std::vector<Gathered> calls;
    std::uint32_t last_door = 0xffffffffu;
    const auto volume_most = static_cast<std::int64_t>(o.van_volume_l * 1000);
    for (const std::uint32_t i : rank) {
        const std::uint32_t p = now.parcels[i];
        const bool at_door = now.handover[i] == Handover::kDoor;
        const bool new_door = at_door && orders.door[p] != last_door;
        const auto starts_call = [&] {
            if (calls.empty()) return true;
            const Gathered& last = calls.back();
            return last.call.node != orders.node[p] || last.call.handover != now.handover[i] ||
                   (new_door && last.call.doors >= static_cast<std::uint32_t>(o.doors_per_call)) ||
                   last.call.parcels.size() >= parcels_most(o, now.handover[i]) ||
                   last.volume_ml + orders.volume_ml[p] > volume_most;
        };
        if (starts_call()) {
            calls.emplace_back();
            calls.back().call.node = orders.node[p];
            calls.back().call.handover = now.handover[i];
        }
        Gathered& call = calls.back();
        if (call.call.parcels.empty() || new_door) ++call.call.doors;
        call.call.parcels.push_back(p);
        call.volume_ml += orders.volume_ml[p];
        call.due_s = std::min(call.due_s, now.due_s[i]);
        last_door = at_door ? orders.door[p] : 0xffffffffu;
    }
    return calls;
}

routing::Vehicle van_of(const PlanningSituation& now, const PlannerOptions& o) {
    routing::Vehicle van;
    van.capacity = {o.parcels_per_van, static_cast<std::int64_t>(o.van_volume_l * 1000)};
    van.shift_end = static_cast<std::int64_t>(now.time_left_s);
    van.fixed_cost = std::llround(o.tour_fen * 1000);
    van.cost_per_distance = std::llround(o.van_fen_per_km);
    van.cost_per_time = std::llround(o.wage_fen_ph / 3.6);
    return van;
}

// Drives between the rows of `place_row`: at the same node there is none.
routing::TravelTable drives_of(const TravelMatrix& matrix, std::vector<std::size_t> place_row,
                               double slowness, double ride_s) {
    const std::size_t count = place_row.size();
    return routing::TravelTable::from_function(
        count, [&matrix, place_row = std::move(place_row), slowness, ride_s](std::uint32_t a,
                                                                             std::uint32_t b) {
            if (place_row[a] == place_row[b]) return routing::Travel{};
            const std::size_t cell = place_row[a] * matrix.count() + place_row[b];
            const double time_s = (matrix.time_ms[cell] * 1e-3 + ride_s) * slowness;
            return routing::Travel{std::llround(time_s), matrix.length_m[cell]};
        });
}

routing::Problem make_problem(const RoadGraph& graph, const TravelMatrix& matrix,
                              const std::vector<Gathered>& calls, const PlanningSituation& now,
                              const PlannerOptions& o, const CallTimes& times, bool keep_promises) {
    std::vector<routing::Position> place = {
        {graph.node_x_m[now.hub.index()], graph.node_y_m[now.hub.index()]}};
    std::vector<std::size_t> place_row = {matrix.row_of(now.hub)};
    for (const Gathered& g : calls) {
        place_row.push_back(matrix.row_of(g.call.node));
        place.push_back({graph.node_x_m[g.call.node.index()], graph.node_y_m[g.call.node.index()]});
    }
    auto travel = drives_of(matrix, std::move(place_row), now.slowness, o.ride_s);
    std::vector<routing::Stop> stops;
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        const Call& call = calls[i].call;
        const auto parcels = static_cast<std::uint32_t>(call.parcels.size());
        routing::Stop stop;
        stop.location = i + 1;
        stop.demand = {parcels, calls[i].volume_ml};
        stop.service = std::llround(times.park_s +
                                    expected_handling_s(times, call.handover, call.doors, parcels));
        // A promise that even a van of its own would break is no window any more.
        const double close_s = calls[i].due_s - static_cast<double>(stop.service);
        if (keep_promises && close_s >= static_cast<double>(travel(0, i + 1).time)) {
            stop.close = static_cast<std::int64_t>(std::min(close_s, 1e9));
        }
        stops.push_back(stop);
    }
    return routing::Problem({routing::Depot{0}},
                            std::vector<routing::Vehicle>(now.idle_vans, van_of(now, o)),
                            std::move(stops), std::move(travel), std::move(place));
}

VanTour tour_of(const routing::Problem& problem, const routing::Tour& planned,
                std::vector<Gathered>& calls) {
    const routing::Schedule schedule = routing::schedule_of(problem, planned);
    VanTour tour;
    tour.van = planned.vehicle;
    tour.distance_m = static_cast<double>(schedule.distance);
    tour.duration_s = static_cast<double>(schedule.end - schedule.start);
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < planned.stops.size(); ++i) {
        Call& call = calls[planned.stops[i]].call;
        const std::uint32_t to = planned.stops[i] + 1;
        call.arrival_s = static_cast<double>(schedule.arrival[i] - schedule.start);
        call.drive_s = static_cast<double>(problem.travel()(at, to).time);
        tour.calls.push_back(std::move(call));
        at = to;
    }
    tour.drive_home_s = static_cast<double>(problem.travel()(at, 0).time);
    return tour;
}

}  // namespace

std::vector<VanTour> plan_tours(const RoadGraph& graph, const TravelMatrix& travel,
                                const ParcelOrders& orders, const PlanningSituation& situation,
                                const PlannerOptions& options, const CallTimes& times) {
    std::vector<VanTour> tours;
    if (situation.parcels.empty() || situation.idle_vans == 0 || situation.time_left_s <= 0) {
        return tours;
    }
    std::vector<Gathered> calls = gather_calls(orders, situation, options);
    routing::SolveOptions solve;
    solve.seed = situation.seed;
    solve.iterations = options.iterations;
    routing::Problem problem = make_problem(graph, travel, calls, situation, options, times, true);
    routing::Solution plan = routing::solve(problem, solve);
    if (!plan.unassigned.empty()) {
        problem = make_problem(graph, travel, calls, situation, options, times, false);
        plan = routing::solve(problem, solve);
    }
    for (const routing::Tour& planned : plan.tours)
        tours.push_back(tour_of(problem, planned, calls));
    return tours;
}

}  // namespace jiahe::logistics
