#include "world/demand.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "geo/lon_lat.h"
#include "world/city.h"
#include "world/city_generator.h"

using namespace jiahe;

namespace {

// A line of towns along a parallel, 3 km apart: residents in the west, jobs in the east.
struct Line {
    std::vector<Zone> zones;
    std::vector<NodeId> node;
};

Line line_of_towns(int count) {
    Line line;
    const LocalPlane plane({120.7, 30.7});
    for (int i = 0; i < count; ++i) {
        const LonLat at = plane.to_lon_lat({3000.0 * i, 0});
        line.zones.push_back({at.lon_deg, at.lat_deg, 1000.0 * (count - i), 500.0 * (i + 1)});
        line.node.push_back(NodeId(i));
    }
    return line;
}

double mean_distance_m(const Line& line, const GeneratedTrips& trips) {
    double sum = 0;
    for (std::size_t t = 0; t < trips.origin.size(); ++t) {
        const Zone& a = line.zones[trips.origin[t].index()];
        const Zone& b = line.zones[trips.destination[t].index()];
        sum += haversine_m({a.lon_deg, a.lat_deg}, {b.lon_deg, b.lat_deg});
    }
    return sum / static_cast<double>(trips.origin.size());
}

}  // namespace

TEST_CASE("balancing meets both margins and keeps the odds ratio") {
    // Margins (3, 1) and (2, 2) from odds 16: x (x - 1) = 16 (3 - x)(2 - x), hence
    // 15 x^2 - 79 x + 96 = 0 and x = (79 - sqrt(481)) / 30 = 1.902276.
    std::vector<double> m = {4, 1, 1, 4};
    const std::array<double, 2> rows = {3, 1}, columns = {2, 2};
    CHECK(balance(m, rows, columns, 60) < 1e-9);
    const double x = (79 - std::sqrt(481.0)) / 30;
    CHECK(m[0] == doctest::Approx(x).epsilon(1e-9));
    CHECK(m[1] == doctest::Approx(3 - x).epsilon(1e-9));
    CHECK(m[2] == doctest::Approx(2 - x).epsilon(1e-9));
    CHECK(m[3] == doctest::Approx(x - 1).epsilon(1e-9));
}

TEST_CASE("exactly as many trips as asked for, each between two places") {
    const Line line = line_of_towns(12);
    DemandOptions options;
    options.trip_count = 12'345;
    const GeneratedTrips trips = generate_trips(line.zones, line.node, options);
    CHECK(trips.departure_us.size() == 12'345);
    CHECK(trips.is_truck.size() == 12'345);
    std::size_t trucks = 0;
    for (std::size_t t = 0; t < trips.origin.size(); ++t) {
        REQUIRE(trips.origin[t] != trips.destination[t]);
        REQUIRE(trips.departure_us[t] >= hours(5).us);
        REQUIRE(trips.departure_us[t] <= hours(22).us);
        trucks += trips.is_truck[t];
    }
    // 8 % of 12,345 is 988, standard deviation 30.
    CHECK(std::abs(static_cast<double>(trucks) - 988) < 5 * 30);
}

TEST_CASE("a trip does not depend on how many trips there are") {
    const Line line = line_of_towns(12);
    DemandOptions few, many;
    few.trip_count = 500;
    many.trip_count = 1000;
    const GeneratedTrips a = generate_trips(line.zones, line.node, few);
    const GeneratedTrips b = generate_trips(line.zones, line.node, many);
    for (std::size_t t = 0; t < 500; ++t) {
        REQUIRE(a.origin[t] == b.origin[t]);
        REQUIRE(a.destination[t] == b.destination[t]);
        REQUIRE(a.departure_us[t] == b.departure_us[t]);
    }
}

TEST_CASE("the mean distance is the one asked for") {
    const Line line = line_of_towns(30);
    for (const double wanted_m : {9'000.0, 12'000.0, 15'000.0}) {
        DemandOptions options;
        options.trip_count = 40'000;
        options.mean_distance_m = wanted_m;
        const GeneratedTrips trips = generate_trips(line.zones, line.node, options);
        CHECK(trips.mean_distance_m == doctest::Approx(wanted_m).epsilon(0.02));
        // Trips within a town go to the next one, 3 km away, instead: short means come out longer.
        MESSAGE("wanted " << wanted_m << " m, drawn " << mean_distance_m(line, trips) << " m");
        CHECK(mean_distance_m(line, trips) == doctest::Approx(wanted_m).epsilon(0.25));
    }
}

TEST_CASE("homes are left in the morning and jobs in the evening") {
    const Line line = line_of_towns(12);  // residents in the west, jobs in the east
    DemandOptions options;
    options.trip_count = 40'000;
    options.mean_distance_m = 9'000;
    const GeneratedTrips trips = generate_trips(line.zones, line.node, options);
    std::array<int, 24> by_hour{};
    int east_am = 0, west_am = 0, east_pm = 0, west_pm = 0;
    for (std::size_t t = 0; t < trips.origin.size(); ++t) {
        const auto hour = static_cast<std::size_t>(trips.departure_us[t] / hours(1).us);
        ++by_hour[std::min<std::size_t>(hour, 23)];
        const bool east = trips.destination[t].value > trips.origin[t].value;
        if (hour == 7) ++(east ? east_am : west_am);
        if (hour == 17) ++(east ? east_pm : west_pm);
    }
    CHECK(east_am > 1.5 * west_am);
    CHECK(west_pm > 1.5 * east_pm);
    const double peak = *std::max_element(by_hour.begin(), by_hour.end()) / 40'000.0;
    MESSAGE("busiest hour: " << 100 * peak << " % of the day");
    CHECK(peak > 0.08);
    CHECK(peak < 0.14);
    CHECK(by_hour[7] > by_hour[12]);
    CHECK(by_hour[17] > by_hour[12]);
}

TEST_CASE("a surge multiplies the trips of its window and leaves the others as they are") {
    const Line line = line_of_towns(12);
    DemandOptions options;
    options.trip_count = 17'000;
    const GeneratedTrips plain = generate_trips(line.zones, line.node, options);
    const auto within = [&](SimTime from, SimTime until) {
        return std::count_if(plain.departure_us.begin(), plain.departure_us.end(),
                             [&](std::int64_t t) { return t >= from.us && t < until.us; });
    };
    // Twice as many from 9 to 10; from 10 to 11 both hold, 2 * 1.5 = 3 times as many.
    options.surges = {{hours(9), hours(11), 2.0}, {hours(10), hours(11), 1.5}};
    const GeneratedTrips surged = generate_trips(line.zones, line.node, options);
    const auto more = within(hours(9), hours(10)) + 2 * within(hours(10), hours(11));
    REQUIRE(static_cast<std::ptrdiff_t>(surged.origin.size()) == 17'000 + more);
    for (std::size_t t = 0; t < 17'000; ++t) {
        REQUIRE(surged.departure_us[t] == plain.departure_us[t]);
        REQUIRE(surged.origin[t] == plain.origin[t]);
    }
    for (std::size_t t = 17'000; t < surged.origin.size(); ++t) {
        REQUIRE(surged.departure_us[t] >= hours(9).us);
        REQUIRE(surged.departure_us[t] < hours(11).us);
        REQUIRE(surged.origin[t] != surged.destination[t]);
    }
    options.surges = {{hours(9), hours(11), 1.25}};
    const auto base = static_cast<double>(within(hours(9), hours(11)));
    const double quarter =
        static_cast<double>(generate_trips(line.zones, line.node, options).origin.size() - 17'000);
    CHECK(std::abs(quarter - base / 4) < 4 * std::sqrt(base * 0.25 * 0.75));
}

TEST_CASE("the declared share of trips passes a gate") {
    const Line line = line_of_towns(12);
    DemandOptions options;
    options.trip_count = 20'000;
    options.gates = {NodeId(1000), NodeId(1001)};
    const GeneratedTrips trips = generate_trips(line.zones, line.node, options);
    int gated = 0;
    for (std::size_t t = 0; t < trips.origin.size(); ++t) {
        gated += trips.origin[t].value >= 1000 || trips.destination[t].value >= 1000;
        REQUIRE((trips.origin[t].value < 1000 || trips.destination[t].value < 1000));
    }
    // 4 % of 20,000 is 800, standard deviation 28.
    CHECK(std::abs(gated - 800) < 5 * 28);
}

TEST_CASE("a stride makes every k-th trip, each as it is among all") {
    const Line line = line_of_towns(12);
    DemandOptions options;
    options.trip_count = 1'000;
    const GeneratedTrips all = generate_trips(line.zones, line.node, options);
    options.stride = 7;
    const GeneratedTrips some = generate_trips(line.zones, line.node, options);
    REQUIRE(some.origin.size() == 143);
    for (std::size_t i = 0; i < some.origin.size(); ++i) {
        REQUIRE(some.origin[i] == all.origin[7 * i]);
        REQUIRE(some.destination[i] == all.destination[7 * i]);
        REQUIRE(some.departure_us[i] == all.departure_us[7 * i]);
    }
}

TEST_CASE("a million trips of Jiaxing are made in seconds") {
    GeneratedCity made = generate_region(read_region_facts(JIAHE_SOURCE_DIR "/data/jiaxing"), {});
    SiteLayers sites;
    sites.zones = made.zones;
    sites.plazas = made.plazas;
    const City city(RoadGraph(std::move(made.roads)), std::move(sites));
    DemandOptions options;
    options.trip_count = 1'000'000;
    const auto begin = std::chrono::steady_clock::now();
    const GeneratedTrips trips = generate_trips(city.sites().zones, city.zone_node, options);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK(trips.origin.size() == 1'000'000);
    CHECK(took.count() < 20);  // 10 s are meant; machines are shared
    double sum_m = 0;
    const RoadGraph& graph = city.graph();
    for (std::size_t t = 0; t < trips.origin.size(); ++t) {
        const std::size_t a = trips.origin[t].index(), b = trips.destination[t].index();
        sum_m += std::hypot(graph.node_x_m[a] - graph.node_x_m[b],
                            graph.node_y_m[a] - graph.node_y_m[b]);
    }
    MESSAGE("1 M trips in " << took.count() << " s; mean " << sum_m * 1e-6 << " m straight, wanted "
                            << options.mean_distance_m << "; beta " << trips.beta_m
                            << " m, long share " << trips.long_share);
    CHECK(sum_m * 1e-6 == doctest::Approx(options.mean_distance_m).epsilon(0.1));
}
