#include <doctest/doctest.h>

#include "base/error.h"
#include "roads/contraction_hierarchy.h"
#include "roads/random_roads.h"

using namespace jiahe;

TEST_CASE("customisation gives the same arcs and paths for any number of threads") {
    const RoadGraph graph = random_graph(4, 400, 1400);
    const auto cost = random_costs(graph, 4, 40);
    const auto turn = random_turn_costs(graph, 4, 10);
    const ContractionHierarchy hierarchy(graph);
    const auto one = hierarchy.customise(cost, turn, 1);
    ContractionHierarchy::Query query(hierarchy);
    for (const int threads : {2, 3, 8}) {
        const auto more = hierarchy.customise(cost, turn, threads);
        CHECK(more.query_arc_count() == one.query_arc_count());
        for (std::uint64_t i = 0; i < 300; ++i) {
            const Draw draw(9, 1, i, 0);
            const NodeId from(draw.below(graph.node_count(), 0));
            const NodeId to(draw.below(graph.node_count(), 1));
            const Path expected = query.node_to_node(from, to, one);
            const bool tie = query.met_tie();
            const Path path = query.node_to_node(from, to, more);
            CHECK(path.links == expected.links);
            CHECK(path.cost_us == expected.cost_us);
            CHECK(query.met_tie() == tie);
        }
    }
}

TEST_CASE("queries look at fewer arcs than the hierarchy has, and one hierarchy serves all costs") {
    const RoadGraph graph = random_graph(6, 300, 1000);
    const ContractionHierarchy hierarchy(graph);
    const auto first_cost = random_costs(graph, 6, 1000);
    const auto first = hierarchy.customise(first_cost);
    CHECK(first.query_arc_count() < 2 * hierarchy.arc_count());
    CHECK(first.query_arc_count() > 0);
    ContractionHierarchy::Query query(hierarchy);
    const Path before = query.node_to_node(NodeId(0), NodeId(7), first);
    const auto second = hierarchy.customise(random_costs(graph, 7, 1000));
    query.node_to_node(NodeId(0), NodeId(7), second);
    CHECK(query.node_to_node(NodeId(0), NodeId(7), first).links == before.links);
}

TEST_CASE("costs that do not fit the network are an error of the caller") {
    const RoadGraph graph = random_graph(1, 10, 30);
    const ContractionHierarchy hierarchy(graph);
    std::vector<std::int64_t> cost(graph.link_count(), 5);
    CHECK_THROWS_AS(hierarchy.customise(std::vector<std::int64_t>(3, 1)), InternalError);
    CHECK_THROWS_AS(hierarchy.customise(cost, std::vector<std::int64_t>(1, 1)), InternalError);
    cost[0] = -1;
    CHECK_THROWS_AS(hierarchy.customise(cost), InternalError);
}
