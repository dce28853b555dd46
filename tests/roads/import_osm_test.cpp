#include "roads/import_osm.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "base/error.h"
#include "roads/network_source.h"
#include "roads/strong_part.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

using namespace jiahe;

namespace {

// A node 0.001 degrees apart is 111.195 m north, or 111.195 m * cos(lat) east.
std::string xml_node(int id, double x, double y, const std::string& tags = {}) {
    return "<node id=\"" + std::to_string(id) + "\" lat=\"" + std::to_string(y * 0.001) +
           "\" lon=\"" + std::to_string(x * 0.001) + "\">" + tags + "</node>\n";
}

std::string tag(const std::string& key, const std::string& value) {
    return "<tag k=\"" + key + "\" v=\"" + value + "\"/>";
}

std::string xml_way(int id, const std::vector<int>& refs, const std::string& tags) {
    std::string text = "<way id=\"" + std::to_string(id) + "\">";
    for (const int ref : refs)
        text += "<nd ref=\"" + std::to_string(ref) + "\"/>";
    return text + tags + "</way>\n";
}

std::string xml_restriction(int id, const std::string& kind, int from, int via, int to) {
    return "<relation id=\"" + std::to_string(id) + "\"><member type=\"way\" role=\"from\" ref=\"" +
           std::to_string(from) + "\"/><member type=\"node\" role=\"via\" ref=\"" +
           std::to_string(via) + "\"/><member type=\"way\" role=\"to\" ref=\"" +
           std::to_string(to) + "\"/>" + tag("type", "restriction") + tag("restriction", kind) +
           "</relation>\n";
}

const std::string kStreet = tag("highway", "residential") + tag("lanes", "2");

RoadGraph import_text(const std::string& elements, ImportReport& report,
                      const OsmImportOptions& options = {}) {
    const TemporaryFolder folder;
    std::ofstream(folder / "town.osm")
        << "<?xml version=\"1.0\"?><osm version=\"0.6\">" << elements << "</osm>";
    return RoadGraph(import_osm(folder / "town.osm", options, report));
}

// A cross with arms of 3 cells: 1 west, 2 north, 3 east, 4 south of node 5.
std::string cross(const std::string& centre_tags = {}, const std::string& west_extra = {}) {
    return xml_node(1, -3, 0) + xml_node(2, 0, 3) + xml_node(3, 3, 0) + xml_node(4, 0, -3) +
           xml_node(5, 0, 0, centre_tags) + west_extra;
}

std::string cross_ways() {
    return xml_way(11, {1, 5}, kStreet) + xml_way(12, {2, 5}, kStreet) +
           xml_way(13, {5, 3}, kStreet) + xml_way(14, {5, 4}, kStreet);
}

LinkId between(const RoadGraph& graph, int from, int to) {
    REQUIRE(graph.find_node(from).valid());
    for (const LinkId l : graph.out_links(graph.find_node(from))) {
        if (graph.link_to[l.index()] == graph.find_node(to)) return l;
    }
    return LinkId{};
}

double total_km(const RoadGraph& graph) {
    double km = 0;
    for (const double length_m : graph.link_length_m)
        km += length_m / 1000;
    return km;
}

}  // namespace

TEST_CASE("ways are cut where they share a node and joined where nothing changes") {
    ImportReport report;
    // One way through the centre, a side street, and an arm in two ways with a bend between.
    const RoadGraph graph =
        import_text(xml_node(1, -3, 0) + xml_node(5, 0, 0) + xml_node(3, 3, 0) + xml_node(6, 0, 1) +
                        xml_node(7, 1, 1) + xml_way(11, {1, 5, 3}, kStreet) +
                        xml_way(12, {5, 6}, kStreet) + xml_way(13, {6, 7}, kStreet),
                    report);
    CHECK(graph.node_count() == 4);  // 6 became a shape point
    CHECK(graph.link_count() == 6);
    const LinkId side = between(graph, 5, 7);
    REQUIRE(side.valid());
    CHECK(graph.link_shape[side.index()].size() == 1);
    // Two legs of 111.195 m each (R * 0.001 degrees).
    CHECK(graph.link_length_m[side.index()] == doctest::Approx(222.39).epsilon(1e-4));
    CHECK(report.counted("nodes of degree two made shape points") == 1);
    CHECK(graph.link_free_speed_mps[side.index()] == doctest::Approx(30 / 3.6));
    CHECK(graph.attribution.find("OpenStreetMap") != std::string::npos);
}

TEST_CASE("a change of lanes keeps its node") {
    ImportReport report;
    const RoadGraph graph = import_text(
        xml_node(1, 0, 0) + xml_node(2, 1, 0) + xml_node(3, 2, 0) + xml_way(11, {1, 2}, kStreet) +
            xml_way(12, {2, 3}, tag("highway", "residential") + tag("lanes", "4")),
        report);
    CHECK(graph.node_count() == 3);
    CHECK(graph.link_lane_count[between(graph, 1, 2).index()] == 1);
    CHECK(graph.link_lane_count[between(graph, 3, 2).index()] == 2);
}

TEST_CASE("a street against its drawing joins one along it") {
    ImportReport report;
    const std::string oneway = tag("highway", "tertiary") + tag("lanes", "1");
    const RoadGraph graph =
        import_text(xml_node(1, 0, 0) + xml_node(2, 1, 0) + xml_node(3, 2, 0) + xml_node(4, 1, 1) +
                        xml_way(11, {1, 2}, oneway + tag("oneway", "yes")) +
                        xml_way(12, {3, 2}, oneway + tag("oneway", "-1")) +
                        xml_way(13, {3, 4, 1}, oneway + tag("oneway", "yes")),
                    report);
    // 3 -> 4 -> 1 -> 2 is one link (4 and 1 are shape points); 2 -> 3 closes the ring and must stay
    // apart, for a link may not lead from a node to itself.
    CHECK(graph.link_count() == 2);
    CHECK(graph.link_shape[between(graph, 3, 2).index()].size() == 2);
    CHECK(between(graph, 2, 3).valid());
}

TEST_CASE("a bridge does not meet the road below it") {
    ImportReport report;
    const RoadGraph graph =
        import_text(xml_node(1, -1, 0) + xml_node(2, 1, 0) + xml_node(3, 0, -1) +
                        xml_node(4, 0, 1) + xml_node(5, 2, 2) + xml_way(11, {1, 2}, kStreet) +
                        xml_way(12, {3, 4}, kStreet) + xml_way(13, {2, 5, 4}, kStreet),
                    report);
    CHECK(graph.node_count() == 2);  // one street from 1 over 2, 5, 4 to 3
    CHECK(graph.link_count() == 2);
}

TEST_CASE("no_* bans one turn and only_* all others") {
    ImportReport report;
    const RoadGraph graph =
        import_text(cross() + cross_ways() + xml_restriction(21, "no_left_turn", 11, 5, 12) +
                        xml_restriction(22, "only_straight_on", 14, 5, 12) +
                        xml_restriction(23, "no_right_turn", 11, 5, 99),
                    report);
    const auto turn = [&](int from, int to) {
        return graph.movement(between(graph, from, 5), between(graph, 5, to)).valid();
    };
    CHECK_FALSE(turn(1, 2));
    CHECK(turn(1, 3));
    CHECK(turn(1, 4));
    CHECK(turn(4, 2));
    CHECK_FALSE(turn(4, 1));
    CHECK_FALSE(turn(4, 3));
    CHECK(turn(2, 1));
    CHECK(report.counted("turn restrictions of kind no_*") == 1);
    CHECK(report.counted("turn restrictions of kind only_*") == 1);
    CHECK(report.counted("turn restrictions on roads that are not in the network") == 1);
}

TEST_CASE("signals on the junction and on its approaches give one plan of two phases") {
    const std::string signal = tag("highway", "traffic_signals");
    for (const bool on_approach : {false, true}) {
        ImportReport report;
        // The stop line is 0.2 cells (22 m) west of the centre.
        const std::string ways =
            on_approach ? xml_way(11, {1, 6, 5}, kStreet) : xml_way(11, {1, 5}, kStreet);
        const RoadGraph graph = import_text(
            cross(on_approach ? "" : signal, xml_node(6, -0.2, 0, on_approach ? signal : "")) +
                ways + xml_way(12, {2, 5}, kStreet) + xml_way(13, {5, 3}, kStreet) +
                xml_way(14, {5, 4}, kStreet),
            report);
        REQUIRE(graph.signals.size() == 1);
        const SignalPlan& plan = graph.signals[0];
        CHECK(plan.node_id == 5);
        CHECK(plan.phases.size() == 2);
        // Four approaches: 75 s; equal widths share 75 - 2 * 4 = 67 s as 34 and 33.
        CHECK(plan.cycle_s() == doctest::Approx(75));
        CHECK(plan.phases[0].green_s + plan.phases[1].green_s == doctest::Approx(67));
        CHECK(plan.phases[0].green_movement_ids.size() == 6);
        // The north-south axis comes first: its greens begin at links from 2 and 4.
        for (std::size_t m = 0; m < graph.movement_count(); ++m) {
            const auto& green = plan.phases[0].green_movement_ids;
            const bool first =
                std::find(green.begin(), green.end(), graph.movement_external_id[m]) != green.end();
            const auto from =
                graph.node_external_id[graph.link_from[graph.movement_in_link[m].index()].index()];
            if (first) CHECK((from == 2 || from == 4));
        }
        CHECK(graph.node_control[graph.find_node(5).index()] == NodeControl::kSignal);
    }
}

TEST_CASE("a signal that names its direction belongs to the junction ahead, however drawn") {
    // Junctions 5 and 6, 0.5 cells (56 m) apart, and a signal 22 m from 5: it tells about traffic
    // towards 6, 33 m ahead, when its direction points there along its way.
    for (const bool way_leads_east : {true, false}) {
        ImportReport report;
        const std::string direction = way_leads_east ? "forward" : "backward";
        const std::string signal =
            tag("highway", "traffic_signals") + tag("traffic_signals:direction", direction);
        const std::string between_them =
            way_leads_east ? xml_way(11, {5, 7, 6}, kStreet) : xml_way(11, {6, 7, 5}, kStreet);
        const RoadGraph graph = import_text(
            xml_node(5, 0, 0) + xml_node(7, 0.2, 0, signal) + xml_node(6, 0.5, 0) +
                xml_node(1, -3, 0) + xml_node(2, 0, 3) + xml_node(3, 3.5, 0) + xml_node(4, 0.5, 3) +
                between_them + xml_way(12, {1, 5}, kStreet) + xml_way(13, {2, 5}, kStreet) +
                xml_way(14, {6, 3}, kStreet) + xml_way(15, {6, 4}, kStreet),
            report);
        REQUIRE(graph.signals.size() == 1);
        CHECK(graph.signals[0].node_id == 6);
    }
}

TEST_CASE("a box cuts roads off at its edge, and cut ends are dead ends") {
    ImportReport report;
    OsmImportOptions options;
    options.box = BoundingBox{{-0.0035, -0.0035}, {0.0015, 0.0035}};  // without the arm to 3
    const RoadGraph graph =
        import_text(xml_node(1, -3, 0) + xml_node(2, 0, 3) + xml_node(8, 1, 0) + xml_node(3, 3, 0) +
                        xml_node(4, 0, -3) + xml_node(5, 0, 0) + xml_way(11, {1, 5}, kStreet) +
                        xml_way(12, {2, 5}, kStreet) + xml_way(13, {5, 8, 3}, kStreet) +
                        xml_way(14, {5, 4}, kStreet),
                    report, options);
    CHECK_FALSE(graph.find_node(3).valid());
    REQUIRE(graph.find_node(8).valid());
    CHECK(graph.link_count() == 8);
    CHECK(graph.movement(between(graph, 5, 8), between(graph, 8, 5)).valid());
    CHECK(report.counted("way points outside the bounding box") == 1);
    options.box = BoundingBox{{5, 5}, {6, 6}};
    CHECK_THROWS_AS(import_text(cross() + cross_ways(), report, options), InputError);
}

TEST_CASE("a map drawn in GCJ-02 is moved to WGS 84, one in another system refused") {
    ImportReport report;
    const auto shanghai = [](double x, double y) {
        const LonLat p = wgs84_to_gcj02({121.4 + x, 31.2 + y});
        return "lat=\"" + std::to_string(p.lat_deg) + "\" lon=\"" + std::to_string(p.lon_deg) +
               "\"/>\n";
    };
    const std::string town = "<node id=\"1\" " + shanghai(0, 0) + "<node id=\"2\" " +
                             shanghai(0.01, 0) + xml_way(11, {1, 2}, kStreet);
    OsmImportOptions options;
    options.crs = CoordinateSystem::of("gcj02", {});
    const RoadGraph graph = import_text(town, report, options);
    const std::size_t n = graph.find_node(2).index();
    // std::to_string writes 1e-6 degrees, 0.1 m.
    CHECK(haversine_m({graph.node_lon_deg[n], graph.node_lat_deg[n]}, {121.41, 31.2}) < 0.2);
    options.crs = CoordinateSystem::of("EPSG:32651", {});
    CHECK_THROWS_AS(import_text(town, report, options), InputError);
}

TEST_CASE("ferries, reversible lanes and conditional restrictions are left out and counted") {
    ImportReport report;
    const std::string sometimes = "<relation id=\"31\">" + tag("type", "restriction") +
                                  tag("restriction:conditional", "no_left_turn @ (07:00-09:00)") +
                                  "</relation>";
    const RoadGraph graph =
        import_text(cross() + cross_ways() + xml_node(7, 9, 9) +
                        xml_way(15, {3, 7}, tag("route", "ferry") + tag("motor_vehicle", "yes")) +
                        xml_way(16, {2, 7, 3}, kStreet + tag("oneway", "reversible")) + sometimes,
                    report);
    CHECK(graph.link_count() == 8);
    CHECK(report.counted("ferries left out") == 1);
    CHECK(report.counted("ways closed to cars by oneway=reversible") == 1);
    CHECK(report.counted("turn restrictions at certain times or of other vehicles, left out") == 1);
}

TEST_CASE("a signal far from any junction is left out") {
    ImportReport report;
    const RoadGraph graph =
        import_text(cross("", xml_node(6, -2, 0, tag("highway", "traffic_signals"))) +
                        xml_way(11, {1, 6, 5}, kStreet) + xml_way(12, {2, 5}, kStreet) +
                        xml_way(13, {5, 3}, kStreet) + xml_way(14, {5, 4}, kStreet),
                    report);
    CHECK(graph.signals.empty());
    CHECK(report.counted("signals away from junctions left out") == 1);
}

TEST_CASE("what cannot be left or reached again is dropped and reported") {
    ImportReport report;
    const std::string oneway = kStreet + tag("oneway", "yes");
    const RoadGraph graph = import_text(
        cross() + cross_ways() + xml_node(7, 5, 0) + xml_way(15, {3, 7}, oneway) +     // leads away
            xml_node(8, 20, 20) + xml_node(9, 21, 20) + xml_way(16, {8, 9}, kStreet),  // elsewhere
        report);
    CHECK(graph.link_count() == 8);
    CHECK_FALSE(graph.find_node(7).valid());
    CHECK(report.counted("links dropped outside the largest strongly connected part") == 3);
}

TEST_CASE("loops, repeated points, missing points and ways drawn there and back are repaired") {
    ImportReport report;
    const RoadGraph graph = import_text(
        xml_node(1, 0, 0) + xml_node(2, 3, 0) + xml_node(3, 4, 1) + xml_node(4, 4, -1) +
            xml_node(5, -3, 0) + xml_way(11, {1, 2, 2}, kStreet) +
            xml_way(12, {2, 3, 4, 2}, kStreet) +  // a loop at the end of the street
            xml_way(13, {5, 1, 5, 99}, kStreet),  // there and back; 99 is not in the extract
        report);
    CHECK(report.counted("repaired: repeated way points") == 1);
    CHECK(report.counted("repaired: loops cut in two") == 1);
    CHECK(report.counted("repaired: stretches of a way drawn twice") == 1);
    CHECK(report.counted("way points outside the extract") == 1);
    for (std::size_t l = 0; l < graph.link_count(); ++l)
        CHECK(graph.link_from[l] != graph.link_to[l]);
    // 5-2 (joined over 1), and the two halves of the loop, each both ways.
    CHECK(graph.link_count() == 6);
}

TEST_CASE("the order of elements and the sign of ids change nothing") {
    ImportReport report;
    const RoadGraph graph = import_text(cross_ways() + cross(), report);  // ways before nodes
    CHECK(graph.link_count() == 8);
    ImportReport other;
    const RoadGraph negative = import_text(
        xml_way(-1, {-7, -3}, kStreet) + xml_node(-3, 0, 0) + xml_node(-7, 1, 0), other);
    CHECK(negative.link_count() == 2);
    CHECK(negative.node_external_id == std::vector<std::int64_t>{-7, -3});
}

TEST_CASE("a broken file is refused with its place") {
    ImportReport report;
    const auto fault_of = [&](const std::string& elements) {
        try {
            import_text(elements, report);
        } catch (const InputError& error) {
            return error.faults()[0];
        }
        return InputFault{};
    };
    const InputFault broken = fault_of("\n\n<node id='1' lat='0'");
    CHECK(broken.code == "E-NET-120");
    CHECK(broken.place.line == 3);
    CHECK(fault_of("").code == "E-NET-121");
    CHECK(
        fault_of(xml_node(1, 0, 0) + xml_node(2, 1, 0) + xml_way(1, {1, 2}, tag("highway", "path")))
            .code == "E-NET-122");
}

TEST_CASE("the shared extracts import plausibly") {
    struct Expected {
        const char* file;
        double least_km, most_km;  // one way each, in the largest part
        std::size_t least_signals;
    };
    // The data page gives centre-line km of all highways: 1141.6 (half of it tracks and paths),
    // 855.5, 330.0, 102.1 and 4494.9; a two-way street counts twice here.
    for (const Expected& e : {Expected{"osm/liechtenstein-latest.osm.pbf", 700, 1000, 4},
                              Expected{"osm/andorra.osm.pbf", 700, 1100, 1},
                              Expected{"osm/monaco-most-network.osm", 400, 600, 5},
                              Expected{"osm/shanghai-centre.osm", 55, 110, 100},
                              Expected{"osm/lower-saxony-main-roads.osm.gz", 6500, 9000, 400}}) {
        if (!has_shared_data(e.file)) return;
        CAPTURE(e.file);
        ImportReport report;
        const RoadGraph graph(load_network_data(shared_data(e.file), {}, report));
        CHECK(total_km(graph) > e.least_km);
        CHECK(total_km(graph) < e.most_km);
        CHECK(graph.signals.size() >= e.least_signals);
        const auto component = strong_components(graph);
        CHECK(*std::max_element(component.begin(), component.end()) == 0);
        for (std::size_t l = 0; l < graph.link_count(); ++l) {
            CHECK(graph.link_length_m[l] >= 1.0);
        }
    }
}
