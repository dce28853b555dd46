#include "roads/contraction_hierarchy.h"

#include <doctest/doctest.h>

#include "roads/network_source.h"
#include "roads/random_roads.h"
#include "support/ascii_roads.h"
#include "support/shared_data.h"

using namespace jiahe;

namespace {

// All pairs of nodes, and all links to all nodes, against brute force: ties and all.
void compare_with_brute_force(const RoadGraph& graph, const BruteCosts& cost,
                              const ContractionHierarchy& hierarchy) {
    const auto costs = hierarchy.customise(cost.link, cost.turn);
    ContractionHierarchy::Query query(hierarchy);
    for (std::size_t from = 0; from < graph.node_count(); ++from) {
        const auto first = links_out_of(graph, NodeId(from), cost);
        const auto reached = bellman_ford(graph, first, cost);
        for (std::size_t to = 0; to < graph.node_count(); ++to) {
            if (from == to) continue;
            const Path path = query.node_to_node(NodeId(from), NodeId(to), costs);
            const auto expected = canonical_path(graph, first, NodeId(to), cost, reached);
            REQUIRE(path.found == !expected.empty());
            REQUIRE(path.links == expected);
            if (path.found) REQUIRE(path.cost_us == reached[expected.back().index()]);
        }
    }
    for (std::size_t in = 0; in < graph.link_count(); ++in) {
        const auto first = links_after(graph, LinkId(in), cost);
        const auto reached = bellman_ford(graph, first, cost);
        for (std::size_t to = 0; to < graph.node_count(); ++to) {
            const Path path = query.after_link(LinkId(in), NodeId(to), costs);
            if (graph.link_to[in] == NodeId(to)) {
                REQUIRE((path.found && path.links.empty()));
                continue;
            }
            REQUIRE(path.links == canonical_path(graph, first, NodeId(to), cost, reached));
        }
    }
}

struct Compared {
    std::size_t found = 0, ties = 0;
};

// Random queries against the Router, link by link.
Compared compare_with_router(const RoadGraph& graph, const std::vector<std::int64_t>& cost,
                             int count) {
    const Router router(graph);
    const ContractionHierarchy hierarchy(graph);
    const LinkCosts reference_costs = router.tight_costs(cost);
    const auto costs = hierarchy.customise(cost);
    Router::Query reference(router);
    ContractionHierarchy::Query query(hierarchy);
    Compared compared;
    Path expected, path;
    for (int i = 0; i < count; ++i) {
        const Draw draw(11, 1, static_cast<std::uint64_t>(i), 0);
        const NodeId to(draw.below(graph.node_count(), 1));
        if (i % 2 == 0) {
            const NodeId from(draw.below(graph.node_count(), 0));
            reference.node_to_node(from, to, reference_costs, expected);
            query.node_to_node(from, to, costs, path);
        } else {
            const LinkId in(draw.below(graph.link_count(), 0));
            reference.after_link(in, to, reference_costs, expected);
            query.after_link(in, to, costs, path);
        }
        REQUIRE(path.found == expected.found);
        REQUIRE(path.cost_us == expected.cost_us);
        REQUIRE(path.links == expected.links);
        compared.found += path.found ? 1 : 0;
        compared.ties += query.met_tie() ? 1 : 0;
    }
    return compared;
}

}  // namespace

TEST_CASE("paths equal brute force on random networks with bans, closures, turn costs and ties") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        const RoadGraph graph = random_graph(seed, 14, 60);
        const ContractionHierarchy hierarchy(graph);
        const auto few = random_costs(graph, seed, 3);  // many ties
        const auto many = random_costs(graph, seed, 1'000'000);
        compare_with_brute_force(graph, {few, {}}, hierarchy);
        compare_with_brute_force(graph, {many, {}}, hierarchy);
        compare_with_brute_force(graph, {few, random_turn_costs(graph, seed, 3)}, hierarchy);
        compare_with_brute_force(graph, {many, random_turn_costs(graph, seed, 1'000'000)},
                                 hierarchy);
    }
}

TEST_CASE("paths equal the router's on networks of several parts and of thousands of links") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        // 1.4 links a node: parts that cannot reach each other.
        const RoadGraph sparse = random_graph(seed, 700, 1000);
        const Compared thin = compare_with_router(sparse, random_costs(sparse, seed, 5), 400);
        CHECK(thin.found < 400);
        const RoadGraph dense = random_graph(seed, 500, 2000);
        const Compared thick = compare_with_router(dense, random_costs(dense, seed, 4), 400);
        CHECK(thick.found > 300);
        CHECK(thick.ties > 50);
    }
}

TEST_CASE("paths equal the router's in Nanchang, at free flow and at random costs") {
    if (!has_shared_data("nanchang/link.csv")) return;
    ImportReport report;
    const RoadGraph graph = load_network(shared_data("nanchang"), {}, report);
    const Router router(graph, {0});
    CHECK(compare_with_router(graph, router.free_flow_us(), 1500).found > 1000);
    CHECK(compare_with_router(graph, random_costs(graph, 3, 90'000'000), 1500).found > 1000);
}

TEST_CASE("a turn that costs more than the way round sends the path round") {
    // 300 m and 200 m at 50 km/h: 21.6 s and 14.4 s a link.
    const RoadGraph graph(ascii_roads(R"(
        A--B--C
           |  |
           D--E
    )"));
    const ContractionHierarchy hierarchy(graph);
    ContractionHierarchy::Query query(hierarchy);
    const auto free_us = Router(graph, {0}).free_flow_us();
    std::vector<std::int64_t> turn_us(graph.movement_count(), 0);
    const MovementId turn = graph.movement(link(graph, "AB"), link(graph, "BD"));
    const auto path_at = [&](std::int64_t cost_us) {
        turn_us[turn.index()] = cost_us;
        return query.node_to_node(node(graph, 'A'), node(graph, 'D'),
                                  hierarchy.customise(free_us, turn_us));
    };
    const Path direct = path_at(1'000'000);
    CHECK(nodes_along(graph, direct.links) == "ABD");
    CHECK(direct.cost_us == 37'000'000);
    const std::int64_t round_us = path_at(kClosedLink_us).cost_us;
    CHECK(nodes_along(graph, path_at(kClosedLink_us).links) == "ABCED");
    CHECK(path_at(round_us - 36'000'000 - 1).cost_us == round_us - 1);
    CHECK(nodes_along(graph, path_at(round_us - 36'000'000 + 1).links) == "ABCED");
    CHECK(path_at(round_us - 36'000'000).links.size() >= 2);
    CHECK(query.met_tie());
}

TEST_CASE("nothing is found where nothing leads, and the way to oneself is empty") {
    const RoadGraph graph(ascii_roads("A-->B   C--D"));
    const ContractionHierarchy hierarchy(graph);
    ContractionHierarchy::Query query(hierarchy);
    const auto costs = hierarchy.customise(Router(graph, {0}).free_flow_us());
    CHECK_FALSE(query.node_to_node(node(graph, 'B'), node(graph, 'A'), costs).found);
    CHECK_FALSE(query.node_to_node(node(graph, 'A'), node(graph, 'C'), costs).found);
    const Path none = query.node_to_node(node(graph, 'A'), node(graph, 'A'), costs);
    CHECK(none.found);
    CHECK(none.cost_us == 0);
    CHECK(none.links.empty());
}
