#include "traffic/traffic_network.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/ascii_roads.h"

using namespace jiahe;
using namespace jiahe::traffic;

TEST_CASE("movements that share lanes share a queue; separate lanes have their own") {
    auto data = ascii_roads("   X\n   ^\n   |\nA->D->Y\n   |\n   v\n   Z",
                            {.cell_m = 100, .lane_count = 3, .capacity_pcuph = 5400});
    const std::int64_t ad = link(data, "AD").id;
    data.movements.push_back({1, ad, link(data, "DX").id, TurnType::kLeft, 1, 1, false});
    data.movements.push_back({2, ad, link(data, "DY").id, TurnType::kThru, 2, 3, false});
    data.movements.push_back({3, ad, link(data, "DZ").id, TurnType::kRight, 3, 3, false});
    const RoadGraph graph(std::move(data));
    const TrafficNetwork network(graph, {});
    CHECK(network.lane_group_count[link(graph, "AD").index()] == 2);
    CHECK(network.turn_group[turn(graph, "ADY").index()] ==
          network.turn_group[turn(graph, "ADZ").index()]);
    CHECK(network.turn_group[turn(graph, "ADX").index()] !=
          network.turn_group[turn(graph, "ADY").index()]);
    // One lane of three and two of three of the link's capacity.
    const auto left = network.group_headway_fp[network.turn_group[turn(graph, "ADX").index()]];
    const auto thru = network.group_headway_fp[network.turn_group[turn(graph, "ADY").index()]];
    CHECK(static_cast<double>(left) / static_cast<double>(thru) == doctest::Approx(2));
}

TEST_CASE("a gate needs one way in and one way out") {
    const RoadGraph graph(ascii_roads("A->B->C\n   |\n   v\n   D", {.cell_m = 100}));
    NetworkOptions options;
    options.gates = {{link(graph, "AB"), 5}};
    CHECK_THROWS_AS(TrafficNetwork(graph, options), InputError);
}

TEST_CASE("a signal that never shows green to a movement is refused with its name") {
    auto data = ascii_roads("A--->S--->C", {.cell_m = 200, .capacity_pcuph = 1800});
    node(data, 'S').control = NodeControl::kSignal;
    data.movements.push_back(
        {7, link(data, "AS").id, link(data, "SC").id, TurnType::kThru, 1, 1, true});
    data.signals.push_back({node(data, 'S').id, 0, {{{}, 30, 30}}});
    const RoadGraph graph(std::move(data));
    try {
        const TrafficNetwork network(graph, {});
        FAIL("accepted");
    } catch (const InputError& error) {
        CHECK(error.faults().front().code == "E-TRF-003");
        CHECK(error.faults().front().message.find("movement 7") != std::string::npos);
    }
}
