#include "roads/import_tntp.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/error.h"
#include "roads/network_source.h"
#include "roads/shortest_path.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

using namespace jiahe;

namespace {

const std::string kHead =
    "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 3\n<FIRST THRU NODE> 3\n<NUMBER OF LINKS> 2\n"
    "<END OF METADATA>\n\n~ init term capacity length fft b power speed toll type ;\n";

InputFault fault_of(const std::string& text) {
    const TemporaryFolder folder;
    std::ofstream(folder / "x_net.tntp") << text;
    try {
        ImportReport report;
        import_tntp(folder / "x_net.tntp", report);
    } catch (const InputError& error) {
        return error.faults()[0];
    }
    return {};
}

}  // namespace

TEST_CASE("the shared networks have the counts, trips and times that their data page states") {
    struct Expected {
        const char* file;
        std::int64_t zones, nodes;
        std::size_t links;
        std::int64_t first_thru;
        double trips;
        std::size_t pairs;
        double free_flow_time;
    };
    for (const Expected& e :
         {Expected{"SiouxFalls/SiouxFalls_net.tntp", 24, 24, 76, 1, 360600.0, 528, 314.0},
          Expected{"Anaheim/Anaheim_net.tntp", 38, 416, 914, 39, 104694.40, 1406, 806.470984},
          Expected{"Chicago-Sketch/ChicagoSketch_net.tntp", 387, 933, 2950, 1, 1260907.44, 93513,
                   9978.64},
          Expected{"Berlin-Center/berlin-center_net.tntp", 865, 12981, 28376, 866, 168222.302,
                   49688, 152664.666554},
          Expected{"Braess-Example/Braess_net.tntp", 2, 4, 5, 1, 6.0, 1, 110.00000002}}) {
        const std::string file = std::string("tntp/") + e.file;
        if (!has_shared_data(file)) return;
        CAPTURE(file);
        ImportReport report;
        const TntpNetwork network = import_tntp(shared_data(file), report);
        CHECK(network.zone_count == e.zones);
        CHECK(network.node_count == e.nodes);
        CHECK(network.links.size() == e.links);
        CHECK(network.first_thru_node == e.first_thru);
        double trips = 0, time = 0;
        for (const TntpDemand& d : network.demand)
            trips += d.trips;
        for (const TntpLink& link : network.links)
            time += link.free_flow_time;
        CHECK(trips == doctest::Approx(e.trips).epsilon(1e-9));
        // The page counts pairs with flow; those of Chicago-Sketch leave intrazonal trips in.
        CHECK(network.demand.size() == e.pairs);
        CHECK(time == doctest::Approx(e.free_flow_time).epsilon(1e-9));
        const RoadGraph graph(network.graph);
        CHECK(graph.link_count() == e.links);
    }
}

TEST_CASE("units come from the header: a mile of feet in Anaheim takes the stated time") {
    if (!has_shared_data("tntp/Anaheim/Anaheim_net.tntp")) return;
    ImportReport report;
    const TntpNetwork network = import_tntp(shared_data("tntp/Anaheim/Anaheim_net.tntp"), report);
    const RoadGraph graph(network.graph);
    const LinkId first = graph.find_link(1);
    CHECK(graph.link_length_m[first.index()] == doctest::Approx(5280 * 0.3048));
    CHECK(graph.free_time_s(first) == doctest::Approx(1.090458488 * 60));
    // Positions come from the GeoJSON beside it.
    CHECK(graph.node_lon_deg[0] == doctest::Approx(-117.880141713707729));
}

TEST_CASE("no path leads through a zone") {
    if (!has_shared_data("tntp/Anaheim/Anaheim_net.tntp")) return;
    ImportReport report;
    const RoadGraph graph = load_network(shared_data("tntp/Anaheim/Anaheim_net.tntp"), {}, report);
    const Router router(graph);
    Router::Query query(router);
    const auto free_us = router.free_flow_us();
    const LinkCosts costs = router.costs(free_us);
    int found = 0;
    for (std::size_t from = 0; from < 38; ++from) {
        for (std::size_t to = 0; to < 38; ++to) {
            const Path path = query.node_to_node(NodeId(from), NodeId(to), costs);
            found += path.found ? 1 : 0;
            for (std::size_t i = 1; i < path.links.size(); ++i) {
                CHECK(graph.link_from[path.links[i].index()].value >= 38);
            }
        }
    }
    CHECK(found == 38 * 38);
}

TEST_CASE("bad networks are refused with file and line") {
    InputFault fault =
        fault_of(kHead + "1 3 900 1 1 0.15 4 0 0 1 ;\n3 2 900 one 1 0.15 4 0 0 1 ;\n");
    CHECK(fault.code == "E-NET-140");
    CHECK(fault.place.line == 9);
    CHECK(fault.message.find("'one'") != std::string::npos);
    fault = fault_of(kHead + "1 3 900 1 1 0.15 4 0 0 1 ;\n");
    CHECK(fault.message.find("1 links") != std::string::npos);
    fault = fault_of(kHead + "1 4 900 1 1 0.15 4 0 0 1 ;\n3 2 900 1 1 0.15 4 0 0 1 ;\n");
    CHECK(fault.place.line == 8);
    CHECK(fault_of("1 2 3\n").code == "E-NET-140");
    CHECK(fault_of("<NUMBER OF ZONES> many\n<END OF METADATA>\n").code == "E-NET-140");
}
