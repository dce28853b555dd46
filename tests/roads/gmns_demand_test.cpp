#include "roads/gmns_demand.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/error.h"
#include "support/temporary_folder.h"

using namespace jiahe;

namespace {

// A ring 1 -> 2 -> 3 -> 1 of links 1, 2, 3 (each named by its from-node).
RoadGraph ring() {
    RoadGraphData data;
    for (int n = 1; n <= 3; ++n) {
        data.nodes.push_back({n, 0.01 * n, n == 2 ? 0.01 : 0.0, NodeControl::kNone});
        RoadGraphData::Link link;
        link.id = n;
        link.from_node_id = n;
        link.to_node_id = n % 3 + 1;
        link.length_m = 1500;
        link.free_speed_mps = 10;
        data.links.push_back(link);
        data.movements.push_back({n, n, n % 3 + 1, TurnType::kThru, 0, 0, false});
    }
    return RoadGraph(data);
}

GmnsDemand read(const std::string& trips, const std::string& routes = {}) {
    const TemporaryFolder folder;
    std::ofstream(folder / "trips.csv") << trips;
    std::ofstream(folder / "routes.csv") << routes;
    std::optional<std::filesystem::path> routes_file;
    if (!routes.empty()) routes_file = folder / "routes.csv";
    return read_gmns_demand(ring(), folder / "trips.csv", routes_file);
}

}  // namespace

TEST_CASE("trips without routes name their ends, in the order of their ids") {
    const GmnsDemand demand =
        read("trip_id,departure_s,o_node_id,d_node_id,class\n9,5,3,2,truck\n4,7,1,3,\n");
    CHECK(demand.trip_external_id == std::vector<std::int64_t>{4, 9});
    CHECK(demand.trip_departure_s == std::vector<double>{7, 5});
    CHECK(demand.trip_origin == std::vector<NodeId>{NodeId(0), NodeId(2)});
    CHECK(demand.trip_destination == std::vector<NodeId>{NodeId(2), NodeId(1)});
    CHECK(demand.trip_is_truck == std::vector<std::uint8_t>{0, 1});
    CHECK(demand.trip_route ==
          std::vector<std::uint32_t>{GmnsDemand::kNoRoute, GmnsDemand::kNoRoute});
    CHECK(demand.route_links.empty());
}

TEST_CASE("one table may hold trips with and without a fixed route") {
    const GmnsDemand demand =
        read("trip_id,departure_s,route_id,o_node_id,d_node_id\n1,0,7,,\n2,0,,2,1\n",
             "route_id,o_node_id,d_node_id,link_path\n7,1,3,1;2\n");
    CHECK(demand.trip_route == std::vector<std::uint32_t>{0, GmnsDemand::kNoRoute});
    CHECK(demand.trip_origin == std::vector<NodeId>{NodeId(0), NodeId(1)});
    CHECK(demand.trip_destination == std::vector<NodeId>{NodeId(2), NodeId(0)});
    CHECK(demand.route_offset == std::vector<std::uint64_t>{0, 2});
}

TEST_CASE("an id twice and a route over a turn that is not permitted are refused") {
    CHECK_THROWS_AS(read("trip_id,departure_s,o_node_id,d_node_id\n1,0,1,2\n1,0,2,3\n"),
                    InputError);
    try {
        RoadGraphData data = ring().to_data();
        data.movements.erase(data.movements.begin());  // 1 -> 2
        const TemporaryFolder folder;
        std::ofstream(folder / "t.csv") << "trip_id,departure_s,route_id\n1,0,7\n";
        std::ofstream(folder / "r.csv") << "route_id,o_node_id,d_node_id,link_path\n7,1,3,1;2\n";
        read_gmns_demand(RoadGraph(data), folder / "t.csv", folder / "r.csv");
        FAIL("accepted");
    } catch (const InputError& error) {
        CHECK(error.faults()[0].code == "E-NET-103");
        CHECK(error.faults()[0].place.line == 2);
        CHECK(error.faults()[0].place.column == 7);
        CHECK(error.faults()[0].hint.find("from link 1 to 2") != std::string::npos);
    }
}
