#include "roads/import_gmns.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <numeric>

#include "base/error.h"
#include "roads/gmns_demand.h"
#include "roads/network_source.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

using namespace jiahe;

namespace {

void write(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
}

const std::string kNodes =
    "node_id,x_coord,y_coord,ctrl_type\n1,120,30,none\n2,120.01,30,signal\n"
    "3,120.02,30,none\n4,120.01,30.01,none\n";
const std::string kLinks =
    "link_id,from_node_id,to_node_id,length,lanes,free_speed,directed,capacity,facility_type,name\n"
    "1,1,2,1000,2,60,true,,,East Road\n2,2,3,1000,2,60,true,900,secondary,\n"
    "3,4,2,1.5,1,36,false,,,\"Lane, the\"\n";

RoadGraph import_folder(const TemporaryFolder& folder, ImportReport& report) {
    return RoadGraph(import_gmns(folder / "", report));
}

InputFault fault_of(const TemporaryFolder& folder) {
    try {
        ImportReport report;
        import_folder(folder, report);
    } catch (const InputError& error) {
        return error.faults()[0];
    }
    return {};
}

}  // namespace

TEST_CASE("a small GMNS folder is read with its units, both directions and default plans") {
    const TemporaryFolder folder;
    write(folder / "config.csv", "dataset_name,short_length,long_length,speed\nx,m,m,km/h\n");
    write(folder / "node.csv", kNodes);
    write(folder / "link.csv", kLinks);
    ImportReport report;
    const RoadGraph graph = import_folder(folder, report);
    CHECK(graph.link_count() == 4);  // link 3 is undirected: its reverse is 4
    const auto link4 = graph.find_link(4).index();
    CHECK(graph.node_external_id[graph.link_to[link4].index()] == 4);
    CHECK(graph.link_name[link4] == "Lane, the");
    CHECK(graph.link_free_speed_mps[link4] == doctest::Approx(10));
    // Class by speed: 60 km/h is primary, 1800 pcu/h a lane, two lanes; given: 900 a lane.
    CHECK(graph.link_capacity_pcuph[graph.find_link(1).index()] == doctest::Approx(3600));
    CHECK(graph.link_capacity_pcuph[graph.find_link(2).index()] == doctest::Approx(1800));
    CHECK(graph.link_class[graph.find_link(2).index()] == RoadClass::kSecondary);
    CHECK(graph.signals.size() == 1);  // two approaches at right angles, 60 s
    CHECK(graph.signals[0].cycle_s() == doctest::Approx(60));
    CHECK(report.counted("signals with a default plan") == 1);
}

TEST_CASE("bad GMNS tables are refused with file, line and column") {
    const TemporaryFolder folder;
    write(folder / "node.csv", kNodes);
    write(folder / "link.csv", kLinks + "9,1,2,-5,1,60,true,,,\n");
    InputFault fault = fault_of(folder);
    CHECK(fault.code == "E-NET-103");
    CHECK(fault.place.line == 5);
    CHECK(fault.message.find("'length'") != std::string::npos);
    write(folder / "link.csv", kLinks + "9,1,2\n");
    CHECK(fault_of(folder).code == "E-NET-102");
    write(folder / "link.csv", "link_id,from_node,to_node_id,length,lanes,free_speed\n");
    fault = fault_of(folder);
    CHECK(fault.code == "E-NET-101");
    CHECK(fault.hint.find("from_node") != std::string::npos);
    write(folder / "link.csv", kLinks + "9,1,77,5,1,60,true,,,\n");
    fault = fault_of(folder);
    CHECK(fault.code == "E-NET-103");
    CHECK(fault.place.line == 5);
    CHECK(fault.place.column == 5);
    std::filesystem::remove(folder / "link.csv");
    CHECK(fault_of(folder).code == "E-NET-100");
    write(folder / "link.csv", kLinks);
    write(folder / "node.csv", kNodes + "5,120,30,lights\n");
    CHECK(fault_of(folder).message.find("lights") != std::string::npos);
}

TEST_CASE("a gzipped table that is cut off is refused") {
    if (!has_shared_data("nanchang/routes.csv.gz")) return;
    const TemporaryFolder folder;
    std::ifstream whole(shared_data("nanchang/routes.csv.gz"), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(whole)), {});
    bytes.resize(bytes.size() / 2);
    std::ofstream(folder / "routes.csv.gz", std::ios::binary) << bytes;
    ImportReport report;
    const RoadGraph graph(load_network_data(shared_data("nanchang"), {}, report));
    CHECK_THROWS_AS(
        read_gmns_demand(graph, shared_data("nanchang/trips.csv.gz"), folder / "routes.csv.gz"),
        InputError);
}

TEST_CASE("Nanchang has the counts, lengths and plans that its data page states") {
    if (!has_shared_data("nanchang/link.csv")) return;
    ImportReport report;
    const RoadGraph graph(load_network_data(shared_data("nanchang"), {}, report));
    CHECK(graph.node_count() == 2048);
    CHECK(graph.link_count() == 6024);
    CHECK(graph.movement_count() == 13390);
    CHECK(graph.signals.size() == 859);
    const double length_m =
        std::accumulate(graph.link_length_m.begin(), graph.link_length_m.end(), 0.0);
    CHECK(length_m / 1000 == doctest::Approx(2591.214));
    std::size_t four = 0, three = 0;
    for (const SignalPlan& plan : graph.signals) {
        four += plan.phases.size() == 4 && plan.cycle_s() == 120 ? 1 : 0;
        three += plan.phases.size() == 3 && plan.cycle_s() == 90 ? 1 : 0;
    }
    CHECK(four == 456);
    CHECK(three == 403);
    std::size_t left = 0, thru = 0, signalised = 0;
    for (std::size_t m = 0; m < graph.movement_count(); ++m) {
        left += graph.movement_turn[m] == TurnType::kLeft ? 1 : 0;
        thru += graph.movement_turn[m] == TurnType::kThru ? 1 : 0;
        signalised += graph.movement_signalised[m];
    }
    CHECK(left == 2630 + 1312);
    CHECK(thru == 2630 + 2876);
    CHECK(signalised == 5260);  // left and thru; right turns have green always
    std::size_t slow = 0;
    for (const double v : graph.link_free_speed_mps)
        slow += v < 10.5 / 3.6 ? 1 : 0;
    CHECK(slow == 34);
}

TEST_CASE("Nanchang's demand has the vehicles, routes and lengths that its data page states") {
    if (!has_shared_data("nanchang/trips.csv.gz")) return;
    ImportReport report;
    const RoadGraph graph(load_network_data(shared_data("nanchang"), {}, report));
    const GmnsDemand demand = read_gmns_demand(graph, shared_data("nanchang/trips.csv.gz"),
                                               shared_data("nanchang/routes.csv.gz"));
    CHECK(demand.trip_route.size() == 126669);
    CHECK(demand.route_offset.size() == 9786 + 1);
    std::size_t passages = 0, forbidden = 0;
    double vehicle_km = 0;
    for (const std::uint32_t route : demand.trip_route) {
        for (std::uint64_t i = demand.route_offset[route]; i < demand.route_offset[route + 1];
             ++i) {
            ++passages;
            vehicle_km += graph.link_length_m[demand.route_links[i].index()] / 1000;
        }
    }
    for (std::size_t r = 0; r + 1 < demand.route_offset.size(); ++r) {
        for (std::uint64_t i = demand.route_offset[r] + 1; i < demand.route_offset[r + 1]; ++i) {
            const auto m = graph.movement(demand.route_links[i - 1], demand.route_links[i]);
            forbidden += m.valid() ? 0 : 1;
        }
    }
    CHECK(passages == 2532090);
    CHECK(vehicle_km == doctest::Approx(1211593.379).epsilon(1e-9));
    CHECK(forbidden == 0);
}
