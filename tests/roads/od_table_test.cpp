#include "roads/od_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "base/error.h"
#include "roads/import_tntp.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

using namespace jiahe;

namespace {

RoadGraph triangle() {
    RoadGraphData data;
    for (int n = 1; n <= 3; ++n)
        data.nodes.push_back({n, 0.01 * n, n == 2 ? 0.01 : 0.0, NodeControl::kNone});
    for (int from = 1; from <= 3; ++from) {
        RoadGraphData::Link link;
        link.id = from;
        link.from_node_id = from;
        link.to_node_id = from % 3 + 1;
        link.length_m = 1500;
        link.free_speed_mps = 10;
        data.links.push_back(link);
    }
    return RoadGraph(data);
}

OdDemand read(const std::string& text, OdOptions options = {}) {
    const TemporaryFolder folder;
    std::ofstream(folder / "od.csv") << text;
    if (options.slices.empty()) options.slices = {{0, 3600, 1}};
    return read_od_table(triangle(), folder / "od.csv", options);
}

std::size_t count(const OdDemand& demand, double from_s, double until_s) {
    return static_cast<std::size_t>(
        std::count_if(demand.trips.begin(), demand.trips.end(), [&](const OdTrip& trip) {
            const double at_s = static_cast<double>(trip.departure_us) / 1e6;
            return at_s >= from_s && at_s < until_s;
        }));
}

}  // namespace

TEST_CASE("trips depart at even steps of their row's window") {
    const OdDemand demand = read("o_node_id,d_node_id,trips,start_s,end_s\n1,3,6,600,1200\n");
    REQUIRE(demand.trips.size() == 6);
    CHECK(demand.trips[0].departure_us >= 600'000'000);
    CHECK(demand.trips[0].departure_us < 700'000'000);  // the first within one step of 100 s
    for (std::size_t k = 1; k < 6; ++k) {
        const auto step = demand.trips[k].departure_us - demand.trips[k - 1].departure_us;
        CHECK(std::abs(step - 100'000'000) <= 1);
    }
}

TEST_CASE("rows without a window follow the profile's slices by their shares") {
    OdOptions options;
    options.slices = {{0, 900, 0.25}, {900, 1800, 0}, {1800, 3600, 0.75}};
    const OdDemand demand = read("o_node_id,d_node_id,trips\n1,3,400\n", options);
    CHECK(demand.trips.size() == 400);
    CHECK(count(demand, 0, 900) == 100);
    CHECK(count(demand, 900, 1800) == 0);
    CHECK(count(demand, 1800, 3600) == 300);
}

TEST_CASE("fractions sum up: the total is right to one trip, a row to less than one") {
    OdOptions options;
    options.scale = 0.1;
    // 0.4 + 0.4 + 0.4 + 30.3 + 5 trips: 36.5, rounded 37 of 36.5 or 36.
    const OdDemand demand =
        read("o_node_id,d_node_id,trips\n1,2,4\n1,3,4\n2,1,4\n2,3,303\n3,1,50\n", options);
    CHECK(demand.requested == doctest::Approx(36.5));
    CHECK(demand.trips.size() == 37);
    const auto of_pair = std::count_if(demand.trips.begin(), demand.trips.end(), [](const auto& t) {
        return t.origin == NodeId(1) && t.destination == NodeId(2);
    });
    CHECK(of_pair >= 30);
    CHECK(of_pair <= 31);
}

TEST_CASE("the order of rows changes nothing, the seed only the phases") {
    const OdDemand a = read("o_node_id,d_node_id,trips,class\n1,3,7,car\n2,3,5.5,truck\n3,1,2,\n");
    const OdDemand b = read("d_node_id,trips,o_node_id,class\n1,2,3,\n3,5.5,2,truck\n3,7,1,car\n");
    OdOptions other;
    other.seed = 2;
    const OdDemand c =
        read("o_node_id,d_node_id,trips,class\n1,3,7,car\n2,3,5.5,truck\n3,1,2,\n", other);
    REQUIRE(a.trips.size() == b.trips.size());
    REQUIRE(a.trips.size() == c.trips.size());
    bool same_times = true;
    for (std::size_t t = 0; t < a.trips.size(); ++t) {
        CHECK(a.trips[t].origin == b.trips[t].origin);
        CHECK(a.trips[t].departure_us == b.trips[t].departure_us);
        CHECK(a.trips[t].is_truck == b.trips[t].is_truck);
        CHECK(a.trips[t].origin == c.trips[t].origin);
        same_times = same_times && a.trips[t].departure_us == c.trips[t].departure_us;
    }
    CHECK_FALSE(same_times);
}

TEST_CASE("trips from a node to itself are counted and left out") {
    const OdDemand demand = read("o_node_id,d_node_id,trips\n1,1,9\n1,2,3\n");
    CHECK(demand.trips.size() == 3);
    CHECK(demand.within_a_node == 9);
    CHECK(demand.requested == 12);
}

TEST_CASE("the trips of Sioux Falls become vehicles of its network") {
    if (!has_shared_data("tntp/SiouxFalls/SiouxFalls_trips.tntp")) return;
    ImportReport report;
    const TntpNetwork network =
        import_tntp(shared_data("tntp/SiouxFalls/SiouxFalls_net.tntp"), report);
    const RoadGraph graph(network.graph);
    OdOptions options;
    options.scale = 0.1;
    options.slices = {{0, 3600, 1}};
    const OdDemand demand =
        read_od_table(graph, shared_data("tntp/SiouxFalls/SiouxFalls_trips.tntp"), options);
    CHECK(demand.requested == doctest::Approx(36060));
    CHECK(demand.trips.size() == 36060);
    // 1 -> 10 has 1300 trips in the file.
    const auto of_pair =
        std::count_if(demand.trips.begin(), demand.trips.end(), [&](const auto& t) {
            return graph.node_external_id[t.origin.index()] == 1 &&
                   graph.node_external_id[t.destination.index()] == 10;
        });
    CHECK(of_pair == 130);
}
