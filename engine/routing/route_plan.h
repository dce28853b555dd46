// RoutePlan: the tours under work, with what is needed to price a change in constant time.
//
// One route a vehicle, possibly empty. For each position the chain from the depot up to it and the
// chain from it back to the depot are kept as Segments, so that cutting and joining costs a few
// additions whatever the length. Working state of one solver; not shared between threads.
//
// Invariants: 1. every route is feasible at all times; 2. route_of and position_of agree with the
// routes; 3. total() is the sum of route costs and lost prizes.
// Cost: a change of a route is linear in its length.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/problem.h"
#include "routing/solution.h"

namespace jiahe::routing {

// A chain of stops (or depot ends): from `first` to `last`, both locations.
struct Segment {
    TimeSegment time;
    std::int64_t distance = 0;
    Load load{};
    std::uint32_t first = 0, last = 0;
};

inline Segment join(const Segment& a, const Segment& b, const Travel& leg) {
    return {join(a.time, b.time, leg.time),
            a.distance + b.distance + leg.distance,
            {a.load[0] + b.load[0], a.load[1] + b.load[1]},
            a.first,
            b.last};
}

inline constexpr std::int64_t kInfeasible = std::int64_t{1} << 61;

class RoutePlan {
  public:
    struct Route {
        std::vector<std::uint32_t> stops;
        std::vector<Segment> until;  // [i]: depot and the first i stops; size n + 1
        std::vector<Segment> from;   // [i]: stops i.. and the depot; size n + 1
        std::int64_t cost = 0;
    };

    explicit RoutePlan(const Problem& problem);

    const Problem& problem() const { return problem_; }
    const Route& route(std::uint32_t vehicle) const { return routes_[vehicle]; }
    std::uint32_t route_of(std::uint32_t stop) const { return route_of_[stop]; }
    std::uint32_t position_of(std::uint32_t stop) const { return position_of_[stop]; }
    const Segment& stop_segment(std::uint32_t stop) const { return stop_segment_[stop]; }
    std::int64_t total() const { return total_; }
    // Stops in no route, in no order.
    std::span<const std::uint32_t> unassigned() const { return unassigned_; }
    // First empty vehicle of a group, kNone where all are used.
    std::uint32_t empty_vehicle(std::uint32_t group) const { return first_empty_[group]; }

    Segment joined(const Segment& a, const Segment& b) const {
        return join(a, b, problem_.travel()(a.last, b.first));
    }
    // What the whole tour costs this vehicle, kInfeasible where a limit is broken.
    std::int64_t cost_of(std::uint32_t vehicle, const Segment& whole) const;
    bool fits(std::uint32_t vehicle, const Load& load) const {
        const Load& capacity = problem_.vehicles()[vehicle].capacity;
        return load[0] <= capacity[0] && load[1] <= capacity[1];
    }
    // Cost of the route with `stop` before position `at`, less its cost now.
    std::int64_t insertion_cost(std::uint32_t vehicle, std::size_t at, std::uint32_t stop) const;

    void insert(std::uint32_t vehicle, std::size_t at, std::uint32_t stop);
    // Replaces whole routes, between which stops may move; dropped stops become unassigned, taken
    // ones must be so or in one of these routes. REQUIRES: feasible; the spans are not the plan's.
    struct NewRoute {
        std::uint32_t vehicle;
        std::span<const std::uint32_t> stops;
    };
    void replace(std::span<const NewRoute> routes);

    Solution solution() const;

  private:
    void release(std::uint32_t stop);
    void take(std::uint32_t stop);
    void rebuild(std::uint32_t vehicle, std::size_t first_changed, std::size_t last_kept);
    void note_emptiness(std::uint32_t vehicle, bool was_empty);

    const Problem& problem_;
    std::vector<Segment> stop_segment_;
    std::vector<Segment> depot_segment_;  // [vehicle]
    std::vector<Route> routes_;
    std::vector<std::uint32_t> route_of_, position_of_;  // position: in the route or `unassigned_`
    std::vector<std::uint32_t> unassigned_;
    std::vector<std::uint32_t> first_empty_;  // [group]
    std::int64_t total_ = 0;
};

}  // namespace jiahe::routing
