#include "routing/solution.h"

#include <algorithm>

namespace jiahe::routing {
namespace {

// Earliest arrivals for a start at `schedule.start`; sets `end`.
void drive_forward(const Problem& problem, const Tour& tour, Schedule& schedule) {
    const Vehicle& vehicle = problem.vehicles()[tour.vehicle];
    std::uint32_t at = problem.depot_location(tour.vehicle);
    std::int64_t clock = schedule.start;
    schedule.arrival.clear();
    schedule.begin.clear();
    schedule.distance = 0;
    for (const std::uint32_t s : tour.stops) {
        const Stop& stop = problem.stops()[s];
        const Travel leg = problem.travel()(at, stop.location);
        clock += leg.time;
        schedule.distance += leg.distance;
        schedule.arrival.push_back(clock);
        clock = std::max(clock, stop.open);
        if (clock > stop.close) schedule.feasible = false;
        schedule.begin.push_back(clock);
        clock += stop.service;
        at = stop.location;
    }
    const Travel home = problem.travel()(at, problem.depot_location(tour.vehicle));
    schedule.end = clock + home.time;
    schedule.distance += home.distance;
    if (schedule.end > vehicle.shift_end) schedule.feasible = false;
}

// Latest start that still reaches the last stop's beginning of service.
std::int64_t latest_start(const Problem& problem, const Tour& tour, const Schedule& schedule) {
    std::int64_t begin = schedule.begin.back();
    for (std::size_t i = tour.stops.size() - 1; i > 0; --i) {
        const Stop& before = problem.stops()[tour.stops[i - 1]];
        const Stop& stop = problem.stops()[tour.stops[i]];
        begin =
            std::min(before.close, begin - problem.travel()(before.location, stop.location).time -
                                       before.service);
    }
    const Stop& first = problem.stops()[tour.stops.front()];
    return begin - problem.travel()(problem.depot_location(tour.vehicle), first.location).time;
}

void check_tour(const Problem& problem, const Tour& tour, Verdict& verdict) {
    const std::string name = "tour of vehicle " + std::to_string(tour.vehicle);
    const Vehicle& vehicle = problem.vehicles()[tour.vehicle];
    Load load{};
    for (const std::uint32_t s : tour.stops) {
        for (std::size_t d = 0; d < load.size(); ++d)
            load[d] += problem.stops()[s].demand[d];
    }
    if (load[0] > vehicle.capacity[0] || load[1] > vehicle.capacity[1]) {
        verdict.faults.push_back(name + ": overloaded");
    }
    const Schedule schedule = schedule_of(problem, tour);
    if (!schedule.feasible) verdict.faults.push_back(name + ": misses a window or the shift's end");
    if (schedule.end - schedule.start > vehicle.duration_most) {
        verdict.faults.push_back(name + ": lasts longer than its vehicle may");
    }
    verdict.cost += vehicle.fixed_cost + vehicle.cost_per_distance * schedule.distance +
                    vehicle.cost_per_time * (schedule.end - schedule.start);
}

}  // namespace

Schedule schedule_of(const Problem& problem, const Tour& tour) {
    Schedule schedule;
    schedule.start = problem.vehicles()[tour.vehicle].shift_start;
    for (const std::uint32_t s : tour.stops)
        schedule.start = std::max(schedule.start, problem.stops()[s].release);
    drive_forward(problem, tour, schedule);
    if (!schedule.feasible) return schedule;
    schedule.start = latest_start(problem, tour, schedule);
    drive_forward(problem, tour, schedule);
    return schedule;
}

Verdict check_solution(const Problem& problem, const Solution& solution) {
    Verdict verdict;
    std::vector<int> times_seen(problem.stop_count(), 0);
    std::vector<int> tours_of_vehicle(problem.vehicle_count(), 0);
    const auto see = [&](std::uint32_t stop) {
        if (stop >= problem.stop_count()) {
            verdict.faults.push_back("unknown stop " + std::to_string(stop));
            return false;
        }
        ++times_seen[stop];
        return true;
    };
    for (const Tour& tour : solution.tours) {
        bool known = tour.vehicle < problem.vehicle_count() && !tour.stops.empty();
        if (!known) verdict.faults.push_back("a tour without stops or known vehicle");
        for (const std::uint32_t stop : tour.stops)
            known = see(stop) && known;
        if (!known) continue;
        if (++tours_of_vehicle[tour.vehicle] > 1) {
            verdict.faults.push_back("two tours of vehicle " + std::to_string(tour.vehicle));
        }
        check_tour(problem, tour, verdict);
    }
    for (const std::uint32_t stop : solution.unassigned) {
        if (see(stop)) verdict.lost_prizes += problem.stops()[stop].prize;
    }
    for (std::size_t s = 0; s < times_seen.size(); ++s) {
        if (times_seen[s] == 1) continue;
        verdict.faults.push_back("stop " + std::to_string(s) + " is planned " +
                                 std::to_string(times_seen[s]) + " times");
    }
    if (verdict.cost != solution.cost || verdict.lost_prizes != solution.lost_prizes) {
        verdict.faults.push_back("costs " + std::to_string(verdict.cost) + " + " +
                                 std::to_string(verdict.lost_prizes) + ", but claims " +
                                 std::to_string(solution.cost) + " + " +
                                 std::to_string(solution.lost_prizes));
    }
    return verdict;
}

}  // namespace jiahe::routing
