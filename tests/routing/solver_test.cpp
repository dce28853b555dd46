#include "routing/solver.h"

#include <doctest/doctest.h>

#include <cmath>
#include "base/error.h"
#include "routing/neighbours.h"
#include "routing/read_instance.h"
#include "routing/routes_file.h"
#include "routing/small_problems.h"
#include "support/shared_data.h"

namespace jiahe::routing {
namespace {

Problem cross(double scale, Rounding rounding) {
    // Depot (0,0), stops (+-10,0) and (0,+-10), demand 1, capacity 2: two tours over neighbouring
    // stops, each 10 + sqrt(200) + 10 long.
    const std::vector<Position> at{{0, 0}, {10, 0}, {-10, 0}, {0, 10}, {0, -10}};
    std::vector<std::int64_t> d;
    for (const Position& a : at) {
        for (const Position& b : at)
            d.push_back(euclidean(a, b, scale, rounding));
    }
    std::vector<Stop> stops(4);
    for (std::uint32_t i = 0; i < 4; ++i)
        stops[i] = {i + 1, {1, 0}};
    Vehicle vehicle;
    vehicle.capacity = {2, 0};
    return Problem({{0}}, std::vector<Vehicle>(3, vehicle), stops,
                   TravelTable::from_matrices(5, d, d), at);
}

}  // namespace

TEST_CASE("four stops on a cross cost what the sheet says under each rounding rule") {
    CHECK(solve(cross(1e6, Rounding::kNearest)).cost == 68'284'272);  // 68.284271 + 2 roundings
    CHECK(solve(cross(1, Rounding::kNearest)).cost == 68);
    CHECK(solve(cross(10, Rounding::kDown)).cost == 682);
    CHECK(solve(cross(1000, Rounding::kNearest)).cost == 68'284);
}

TEST_CASE("up to seven stops are solved as well as by trying everything, in every variant") {
    const RandomOptions variants[] = {
        {.stops = 7},
        {.stops = 7, .windows = true},
        {.stops = 7, .releases = true},
        {.stops = 7, .mixed_fleet = true},
        {.stops = 7, .two_depots = true},
        {.stops = 7, .prizes = true},
        {.stops = 7, .durations = true},
        {.stops = 7, .windows = true, .two_depots = true, .durations = true},
        {.stops = 7, .windows = true, .tight_fleet = true},
        {.stops = 6, .windows = true, .releases = true, .mixed_fleet = true, .two_depots = true},
        {.stops = 6, .windows = true, .mixed_fleet = true, .prizes = true, .tight_fleet = true},
    };
    int equal = 0, count = 0;
    double worst = 0;
    for (std::size_t k = 0; k < std::size(variants); ++k) {
        for (std::uint64_t seed = 0; seed < 25; ++seed) {
            CAPTURE(k);
            CAPTURE(seed);
            const Problem problem = random_problem(100 * k + seed, variants[k]);
            const Solution found = solve(problem, {.iterations = 15'000});
            const Verdict verdict = check_solution(problem, found);
            REQUIRE_MESSAGE(verdict.valid(), verdict.faults.front());
            const std::int64_t best = exact_objective(problem);
            REQUIRE(found.objective() >= best);
            const double gap =
                static_cast<double>(found.objective() - best) / static_cast<double>(best);
            if (gap > 0) MESSAGE("variant " << k << " seed " << seed << ": " << 100 * gap << " %");
            worst = std::max(worst, gap);
            equal += found.objective() == best ? 1 : 0;
            ++count;
        }
    }
    MESSAGE(equal << " of " << count << " equal, worst " << 100 * worst << " %");
    CHECK(equal >= count * 98 / 100);
    CHECK(worst <= 0.03);
}

TEST_CASE("published CVRP instances are solved within 2 % in the mean") {
    double sum = 0;
    int count = 0;
    for (const char* name : {"X-n101-k25", "X-n200-k36", "X-n303-k21", "X-n1001-k43"}) {
        const std::string stem = std::string("vrp/CVRP/") + name;
        if (!has_shared_data(stem + ".vrp")) continue;
        const Instance instance = read_instance(shared_data(stem + ".vrp"));
        const double best_known = claimed_cost(shared_data(stem + ".sol")).value();
        const Problem problem = problem_of(instance);
        const Solution built = solve(problem, {.iterations = 0});
        const Solution found = solve(problem, {.iterations = 200'000});
        REQUIRE(check_solution(problem, built).valid());
        REQUIRE(check_solution(problem, found).valid());
        const RoutesVerdict verdict = check_routes(instance, routes_of(instance, found));
        CHECK(verdict.feasible());
        CHECK(verdict.cost == found.cost);
        const auto gap = [&](const Solution& s) {
            return 100 * (static_cast<double>(s.cost) - best_known) / best_known;
        };
        MESSAGE(std::string(name) << ": savings and descent " << gap(built)
                                  << " %, 200,000 iterations " << gap(found) << " %");
        CHECK(gap(found) >= 0);
        CHECK(gap(built) <= 10);
        sum += gap(found);
        ++count;
    }
    if (count > 0) CHECK(sum / count <= 2);
}

TEST_CASE("a hub of 8,000 stops is planned in tours of 150 to 200 without a dense matrix") {
    constexpr std::uint32_t kStops = 8000;
    std::vector<Position> at{{15'000, 15'000}};
    std::vector<Stop> stops;
    for (std::uint32_t i = 0; i < kStops; ++i) {
        const Draw d(3, 9700, i, 0);
        at.push_back({d.uniform(0) * 30'000, d.uniform(1) * 30'000});
        Stop stop;
        stop.location = i + 1;
        stop.demand = {10 + static_cast<std::int64_t>(d.below(40, 2)), 1};
        stop.service = 60 + static_cast<std::int64_t>(d.below(60, 3));
        stops.push_back(stop);
    }
    Vehicle van;
    van.capacity = {8000, 180};
    van.shift_end = 9 * 3600;
    van.fixed_cost = 2'000'000;
    van.cost_per_distance = 80;
    van.cost_per_time = 1000;
    const auto travel = [at](std::uint32_t a, std::uint32_t b) {
        const std::int64_t d = euclidean(at[a], at[b], 1.3);
        return Travel{d / 8, d};
    };
    const Problem problem({{0}}, std::vector<Vehicle>(60, van), stops,
                          TravelTable::from_function(kStops + 1, travel), at);
    const Solution plan = solve(problem, {.iterations = 500});
    const Verdict verdict = check_solution(problem, plan);
    REQUIRE_MESSAGE(verdict.valid(), verdict.faults.front());
    CHECK(plan.unassigned.empty());
    CHECK(plan.tours.size() <= 50);  // 8,000 / 180 = 44.4
    CHECK(plan == solve(problem, {.iterations = 500}));
}

TEST_CASE("what fits nowhere is left unassigned, and other seeds give other plans of equal worth") {
    RandomOptions options{7};
    options.tight_fleet = true;
    const Problem small = random_problem(4, options);
    std::vector<Stop> stops = small.stops();
    stops[3].demand = {1000, 1};     // larger than any vehicle
    stops[5].close = stops[5].open;  // cannot be reached at once
    stops[5].open = stops[5].close = 0;
    const Problem problem(small.depots(), small.vehicles(), stops, small.travel(),
                          small.positions());
    const Solution a = solve(problem, {.seed = 1, .iterations = 500});
    const Solution b = solve(problem, {.seed = 2, .iterations = 500});
    REQUIRE(check_solution(problem, a).valid());
    CHECK(std::count(a.unassigned.begin(), a.unassigned.end(), 3u) == 1);
    CHECK(std::count(a.unassigned.begin(), a.unassigned.end(), 5u) == 1);
    CHECK(a.objective() == b.objective());
}

TEST_CASE("the judge sees lost and doubled stops, overloads, missed windows and false costs") {
    const Problem problem = cross(1, Rounding::kNearest);
    const Solution good = solve(problem);
    REQUIRE(check_solution(problem, good).valid());
    Solution lost = good;
    lost.tours[0].stops.pop_back();
    CHECK_FALSE(check_solution(problem, lost).valid());
    Solution doubled = good;
    doubled.unassigned.push_back(0);
    CHECK_FALSE(check_solution(problem, doubled).valid());
    Solution cheap = good;
    --cheap.cost;
    CHECK_FALSE(check_solution(problem, cheap).valid());
    Solution heavy;
    heavy.tours.push_back({0, {0, 1, 2, 3}});
    heavy.cost = 80;
    CHECK(check_solution(problem, heavy).faults.front().find("overloaded") != std::string::npos);
}

TEST_CASE("unfit problems are refused by name") {
    const auto code = [](auto make) {
        try {
            make();
        } catch (const InputError& error) {
            return error.faults().front().code + " " + error.faults().front().place.feature;
        }
        return std::string("none");
    };
    const TravelTable one = plane_table({{0, 0}});
    CHECK(code([&] { Problem({{4}}, {}, {}, one); }) == "E-RTG-010 depot 0");
    CHECK(code([&] { Problem({{0}}, {{7}}, {}, one); }) == "E-RTG-012 vehicle 0");
    Stop late;
    late.open = 5;
    late.close = 4;
    CHECK(code([&] { Problem({{0}}, {{0}}, {late}, one); }) == "E-RTG-013 stop 0");
    CHECK(code([&] { TravelTable::from_matrices(2, std::vector<std::int64_t>(3), {}); }) ==
          "E-RTG-001 ");
    const std::vector<std::int64_t> negative{-1};
    CHECK(code([&] { TravelTable::from_matrices(1, negative, negative); }) ==
          "E-RTG-002 travel cell 0");
    CHECK(solve(Problem({{0}}, {}, {}, one)).objective() == 0);
}

TEST_CASE("nearest points are exact, ties by index") {
    std::vector<Position> points;
    for (std::uint32_t i = 0; i < 400; ++i) {
        const Draw d(8, 9800, i, 0);
        points.push_back(
            {static_cast<double>(d.below(20, 0)), static_cast<double>(d.below(20, 1))});
    }
    const auto found = nearest_points(points, 9);
    for (std::uint32_t p = 0; p < points.size(); ++p) {
        std::vector<std::pair<double, std::uint32_t>> all;
        for (std::uint32_t q = 0; q < points.size(); ++q) {
            if (q == p) continue;
            all.push_back(
                {std::pow(points[p].x - points[q].x, 2) + std::pow(points[p].y - points[q].y, 2),
                 q});
        }
        std::sort(all.begin(), all.end());
        for (std::size_t i = 0; i < 9; ++i)
            REQUIRE(found[p * 9 + i] == all[i].second);
    }
}

}  // namespace jiahe::routing
