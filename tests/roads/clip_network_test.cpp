#include "roads/clip_network.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/error.h"

using namespace jiahe;

namespace {

// A street 1 - 2 - 3 - 4 from west to east, both ways, with every turn but U-turns named; node n
// lies at n * 0.01 degrees. Links 10n + n + 1 lead east, the others west.
RoadGraphData street() {
    RoadGraphData data;
    for (int n = 1; n <= 4; ++n)
        data.nodes.push_back({n, 0.01 * n, 0, n == 2 ? NodeControl::kSignal : NodeControl::kNone});
    const auto link = [&](int from, int to) {
        RoadGraphData::Link row;
        row.id = 10 * from + to;
        row.from_node_id = from;
        row.to_node_id = to;
        row.length_m = 1112;
        row.free_speed_mps = 10;
        data.links.push_back(row);
    };
    for (int n = 1; n < 4; ++n) {
        link(n, n + 1);
        link(n + 1, n);
    }
    data.movements = {{1, 12, 23, TurnType::kThru, 0, 0, true},
                      {2, 23, 34, TurnType::kThru, 0, 0, false},
                      {3, 43, 32, TurnType::kThru, 0, 0, false},
                      {4, 32, 21, TurnType::kThru, 0, 0, true}};
    data.signals = {{2, 0, {{{1, 4}, 30, 5}}}};
    return data;
}

bool has_link(const RoadGraphData& data, std::int64_t id) {
    return std::any_of(data.links.begin(), data.links.end(),
                       [&](const auto& link) { return link.id == id; });
}

}  // namespace

TEST_CASE("a clipped street turns back at its new end and keeps its plan") {
    ImportReport report;
    const BoundingBox box{{0, -1}, {0.035, 1}};  // nodes 1 to 3
    const RoadGraphData data = clip_network(street(), box, "s", report);
    CHECK(data.nodes.size() == 3);
    CHECK(data.links.size() == 4);
    CHECK_FALSE(has_link(data, 34));
    const RoadGraph graph(data);
    CHECK(graph.movement(graph.find_link(23), graph.find_link(32)).valid());
    CHECK(graph.movement(graph.find_link(12), graph.find_link(23)).valid());
    // The western end had no turn before and gets none.
    CHECK_FALSE(graph.movement(graph.find_link(21), graph.find_link(12)).valid());
    CHECK(graph.signals.size() == 1);
    CHECK(report.counted("links dropped outside the bounding box") == 2);
    CHECK(report.counted("nodes dropped outside the bounding box") == 1);
    CHECK(report.counted("repaired: U-turns where a street was cut off") == 1);
}

TEST_CASE("a plan whose movements are all cut off goes with its signal") {
    ImportReport report;
    const RoadGraphData data =
        clip_network(street(), BoundingBox{{0.015, -1}, {1, 1}}, "s", report);  // nodes 2 to 4
    CHECK(data.signals.empty());
    CHECK(data.nodes[0].control == NodeControl::kNone);
    CHECK(RoadGraph(data).link_count() == 4);
}

TEST_CASE("a box without any link is refused") {
    ImportReport report;
    try {
        clip_network(street(), BoundingBox{{5, 5}, {6, 6}}, "street.gpkg", report);
        FAIL("accepted");
    } catch (const InputError& error) {
        CHECK(error.faults()[0].code == "E-NET-112");
        CHECK(error.faults()[0].place.file == "street.gpkg");
    }
}

TEST_CASE("nodes that cannot be left or reached again go, and a connected network stays as it is") {
    ImportReport report;
    RoadGraphData data = keep_connected_nodes(street(), report);
    CHECK(data.links.size() == 6);
    CHECK(report.counts.empty());
    data = street();
    std::erase_if(data.links, [](const auto& link) { return link.id == 43; });
    std::erase_if(data.movements, [](const auto& m) { return m.in_link_id == 43; });
    data = keep_connected_nodes(std::move(data), report);
    CHECK(data.nodes.size() == 3);
    CHECK(data.links.size() == 4);
    CHECK(report.counted("links dropped outside the largest strongly connected part") == 1);
}
