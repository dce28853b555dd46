#include "roads/shortest_path.h"

#include <doctest/doctest.h>

#include "roads/random_roads.h"
#include "support/ascii_roads.h"

using namespace jiahe;

namespace {

// All pairs of a small graph against brute force, ties and all.
void compare_all_pairs(const RoadGraph& graph, const std::vector<std::int64_t>& cost,
                       Router::Query& query, const LinkCosts& costs) {
    for (std::size_t from = 0; from < graph.node_count(); ++from) {
        const BruteCosts brute{cost, {}};
        const auto first = links_out_of(graph, NodeId(from), brute);
        const auto reached = bellman_ford(graph, first, brute);
        for (std::size_t to = 0; to < graph.node_count(); ++to) {
            if (from == to) continue;
            const Path path = query.node_to_node(NodeId(from), NodeId(to), costs);
            const auto expected = canonical_path(graph, first, NodeId(to), brute, reached);
            REQUIRE(path.found == !expected.empty());
            REQUIRE(path.links == expected);
            if (path.found) REQUIRE(path.cost_us == reached[expected.back().index()]);
        }
    }
}

void compare_all_pairs(const RoadGraph& graph, const std::vector<std::int64_t>& cost,
                       int landmarks) {
    const Router router(graph, {landmarks});
    Router::Query query(router);
    for (const LinkCosts& costs : {router.costs(cost), router.tight_costs(cost)}) {
        compare_all_pairs(graph, cost, query, costs);
    }
}

}  // namespace

TEST_CASE("the router equals brute force on random networks with bans, closures and many ties") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        const RoadGraph graph = random_graph(seed, 14, 60);
        compare_all_pairs(graph, random_costs(graph, seed, 3), 4);            // many ties
        compare_all_pairs(graph, random_costs(graph, seed, 1'000'000), 4);    // below free flow
        compare_all_pairs(graph, random_costs(graph, seed, 500'000'000), 6);  // above it
        compare_all_pairs(graph, random_costs(graph, seed, 5), 0);            // plain Dijkstra
    }
}

TEST_CASE("a search from a link equals brute force and leaves that link out") {
    for (std::uint64_t seed = 20; seed <= 24; ++seed) {
        const RoadGraph graph = random_graph(seed, 12, 50);
        const auto cost = random_costs(graph, seed, 4);
        const Router router(graph, {3});
        Router::Query query(router);
        const LinkCosts costs = router.costs(cost);
        for (std::size_t in = 0; in < graph.link_count(); ++in) {
            const BruteCosts brute{cost, {}};
            const auto first = links_after(graph, LinkId(in), brute);
            const auto reached = bellman_ford(graph, first, brute);
            for (std::size_t to = 0; to < graph.node_count(); ++to) {
                const Path path = query.after_link(LinkId(in), NodeId(to), costs);
                if (graph.link_to[in] == NodeId(to)) {
                    REQUIRE(path.found);
                    REQUIRE(path.links.empty());
                    continue;
                }
                REQUIRE(path.links == canonical_path(graph, first, NodeId(to), brute, reached));
            }
        }
    }
}

TEST_CASE("a turn ban sends the path around the block") {
    RoadGraphData data = ascii_roads(R"(
        A--B--C
           |  |
           D--E
    )");
    const RoadGraph open(data);
    const Router router(open);
    Router::Query query(router);
    const auto free_us = router.free_flow_us();
    const Path direct = query.node_to_node(node(open, 'A'), node(open, 'D'), router.costs(free_us));
    CHECK(nodes_along(open, direct.links) == "ABD");
    // 300 m and 200 m at 50 km/h take 21.6 s and 14.4 s.
    CHECK(direct.cost_us == 36'000'000);

    RoadGraphData banned = open.to_data();
    std::erase_if(banned.movements, [](const auto& m) {
        return m.in_link_id == 1000 * 'A' + 'B' && m.out_link_id == 1000 * 'B' + 'D';
    });
    const RoadGraph closed(banned);
    const Router around(closed);
    Router::Query other(around);
    const Path detour =
        other.node_to_node(node(closed, 'A'), node(closed, 'D'), around.costs(free_us));
    CHECK(nodes_along(closed, detour.links) == "ABCED");
    CHECK(
        nodes_along(
            closed,
            other.after_link(link(closed, "AB"), node(closed, 'D'), around.costs(free_us)).links) ==
        "BCED");
}

TEST_CASE("nothing is found where nothing leads, and the way to oneself is empty") {
    const RoadGraph graph(ascii_roads("A-->B   C--D"));
    const Router router(graph);
    Router::Query query(router);
    const auto free_us = router.free_flow_us();
    const LinkCosts costs = router.costs(free_us);
    CHECK_FALSE(query.node_to_node(node(graph, 'B'), node(graph, 'A'), costs).found);
    CHECK_FALSE(query.node_to_node(node(graph, 'A'), node(graph, 'C'), costs).found);
    const Path none = query.node_to_node(node(graph, 'A'), node(graph, 'A'), costs);
    CHECK(none.found);
    CHECK(none.cost_us == 0);
    CHECK(none.links.empty());
}

TEST_CASE("earlier queries leave no trace in later ones") {
    const RoadGraph graph = random_graph(5, 30, 150);
    const auto cost = random_costs(graph, 5, 100);
    const Router router(graph);
    const LinkCosts costs = router.costs(cost);
    Router::Query used(router);
    for (std::size_t i = 0; i < 30; ++i) {
        for (std::size_t j = 0; j < 30; ++j) {
            Router::Query fresh(router);
            CHECK(used.node_to_node(NodeId(i), NodeId(j), costs).links ==
                  fresh.node_to_node(NodeId(i), NodeId(j), costs).links);
        }
    }
}

TEST_CASE("trees hold the same costs as single searches, forwards and backwards") {
    for (std::uint64_t seed = 40; seed <= 44; ++seed) {
        const RoadGraph graph = random_graph(seed, 20, 90);
        const auto cost = random_costs(graph, seed, 50);
        const Router router(graph);
        const LinkCosts costs = router.costs(cost);
        Router::Query query(router);
        Router::Tree tree(router);
        std::vector<std::int64_t> to_us, from_us;
        std::vector<LinkId> parent;
        for (std::size_t a = 0; a < graph.node_count(); ++a) {
            tree.all_to_node(NodeId(a), costs, to_us);
            const auto to_node_us = tree.per_node(to_us, NodeId(a), false);
            tree.node_to_all(NodeId(a), costs, from_us, parent);
            const auto from_node_us = tree.per_node(from_us, NodeId(a), true);
            for (std::size_t b = 0; b < graph.node_count(); ++b) {
                const Path there = query.node_to_node(NodeId(b), NodeId(a), costs);
                CHECK(to_node_us[b] == (there.found ? there.cost_us : Router::Tree::kUnreachable));
                const Path back = query.node_to_node(NodeId(a), NodeId(b), costs);
                CHECK(from_node_us[b] == (back.found ? back.cost_us : Router::Tree::kUnreachable));
                if (!back.found || back.links.size() < 2) continue;
                CHECK(parent[back.links.back().index()] == back.links[back.links.size() - 2]);
            }
        }
    }
}
