#include "city/forecast.h"

#include <doctest/doctest.h>

#include "support/ascii_roads.h"

namespace jiahe::city {
namespace {

// Three links in a row; ten trips over all of them, half with their route given.
struct Row {
    RoadGraph graph = RoadGraph(ascii_roads("A--B--C--D"));
    traffic::TripTable trips;

    Row() {
        trips.route_links = {link(graph, "AB"), link(graph, "BC")};
        trips.route_offset = {0, 2};
        for (std::uint32_t t = 0; t < 10; ++t) {
            trips.departure_us.push_back(0);
            trips.origin.push_back(node(graph, 'A'));
            trips.destination.push_back(node(graph, 'D'));
            trips.vehicle_class.push_back(0);
            trips.route.push_back(t < 5 ? 0 : traffic::TripTable::kNoRoute);
        }
    }
};

}  // namespace

TEST_CASE("crossings are those of given routes and of the others' shortest paths") {
    const Row row;
    // Five routes of two links and five shortest paths of three.
    CHECK(forecast_run({row.graph, row.trips}).crossings == doctest::Approx(5 * 2 + 5 * 3));
}

TEST_CASE("more threads, fewer trips and a smaller network take less") {
    const Row row;
    ForecastInput input{row.graph, row.trips, 1'000'000, 100, 10'000, 96, 1};
    const Forecast one = forecast_run(input);
    input.threads = 2;
    CHECK(forecast_run(input).run_s < one.run_s);
    input.threads = 1;
    input.network_flows = 10;
    CHECK(forecast_run(input).run_s < one.run_s);
    CHECK(one.memory_bytes > 1'000'000);
}

}  // namespace jiahe::city
