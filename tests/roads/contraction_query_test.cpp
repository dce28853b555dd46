#include <doctest/doctest.h>

#include "roads/contraction_hierarchy.h"
#include "roads/random_roads.h"

using namespace jiahe;

TEST_CASE("earlier queries of a hierarchy leave no trace in later ones") {
    const RoadGraph graph = random_graph(5, 30, 150);
    const auto cost = random_costs(graph, 5, 6);
    const ContractionHierarchy hierarchy(graph);
    const auto costs = hierarchy.customise(cost);
    ContractionHierarchy::Query used(hierarchy);
    std::size_t ties = 0;
    for (std::size_t i = 0; i < 30; ++i) {
        for (std::size_t j = 0; j < 30; ++j) {
            ContractionHierarchy::Query fresh(hierarchy);
            CHECK(used.node_to_node(NodeId(i), NodeId(j), costs).links ==
                  fresh.node_to_node(NodeId(i), NodeId(j), costs).links);
            ties += used.met_tie() ? 1 : 0;
        }
    }
    CHECK(ties > 100);
}

TEST_CASE("a tie is met exactly where there are two paths of the least cost") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const RoadGraph graph = random_graph(seed, 14, 60);
        const BruteCosts cost{random_costs(graph, seed, 4), random_turn_costs(graph, seed, 3)};
        const ContractionHierarchy hierarchy(graph);
        const auto costs = hierarchy.customise(cost.link, cost.turn);
        ContractionHierarchy::Query query(hierarchy);
        for (std::size_t from = 0; from < graph.node_count(); ++from) {
            const auto first = links_out_of(graph, NodeId(from), cost);
            const auto reached = bellman_ford(graph, first, cost);
            // Numbers of least-cost paths, by link, in the order of costs.
            std::vector<std::size_t> order(graph.link_count()), paths(graph.link_count(), 0);
            for (std::size_t l = 0; l < order.size(); ++l)
                order[l] = l;
            std::sort(order.begin(), order.end(),
                      [&](std::size_t a, std::size_t b) { return reached[a] < reached[b]; });
            for (const auto& [link, cost_us] : first)
                paths[link.index()] += reached[link.index()] == cost_us ? 1 : 0;
            for (const std::size_t in : order) {
                if (reached[in] == kNotReached) continue;
                const auto [m0, m1] = graph.movements_of(LinkId(in));
                for (auto m = m0.index(); m < m1.index(); ++m) {
                    const std::size_t out = graph.movement_out_link[m].index();
                    if (cost.closed(m, out)) continue;
                    if (reached[in] + cost.step(m, out) == reached[out]) paths[out] += paths[in];
                }
            }
            for (std::size_t to = 0; to < graph.node_count(); ++to) {
                std::int64_t least = kNotReached;
                std::size_t count = 0;
                for (const LinkId l : graph.in_links(NodeId(to))) {
                    if (reached[l.index()] > least || reached[l.index()] == kNotReached) continue;
                    if (reached[l.index()] < least) count = 0;
                    least = reached[l.index()];
                    count += paths[l.index()];
                }
                if (from == to || count == 0) continue;
                query.node_to_node(NodeId(from), NodeId(to), costs);
                REQUIRE(query.met_tie() == (count > 1));
            }
        }
    }
}
