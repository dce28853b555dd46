#include "roads/road_graph.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "roads/road_class_defaults.h"
#include "support/ascii_roads.h"

using namespace jiahe;

namespace {

RoadGraphData crossing() {
    return ascii_roads(R"(
           N
           |
        W--X--E
           |
           S
    )");
}

std::string code_of(const RoadGraphData& data) {
    try {
        RoadGraph graph(data);
    } catch (const InputError& error) {
        return error.faults()[0].code + " " + error.faults()[0].place.feature;
    }
    return "accepted";
}

}  // namespace

TEST_CASE("ids ascend with external ids whatever the order of rows") {
    RoadGraphData data = crossing();
    const RoadGraph straight(data);
    std::reverse(data.nodes.begin(), data.nodes.end());
    std::reverse(data.links.begin(), data.links.end());
    const RoadGraph reversed(data);
    CHECK(std::is_sorted(straight.node_external_id.begin(), straight.node_external_id.end()));
    CHECK(straight.node_external_id == reversed.node_external_id);
    CHECK(straight.link_external_id == reversed.link_external_id);
    CHECK(straight.movement_out_link == reversed.movement_out_link);
    CHECK(straight.movement_external_id == reversed.movement_external_id);
}

TEST_CASE("the links of a node are those that begin and end there, in order") {
    const RoadGraph graph(crossing());
    const NodeId x = node(graph, 'X');
    CHECK(graph.out_links(x).size() == 4);
    CHECK(graph.in_links(x).size() == 4);
    for (const LinkId id : graph.out_links(x))
        CHECK(graph.link_from[id.index()] == x);
    for (const LinkId id : graph.in_links(x))
        CHECK(graph.link_to[id.index()] == x);
    CHECK(std::is_sorted(graph.in_links(x).begin(), graph.in_links(x).end()));
}

TEST_CASE("by default every turn is permitted but the U-turn, which only dead ends have") {
    const RoadGraph graph(crossing());
    // Four arms with three turns each, and a U-turn at each of the four ends.
    CHECK(graph.movement_count() == 4 * 3 + 4);
    CHECK_FALSE(graph.movement(link(graph, "WX"), link(graph, "XW")).valid());
    CHECK(graph.movement_turn[turn(graph, "XWX").index()] == TurnType::kUturn);
    CHECK(graph.movement_turn[turn(graph, "WXE").index()] == TurnType::kThru);
    CHECK(graph.movement_turn[turn(graph, "WXN").index()] == TurnType::kLeft);
    CHECK(graph.movement_turn[turn(graph, "WXS").index()] == TurnType::kRight);
    CHECK(graph.movement_turn[turn(graph, "NXE").index()] == TurnType::kLeft);
}

TEST_CASE("a bend with one way on is thru, however sharp") {
    const RoadGraph graph(ascii_roads(R"(
        A--B
           |
           C )"));
    CHECK(graph.movement_turn[turn(graph, "ABC").index()] == TurnType::kThru);
}

TEST_CASE("given movements are kept as they are, and lanes 0 to 0 mean all lanes") {
    RoadGraphData data = crossing();
    link(data, "WX").lane_count = 3;
    data.movements.push_back({7, 1000 * 'W' + 'X', 1000 * 'X' + 'E', TurnType::kThru, 0, 0, false});
    data.movements.push_back({8, 1000 * 'W' + 'X', 1000 * 'X' + 'N', TurnType::kLeft, 1, 1, true});
    const RoadGraph graph(data);
    CHECK(graph.movement_count() == 2);
    const auto thru = turn(graph, "WXE").index();
    CHECK(graph.movement_last_lane[thru] == 3);
    CHECK(graph.movement_external_id[thru] == 7);
    CHECK(graph.movement_last_lane[turn(graph, "WXN").index()] == 1);
    CHECK_FALSE(graph.movement(link(graph, "EX"), link(graph, "XW")).valid());
}

TEST_CASE("a capacity of 0 becomes the class default for all lanes") {
    RoadGraphData data =
        ascii_roads("A--B", {.speed_kmh = 60, .lane_count = 2, .capacity_pcuph = 0});
    link(data, "AB").road_class = RoadClass::kPrimary;
    link(data, "BA").free_speed_mps = 10 / 3.6;
    const RoadGraph graph(data);
    CHECK(graph.link_capacity_pcuph[link(graph, "AB").index()] == doctest::Approx(2 * 1800));
    CHECK(graph.link_capacity_pcuph[link(graph, "BA").index()] == doctest::Approx(2 * 900));
}

TEST_CASE("every class default implies a backward wave of 10 to 25 km/h") {
    for (int i = 0; i <= static_cast<int>(RoadClass::kService); ++i) {
        const auto road_class = static_cast<RoadClass>(i);
        const double speed_kmh = class_defaults(road_class).free_speed_mps * 3.6;
        const double capacity = default_capacity_pcuph(road_class, speed_kmh / 3.6, 1);
        const double wave_kmh = capacity / (1000 / 7.5 - capacity / speed_kmh);
        CAPTURE(to_string(road_class));
        CHECK(wave_kmh >= 10.0);
        CHECK(wave_kmh <= 25.0);
    }
}

TEST_CASE("faults name the row by its external id") {
    RoadGraphData data = crossing();
    CHECK(code_of(data) == "accepted");
    auto bad = data;
    bad.links[0].to_node_id = 999;
    CHECK(code_of(bad) == "E-NET-004 link " + std::to_string(bad.links[0].id));
    bad = data;
    bad.nodes.push_back(bad.nodes[0]);
    CHECK(code_of(bad) == "E-NET-001 node " + std::to_string(bad.nodes[0].id));
    bad = data;
    bad.nodes[1].lat_deg = 91;
    CHECK(code_of(bad).starts_with("E-NET-002"));
    bad = data;
    bad.links.push_back(bad.links[2]);
    CHECK(code_of(bad).starts_with("E-NET-003"));
    bad = data;
    bad.links[0].to_node_id = bad.links[0].from_node_id;
    CHECK(code_of(bad).starts_with("E-NET-005"));
    bad = data;
    bad.links[0].length_m = std::numeric_limits<double>::quiet_NaN();
    CHECK(code_of(bad).starts_with("E-NET-006"));
    bad = data;
    bad.links[0].free_speed_mps = 0;
    CHECK(code_of(bad).starts_with("E-NET-007"));
    bad = data;
    bad.links[0].lane_count = 0;
    CHECK(code_of(bad).starts_with("E-NET-008"));
    bad = data;
    bad.links[0].capacity_pcuph = -1;
    CHECK(code_of(bad).starts_with("E-NET-009"));
    bad = data;
    bad.links[0].shape = {{200, 0}};
    CHECK(code_of(bad).starts_with("E-NET-010"));
    CHECK(code_of(RoadGraphData{}).starts_with("E-NET-011"));
}

TEST_CASE("movements and plans must fit the links they name") {
    RoadGraphData data = crossing();
    const std::int64_t wx = 1000 * 'W' + 'X', xe = 1000 * 'X' + 'E', xw = 1000 * 'X' + 'W';
    data.movements = {{1, wx, xe, TurnType::kThru, 0, 0, true}};
    data.signals = {{'X', 0, {{{1}, 30, 5}}}};
    CHECK(code_of(data) == "accepted");
    auto bad = data;
    bad.movements.push_back({1, wx, xw, TurnType::kUturn, 0, 0, false});
    CHECK(code_of(bad).starts_with("E-NET-012 movement 1"));
    bad = data;
    bad.movements[0].out_link_id = 5;
    CHECK(code_of(bad).starts_with("E-NET-013 movement 1"));
    bad = data;
    bad.movements[0].in_link_id = xw;
    CHECK(code_of(bad).starts_with("E-NET-014 movement 1"));
    bad = data;
    bad.movements.push_back({2, wx, xe, TurnType::kThru, 0, 0, true});
    CHECK(code_of(bad).starts_with("E-NET-015"));
    bad = data;
    bad.movements[0].last_lane = 2;
    bad.movements[0].first_lane = 1;
    CHECK(code_of(bad).starts_with("E-NET-016"));
    bad = data;
    bad.signals[0].node_id = 5;
    CHECK(code_of(bad).starts_with("E-NET-017"));
    bad = data;
    bad.signals.push_back(bad.signals[0]);
    CHECK(code_of(bad).starts_with("E-NET-018"));
    bad = data;
    bad.signals[0].phases[0].green_movement_ids = {9};
    CHECK(code_of(bad).starts_with("E-NET-019"));
    bad = data;
    bad.signals[0].phases[0].green_s = -1;
    CHECK(code_of(bad).starts_with("E-NET-020"));
}

TEST_CASE("at most 20 faults are listed and the rest counted") {
    RoadGraphData data = crossing();
    for (int i = 0; i < 50; ++i)
        data.links.push_back({100 + i, 'W', 'X', -1, 1, 1, 0, {}, {}, {}});
    try {
        RoadGraph graph(data);
        FAIL("accepted");
    } catch (const InputError& error) {
        CHECK(error.faults().size() == 20);
        CHECK(std::string(error.what()).find("and 30 more faults") != std::string::npos);
    }
}

TEST_CASE("a graph written back as data builds the same graph") {
    RoadGraphData data = crossing();
    data.attribution = "nobody";
    const RoadGraph graph(data);
    const RoadGraph again(graph.to_data());
    CHECK(again.link_external_id == graph.link_external_id);
    CHECK(again.link_length_m == graph.link_length_m);
    CHECK(again.movement_external_id == graph.movement_external_id);
    CHECK(again.movement_turn == graph.movement_turn);
    CHECK(again.node_lon_deg == graph.node_lon_deg);
    CHECK(again.attribution == "nobody");
}
