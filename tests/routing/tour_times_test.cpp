#include "routing/tour_times.h"

#include <doctest/doctest.h>

#include "routing/small_problems.h"

namespace jiahe::routing {
namespace {

Problem one_stop(Stop stop, Vehicle vehicle) {
    stop.location = 1;
    return Problem({{0}}, {vehicle}, {stop}, plane_table({{0, 0}, {10, 0}}));
}

// The line of the sheet's oracle: depot open [0, 1000], all travel 20, service 10.
struct Pair {
    Problem problem;
    std::vector<TourNode> nodes{{2, 2, 0, 1, 20, 20}, {0, 0, 0, 2, 20, 20}, {0, 0, 0, 0, 20, 20}};
};

Pair pair(std::int64_t close_2, std::int64_t per_time) {
    const std::vector<std::int64_t> d{0, 20, 20, 20, 0, 20, 20, 20, 0};
    std::vector<Stop> stops(2);
    stops[0] = {1, {}, 10, 100, 120};
    stops[1] = {2, {}, 10, 105, close_2};
    Vehicle vehicle;
    vehicle.shift_end = 1000;
    vehicle.cost_per_time = per_time;
    return {Problem({{0}}, {vehicle}, stops, TravelTable::from_matrices(3, d, d))};
}

}  // namespace

TEST_CASE("the rule is the simplest that the problem allows") {
    const auto rule = [](const Stop& stop, const Vehicle& vehicle) {
        const Problem problem = one_stop(stop, vehicle);
        return TourTimes(problem).rule();
    };
    Stop stop;
    Vehicle vehicle;
    CHECK(rule(stop, vehicle) == TourTimes::Rule::kUntimed);
    stop.close = 100;
    CHECK(rule(stop, vehicle) == TourTimes::Rule::kClock);
    stop.release = 1;
    CHECK(rule(stop, vehicle) == TourTimes::Rule::kSegments);
    vehicle.duration_most = 50;
    CHECK(rule({}, vehicle) == TourTimes::Rule::kSegments);
}

TEST_CASE("stop 2 behind stop 1 is begun at 130 at the earliest, under either rule") {
    for (const std::int64_t per_time : {0, 1}) {
        for (const std::int64_t close : {129, 130}) {
            Pair p = pair(close, per_time);
            TourTimes times(p.problem);
            times.settle(p.nodes, 0);
            const std::int64_t duration = times.duration_with(p.nodes, 1, 0);
            // 100 + 10 + 20 = 130; leaving at 80 the tour lasts 20 + 10 + 20 + 10 + 20 = 80.
            CHECK(duration == (close == 129 ? TourTimes::kUnfit : 80 * per_time));
        }
    }
}

}  // namespace jiahe::routing
