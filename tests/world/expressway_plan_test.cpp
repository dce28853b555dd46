#include "world/expressway_plan.h"

#include <algorithm>

using namespace jiahe;

namespace {

using Kind = ExpresswayFeature::Kind;

std::vector<double> positions(const ExpresswayRoad& road, Kind kind) {
    std::vector<double> at;
    for (const auto& f : road.features) {
        if (f.kind == kind) at.push_back(f.at_m);
    }
    return at;
}

}  // namespace

TEST_CASE("a place on a road is found by its distance from the start") {
    // 3 km east, then 4 km north.
    const ExpresswayRoad road = make_expressway("A", {{0, 0}, {3'000, 0}, {3'000, 4'000}});
    CHECK(road.length_m() == 7'000);
    CHECK(road.at(5'000) == PlanePoint{3'000, 2'000});
    CHECK(road.at(-1) == PlanePoint{0, 0});
    CHECK(road.at(9'000) == PlanePoint{3'000, 4'000});
}

TEST_CASE("roads that cross are joined at the crossing") {
    const auto plan = plan_expressways({make_expressway("A", {{0, 0}, {10'000, 0}}),
                                        make_expressway("B", {{4'000, -6'000}, {4'000, 6'000}})},
                                       {});
    REQUIRE(plan.junctions.size() == 1);
    CHECK(plan.junctions[0].at_m[0] == doctest::Approx(4'000));
    CHECK(plan.junctions[0].at_m[1] == doctest::Approx(6'000));
    CHECK(positions(plan.roads[0], Kind::kJunction).size() == 1);
    CHECK(positions(plan.roads[1], Kind::kJunction).size() == 1);
}

TEST_CASE("an end near another road joins it once, whether it stops short or runs over") {
    for (const double end_y : {1'500.0, -600.0}) {
        const auto plan = plan_expressways({make_expressway("A", {{0, 0}, {10'000, 0}}),
                                            make_expressway("B", {{5'000, 9'000}, {5'000, end_y}})},
                                           {});
        REQUIRE(plan.junctions.size() == 1);
        CHECK(positions(plan.roads[1], Kind::kJunction).front() == plan.roads[1].length_m());
        CHECK(positions(plan.roads[0], Kind::kJunction).front() == doctest::Approx(5'000));
    }
}

TEST_CASE("places in reach get an interchange, apart from one another and from junctions") {
    const std::vector<ExpresswayPlace> places = {
        {"near", {10'000, 1'000}, 100},    // at 10 km
        {"close", {12'000, 2'000}, 100},   // 2 km on: slides 2.5 km at most, 5 km are wanted
        {"far", {20'000, 9'000}, 100},     // beyond the reach of 6 km
        {"crossing", {26'000, 500}, 100},  // on the junction: slides 1.5 km
    };
    const auto plan = plan_expressways({make_expressway("A", {{0, 0}, {36'000, 0}}),
                                        make_expressway("B", {{26'000, -9'000}, {26'000, 9'000}})},
                                       places);
    std::vector<std::string> names;
    for (const auto& f : plan.roads[0].features) {
        if (f.kind == Kind::kInterchange) names.push_back(f.name);
    }
    CHECK(names == std::vector<std::string>{"near", "km17", "crossing"});
    const std::vector<double> at = positions(plan.roads[0], Kind::kInterchange);
    CHECK(at[0] == 10'000);
    CHECK(at[2] == 24'500);  // 26,000 - 1,500; the gap between them gets one in its middle
}

TEST_CASE("features ascend and keep 1.2 km between them") {
    std::vector<ExpresswayPlace> places;
    for (int i = 0; i < 40; ++i) {
        places.push_back({"p", {900.0 * i, i % 3 * 700.0}, 1});
    }
    std::vector<ExpresswayRoad> roads = {make_expressway("A", {{0, 0}, {36'000, 0}})};
    for (int i = 1; i < 9; ++i) {
        roads.push_back(make_expressway("B", {{4'000.0 * i, -5'000}, {4'000.0 * i + 900, 5'000}}));
    }
    const auto plan = plan_expressways(std::move(roads), places);
    for (const ExpresswayRoad& road : plan.roads) {
        for (std::size_t i = 0; i + 1 < road.features.size(); ++i) {
            CHECK(road.features[i + 1].at_m - road.features[i].at_m >= 1'199.999);
        }
    }
}
