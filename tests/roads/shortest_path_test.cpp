#include "roads/shortest_path.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "base/random.h"
#include "support/ascii_roads.h"

using namespace jiahe;

namespace {

constexpr std::int64_t kInf = std::numeric_limits<std::int64_t>::max();

// A random directed network with random turn bans; positions and lengths do not agree on purpose.
RoadGraph random_graph(std::uint64_t seed, int nodes, int links) {
    RoadGraphData data;
    data.source = "random";
    for (int n = 0; n < nodes; ++n) {
        const Draw draw(seed, 1, static_cast<std::uint64_t>(n), 0);
        data.nodes.push_back(
            {n, 120 + 0.1 * draw.uniform(0), 30 + 0.1 * draw.uniform(1), NodeControl::kNone});
    }
    for (int l = 0; l < links; ++l) {
        const Draw draw(seed, 2, static_cast<std::uint64_t>(l), 0);
        RoadGraphData::Link row;
        row.id = l;
        row.from_node_id = static_cast<std::int64_t>(draw.below(nodes, 0));
        row.to_node_id = static_cast<std::int64_t>(draw.below(nodes, 1));
        if (row.from_node_id == row.to_node_id) row.to_node_id = (row.to_node_id + 1) % nodes;
        row.length_m = 1 + static_cast<double>(draw.below(300, 2));
        row.free_speed_mps = 5 + static_cast<double>(draw.below(20, 3));
        data.links.push_back(row);
    }
    std::int64_t id = 0;
    for (const auto& in : data.links) {
        for (const auto& out : data.links) {
            if (in.to_node_id != out.from_node_id) continue;
            const auto name = static_cast<std::uint64_t>(in.id * links + out.id);
            if (Draw(seed, 3, name, 0).bernoulli(0.25)) continue;  // a quarter of the turns banned
            data.movements.push_back({id++, in.id, out.id, TurnType::kThru, 0, 0, false});
        }
    }
    return RoadGraph(std::move(data));
}

std::vector<std::int64_t> random_costs(const RoadGraph& graph, std::uint64_t seed,
                                       std::uint64_t most) {
    std::vector<std::int64_t> cost;
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        cost.push_back(1 + static_cast<std::int64_t>(Draw(seed, 4, l, 0).below(most)));
        if (Draw(seed, 5, l, 0).bernoulli(0.03)) cost.back() = kClosedLink_us;
    }
    return cost;
}

// Bellman-Ford over links: cost up to the end of every link, starting with `first` links.
std::vector<std::int64_t> bellman_ford(const RoadGraph& graph, const std::vector<LinkId>& first,
                                       const std::vector<std::int64_t>& cost) {
    std::vector<std::int64_t> reached(graph.link_count(), kInf);
    for (const LinkId l : first) {
        if (cost[l.index()] < kClosedLink_us) reached[l.index()] = cost[l.index()];
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t m = 0; m < graph.movement_count(); ++m) {
            const auto in = graph.movement_in_link[m].index();
            const auto out = graph.movement_out_link[m].index();
            if (reached[in] == kInf || cost[out] >= kClosedLink_us) continue;
            if (reached[in] + cost[out] >= reached[out]) continue;
            reached[out] = reached[in] + cost[out];
            changed = true;
        }
    }
    return reached;
}

// The canonical path: backwards from the target, always the smallest link that is tight.
std::vector<LinkId> canonical_path(const RoadGraph& graph, const std::vector<LinkId>& first,
                                   NodeId to, const std::vector<std::int64_t>& cost,
                                   const std::vector<std::int64_t>& reached) {
    LinkId at;
    for (const LinkId l : graph.in_links(to)) {
        if (reached[l.index()] == kInf) continue;
        if (!at.valid() || reached[l.index()] < reached[at.index()]) at = l;
    }
    std::vector<LinkId> path;
    while (at.valid()) {
        path.push_back(at);
        LinkId before;
        const bool is_first = std::find(first.begin(), first.end(), at) != first.end() &&
                              reached[at.index()] == cost[at.index()];
        for (std::size_t m = 0; !is_first && m < graph.movement_count(); ++m) {
            const LinkId in = graph.movement_in_link[m];
            if (graph.movement_out_link[m] != at || reached[in.index()] == kInf) continue;
            if (reached[in.index()] + cost[at.index()] != reached[at.index()]) continue;
            if (!before.valid() || in < before) before = in;
        }
        at = before;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<LinkId> out_links_of(const RoadGraph& graph, NodeId n) {
    return {graph.out_links(n).begin(), graph.out_links(n).end()};
}

// All pairs of a small graph against brute force, ties and all.
void compare_all_pairs(const RoadGraph& graph, const std::vector<std::int64_t>& cost,
                       Router::Query& query, const LinkCosts& costs) {
    for (std::size_t from = 0; from < graph.node_count(); ++from) {
        const auto first = out_links_of(graph, NodeId(from));
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
            std::vector<LinkId> first;
            const auto [m0, m1] = graph.movements_of(LinkId(in));
            for (auto m = m0.index(); m < m1.index(); ++m)
                first.push_back(graph.movement_out_link[m]);
            const auto reached = bellman_ford(graph, first, cost);
            for (std::size_t to = 0; to < graph.node_count(); ++to) {
                const Path path = query.after_link(LinkId(in), NodeId(to), costs);
                if (graph.link_to[in] == NodeId(to)) {
                    REQUIRE(path.found);
                    REQUIRE(path.links.empty());
                    continue;
                }
                REQUIRE(path.links == canonical_path(graph, first, NodeId(to), cost, reached));
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
