// Small routing problems for tests: random ones and their exact answers.
//
// exact_objective tries every order of every subset for every vehicle (n <= 7) with a clock of its
// own, then the best sharing of the stops among the vehicles; nothing of the solver is used.
#pragma once

#include <algorithm>
#include <vector>

#include "base/random.h"
#include "routing/problem.h"

namespace jiahe::routing {

inline TravelTable plane_table(const std::vector<Position>& at, double scale = 1) {
    std::vector<std::int64_t> d;
    for (const Position& a : at) {
        for (const Position& b : at)
            d.push_back(euclidean(a, b, scale));
    }
    return TravelTable::from_matrices(at.size(), d, d);
}

struct RandomOptions {
    int stops = 7;
    bool windows = false, releases = false, mixed_fleet = false, two_depots = false, prizes = false;
    bool tight_fleet = false;
    bool durations = false;
};

inline Problem random_problem(std::uint64_t seed, const RandomOptions& options) {
    const Draw d(seed, 9600, 0, 0);
    std::uint32_t next = 0;
    const auto below = [&](std::uint64_t n) {
        return static_cast<std::int64_t>(d.below(n, next++));
    };
    std::vector<Position> at;
    const int depots = options.two_depots ? 2 : 1;
    for (int i = 0; i < options.stops + depots; ++i) {
        const auto x = static_cast<double>(below(1000));
        at.push_back({x, static_cast<double>(below(1000))});
    }
    std::vector<Stop> stops;
    for (int i = 0; i < options.stops; ++i) {
        Stop stop;
        stop.location = static_cast<std::uint32_t>(depots + i);
        stop.demand = {1 + below(9), 1};
        stop.service = 10 + below(50);
        if (options.windows) {
            stop.open = below(3000);
            stop.close = stop.open + 300 + below(1500);
        }
        if (options.releases) stop.release = below(800);
        if (options.prizes) stop.prize = 200 + below(2000);
        stops.push_back(stop);
    }
    std::vector<Vehicle> vehicles;
    const int fleet = options.tight_fleet ? 2 : 3;
    for (int v = 0; v < fleet; ++v) {
        Vehicle vehicle;
        vehicle.depot = static_cast<std::uint32_t>(v % depots);
        vehicle.capacity = {options.mixed_fleet ? 10 + 8 * v : 20, options.mixed_fleet ? 3 + v : 5};
        vehicle.shift_end = 6000;
        if (options.durations) vehicle.duration_most = 2200 + 300 * v;
        if (options.mixed_fleet) {
            vehicle.shift_start = 300 * v;
            vehicle.fixed_cost = 500 + 300 * v;
            vehicle.cost_per_distance = 1 + v;
            vehicle.cost_per_time = v == 1 ? 2 : 1;
        }
        vehicles.push_back(vehicle);
    }
    std::vector<Depot> homes;
    for (int i = 0; i < depots; ++i)
        homes.push_back({static_cast<std::uint32_t>(i)});
    return Problem(homes, vehicles, stops, plane_table(at), at);
}

// Cost of the best order of `order` (permuted here) for a vehicle, or kInfeasibleTour.
inline constexpr std::int64_t kInfeasibleTour = std::int64_t{1} << 60;

inline std::int64_t clocked_cost(const Problem& p, std::uint32_t v,
                                 const std::vector<std::uint32_t>& order) {
    const Vehicle& vehicle = p.vehicles()[v];
    std::int64_t start = vehicle.shift_start, distance = 0;
    Load load{};
    for (const std::uint32_t s : order) {
        start = std::max(start, p.stops()[s].release);
        load[0] += p.stops()[s].demand[0];
        load[1] += p.stops()[s].demand[1];
    }
    if (load[0] > vehicle.capacity[0] || load[1] > vehicle.capacity[1]) return kInfeasibleTour;
    const std::uint32_t home = p.depot_location(v);
    // Returns the end, -1 where a limit is missed; `slack` = how much later one may start for it.
    std::int64_t clock = start, slack = kForever;
    std::uint32_t at = home;
    for (const std::uint32_t s : order) {
        const Stop& stop = p.stops()[s];
        const Travel leg = p.travel()(at, stop.location);
        distance += leg.distance;
        clock += leg.time;
        slack = std::min(slack, stop.close - std::max(clock, stop.open) +
                                    std::max<std::int64_t>(0, stop.open - clock));
        clock = std::max(clock, stop.open);
        if (clock > stop.close) return kInfeasibleTour;
        clock += stop.service;
        at = stop.location;
    }
    clock += p.travel()(at, home).time;
    distance += p.travel()(at, home).distance;
    if (clock > vehicle.shift_end) return kInfeasibleTour;
    // Start later as long as the end stays: by bisection on the end, which never falls with it.
    const auto end_of = [&](std::int64_t begin) {
        std::int64_t t = begin;
        std::uint32_t here = home;
        for (const std::uint32_t s : order) {
            const Stop& stop = p.stops()[s];
            t = std::max(t + p.travel()(here, stop.location).time, stop.open);
            if (t > stop.close) return kForever;
            t += stop.service;
            here = stop.location;
        }
        return t + p.travel()(here, home).time;
    };
    std::int64_t low = start, high = clock;
    while (low < high) {
        const std::int64_t middle = (low + high + 1) / 2;
        (end_of(middle) <= clock ? low : high) = end_of(middle) <= clock ? middle : middle - 1;
    }
    if (clock - low > vehicle.duration_most) return kInfeasibleTour;
    return vehicle.fixed_cost + vehicle.cost_per_distance * distance +
           vehicle.cost_per_time * (clock - low);
}

inline std::int64_t exact_objective(const Problem& p) {
    const std::uint32_t n = static_cast<std::uint32_t>(p.stop_count());
    const std::uint32_t sets = 1u << n;
    std::vector<std::int64_t> best(sets, kInfeasibleTour);  // after the vehicles so far
    best[0] = 0;
    for (std::uint32_t v = 0; v < p.vehicle_count(); ++v) {
        std::vector<std::int64_t> alone(sets, 0);
        for (std::uint32_t set = 1; set < sets; ++set) {
            std::vector<std::uint32_t> order;
            for (std::uint32_t s = 0; s < n; ++s) {
                if ((set >> s & 1) != 0) order.push_back(s);
            }
            alone[set] = kInfeasibleTour;
            do
                alone[set] = std::min(alone[set], clocked_cost(p, v, order));
            while (std::next_permutation(order.begin(), order.end()));
        }
        std::vector<std::int64_t> next = best;
        for (std::uint32_t set = 1; set < sets; ++set) {
            for (std::uint32_t part = set; part > 0; part = (part - 1) & set) {
                if (best[set ^ part] >= kInfeasibleTour || alone[part] >= kInfeasibleTour) continue;
                next[set] = std::min(next[set], best[set ^ part] + alone[part]);
            }
        }
        best = next;
    }
    std::int64_t answer = kInfeasibleTour;
    for (std::uint32_t set = 0; set < sets; ++set) {
        std::int64_t lost = 0;
        for (std::uint32_t s = 0; s < n; ++s)
            lost += (set >> s & 1) == 0 ? p.stops()[s].prize : 0;
        answer = std::min(answer, best[set] + lost);
    }
    return answer;
}

}  // namespace jiahe::routing
