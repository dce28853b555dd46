// Random road networks and brute-force shortest paths, for the tests of routers.
//
// Test support, header only; networks and costs are named by a seed. The brute force knows nothing
// of the routers: Bellman-Ford over links and turns, then the canonical path (shortest_path.h,
// invariant 2). Small numbers of links only: its time grows with links x turns.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "base/random.h"
#include "roads/road_graph.h"
#include "roads/shortest_path.h"

namespace jiahe {

inline constexpr std::int64_t kNotReached = std::numeric_limits<std::int64_t>::max();

// A random directed network with random turn bans; positions and lengths do not agree on purpose.
inline RoadGraph random_graph(std::uint64_t seed, int nodes, int links) {
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

inline std::vector<std::int64_t> random_costs(const RoadGraph& graph, std::uint64_t seed,
                                              std::uint64_t most) {
    std::vector<std::int64_t> cost;
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        cost.push_back(1 + static_cast<std::int64_t>(Draw(seed, 4, l, 0).below(most)));
        if (Draw(seed, 5, l, 0).bernoulli(0.03)) cost.back() = kClosedLink_us;
    }
    return cost;
}

// A cost for every turn, some of them closed.
inline std::vector<std::int64_t> random_turn_costs(const RoadGraph& graph, std::uint64_t seed,
                                                   std::uint64_t most) {
    std::vector<std::int64_t> cost;
    for (std::size_t m = 0; m < graph.movement_count(); ++m) {
        cost.push_back(static_cast<std::int64_t>(Draw(seed, 6, m, 0).below(most)));
        if (Draw(seed, 7, m, 0).bernoulli(0.03)) cost.back() = kClosedLink_us;
    }
    return cost;
}

// Where a search may begin: links and their costs up to their end.
using FirstLinks = std::vector<std::pair<LinkId, std::int64_t>>;

// Costs of a brute-force search: by link, and by movement where turns cost (else empty).
struct BruteCosts {
    std::vector<std::int64_t> link, turn;

    bool closed(std::size_t movement, std::size_t out) const {
        return link[out] >= kClosedLink_us || (!turn.empty() && turn[movement] >= kClosedLink_us);
    }
    std::int64_t step(std::size_t movement, std::size_t out) const {
        return link[out] + (turn.empty() ? 0 : turn[movement]);
    }
};

inline FirstLinks links_out_of(const RoadGraph& graph, NodeId node, const BruteCosts& cost) {
    FirstLinks first;
    for (const LinkId link : graph.out_links(node)) {
        if (cost.link[link.index()] < kClosedLink_us)
            first.emplace_back(link, cost.link[link.index()]);
    }
    return first;
}

inline FirstLinks links_after(const RoadGraph& graph, LinkId in, const BruteCosts& cost) {
    FirstLinks first;
    const auto [begin, end] = graph.movements_of(in);
    for (auto m = begin.index(); m < end.index(); ++m) {
        const LinkId out = graph.movement_out_link[m];
        if (!cost.closed(m, out.index())) first.emplace_back(out, cost.step(m, out.index()));
    }
    return first;
}

// Bellman-Ford over links: cost up to the end of every link.
inline std::vector<std::int64_t> bellman_ford(const RoadGraph& graph, const FirstLinks& first,
                                              const BruteCosts& cost) {
    std::vector<std::int64_t> reached(graph.link_count(), kNotReached);
    for (const auto& [link, cost_us] : first)
        reached[link.index()] = std::min(reached[link.index()], cost_us);
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t m = 0; m < graph.movement_count(); ++m) {
            const auto in = graph.movement_in_link[m].index();
            const auto out = graph.movement_out_link[m].index();
            if (reached[in] == kNotReached || cost.closed(m, out)) continue;
            if (reached[in] + cost.step(m, out) >= reached[out]) continue;
            reached[out] = reached[in] + cost.step(m, out);
            changed = true;
        }
    }
    return reached;
}

// The canonical path: backwards from the target, always the smallest link that is tight.
inline std::vector<LinkId> canonical_path(const RoadGraph& graph, const FirstLinks& first,
                                          NodeId to, const BruteCosts& cost,
                                          const std::vector<std::int64_t>& reached) {
    LinkId at;
    for (const LinkId l : graph.in_links(to)) {
        if (reached[l.index()] == kNotReached) continue;
        if (!at.valid() || reached[l.index()] < reached[at.index()]) at = l;
    }
    std::vector<LinkId> path;
    while (at.valid()) {
        path.push_back(at);
        LinkId before;
        const bool is_first = std::any_of(first.begin(), first.end(), [&](const auto& f) {
            return f.first == at && f.second == reached[at.index()];
        });
        for (std::size_t m = 0; !is_first && m < graph.movement_count(); ++m) {
            const LinkId in = graph.movement_in_link[m];
            if (graph.movement_out_link[m] != at || reached[in.index()] == kNotReached) continue;
            if (cost.closed(m, at.index())) continue;
            if (reached[in.index()] + cost.step(m, at.index()) != reached[at.index()]) continue;
            if (!before.valid() || in < before) before = in;
        }
        at = before;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

}  // namespace jiahe
