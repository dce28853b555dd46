// Queries of a contraction hierarchy: up the elimination tree from both ends, then the path.
#include <algorithm>

#include "roads/contraction_climb.h"
#include "roads/contraction_hierarchy.h"
#include "roads/contraction_index.h"

namespace jiahe {

using contraction::Climb;
using contraction::End;
using contraction::Index;
using contraction::kNone;
using contraction::kUnreachable;
using contraction::Label;
using contraction::Weights;

struct ContractionHierarchy::Query::Impl {
    // A piece of the path from rank to rank.
    struct Piece {
        std::uint32_t from, to;
    };

    explicit Impl(const Index& hierarchy)
        : index(&hierarchy),
          forward(hierarchy, true),
          backward(hierarchy, false),
          exact_us(hierarchy.size()),
          exact_stamp(hierarchy.size(), 0),
          exact_open_us(hierarchy.depth_count),
          exact_path(hierarchy.depth_count) {}

    void begin(const Costs& costs) {
        weights = &weights_of(costs);
        forward.begin(*weights);
        backward.begin(*weights);
        best_us = kUnreachable;
        meeting = kNone;
        tie = false;
    }

    void add_source(std::uint32_t link, std::int64_t cost_us) {
        if (cost_us < kUnreachable) forward.ends.push_back({index->rank_of[link], cost_us});
    }
    void add_targets(NodeId node) {
        for (const LinkId link : index->graph->in_links(node))
            backward.ends.push_back({index->rank_of[link.index()], 0});
    }

    void run(Path& path) {
        path.links.clear();
        search();
        path.found = meeting != kNone;
        path.cost_us = path.found ? best_us : 0;
        if (path.found && tie) {
            walk_back(path);
        } else if (path.found) {
            unpack(path);
        }
        forward.forget();
        backward.forget();
    }

    // Both searches alone as far as their ways to the root differ, then together: a rank that is
    // no nearer than the best path costs cannot lie within a better one, nor one as good.
    void search() {
        const std::uint32_t together =
            index->common_ancestor(forward.climb_to_junction(), backward.climb_to_junction());
        forward.climb(together);
        backward.climb(together);
        for (const std::uint32_t rank : backward.chain)
            meet(rank);
        for (std::uint32_t rank = together; rank != kNone; rank = index->parent[rank]) {
            forward.settle_next();
            backward.settle_next();
            meet(rank);
            forward.relax_next(best_us);
            backward.relax_next(best_us);
        }
    }

    void meet(std::uint32_t rank) {
        const Label& from = forward.settled[rank];
        const Label& to = backward.settled[rank];
        const std::int64_t total_us = from.cost_us + to.cost_us;
        if (total_us > best_us || total_us >= kUnreachable) return;
        tie = total_us == best_us || from.tie || to.tie;
        best_us = total_us;
        meeting = rank;
    }

    void unpack(Path& path) {
        pieces.clear();
        for (std::uint32_t rank = meeting; backward.settled[rank].before != kNone;) {
            const std::uint32_t next = backward.settled[rank].before;
            pieces.push_back({rank, next});
            rank = next;
        }
        std::reverse(pieces.begin(), pieces.end());
        std::uint32_t first = meeting;
        while (forward.settled[first].before != kNone) {
            pieces.push_back({forward.settled[first].before, first});
            first = forward.settled[first].before;
        }
        path.links.push_back(LinkId(index->link_at[first]));
        while (!pieces.empty()) {
            const Piece piece = pieces.back();
            pieces.pop_back();
            const std::uint32_t via = via_of(piece);
            if (via == Weights::kDirect) {
                path.links.push_back(LinkId(index->link_at[piece.to]));
                continue;
            }
            pieces.push_back({via, piece.to});
            pieces.push_back({piece.from, via});
        }
    }

    std::uint32_t via_of(const Piece& piece) const {
        const bool upwards = piece.from < piece.to;
        const std::uint32_t arc = upwards ? index->arc_between(piece.from, piece.to)
                                          : index->arc_between(piece.to, piece.from);
        return (upwards ? weights->up : weights->down).via[arc] & ~Weights::kTie;
    }

    // Exact cost from the sources to the end of a link, by the ranks above it; those of the last
    // path to the root lie ready by depth. REQUIRES: forward labels are settled.
    std::int64_t exact_cost_us(std::uint32_t rank) {
        exact_chain.clear();
        for (std::uint32_t r = rank; r != kNone && !lies_ready(r); r = index->parent[r])
            exact_chain.push_back(r);
        if (!exact_chain.empty()) exact_path_length = index->depth[rank] + 1;
        while (!exact_chain.empty()) {
            const std::uint32_t r = exact_chain.back();
            exact_chain.pop_back();
            if (exact_stamp[r] != stamp) {
                exact_us[r] = cost_from_above_us(r);
                exact_stamp[r] = stamp;
            }
            exact_open_us[index->depth[r]] = exact_us[r];
            exact_path[index->depth[r]] = r;
        }
        return exact_us[rank];
    }

    bool lies_ready(std::uint32_t rank) const {
        const std::uint32_t depth = index->depth[rank];
        return depth < exact_path_length && exact_path[depth] == rank;
    }

    std::int64_t cost_from_above_us(std::uint32_t rank) const {
        std::int64_t least_us = forward.settled[rank].cost_us;
        for (const Weights::QueryArc arc : weights->query_down(rank)) {
            least_us = std::min(least_us, exact_open_us[arc.head_depth()] + arc.cost_us());
        }
        return least_us;
    }

    // From the target backwards, always the link of smallest id over which the cost is exact.
    void walk_back(Path& path) {
        if (++stamp == 0) {
            std::fill(exact_stamp.begin(), exact_stamp.end(), 0u);
            stamp = 1;
        }
        exact_path_length = 0;
        std::uint32_t at = kNone;  // link
        for (const End& end : backward.ends) {
            if (exact_cost_us(end.rank) == best_us) at = std::min(at, index->link_at[end.rank]);
        }
        while (at != kNone) {
            path.links.push_back(LinkId(at));
            at = link_before(at);
        }
        std::reverse(path.links.begin(), path.links.end());
    }

    // kNone where the link is the path's first.
    std::uint32_t link_before(std::uint32_t link) {
        const std::int64_t cost_us = exact_cost_us(index->rank_of[link]);
        for (const End& source : forward.ends) {
            if (index->link_at[source.rank] == link && source.cost_us == cost_us) return kNone;
        }
        for (std::uint32_t i = index->before_first[link]; i < index->before_first[link + 1]; ++i) {
            const std::uint32_t movement = index->before_movement[i];
            const std::uint32_t before = index->graph->movement_in_link[movement].value;
            const std::int64_t before_us = exact_cost_us(index->rank_of[before]);
            if (before_us + weights->step_us(*index, movement) == cost_us) return before;
        }
        return kNone;
    }

    const Index* index;
    const Weights* weights = nullptr;
    Climb forward, backward;
    std::int64_t best_us = 0;
    std::uint32_t meeting = kNone;
    bool tie = false;
    std::vector<Piece> pieces;
    // Of walk_back: by rank where the stamp is this query's; by depth for the path of ranks.
    std::vector<std::int64_t> exact_us;
    std::vector<std::uint32_t> exact_stamp;
    std::vector<std::int64_t> exact_open_us;
    std::vector<std::uint32_t> exact_path, exact_chain;
    std::uint32_t exact_path_length = 0, stamp = 0;
};

ContractionHierarchy::Query::Query(const ContractionHierarchy& hierarchy)
    : impl_(std::make_unique<Impl>(*hierarchy.index_)) {}
ContractionHierarchy::Query::~Query() = default;
ContractionHierarchy::Query::Query(Query&&) noexcept = default;

bool ContractionHierarchy::Query::met_tie() const {
    return impl_->tie;
}

void ContractionHierarchy::Query::node_to_node(NodeId from, NodeId to, const Costs& costs,
                                               Path& path) {
    Impl& q = *impl_;
    q.begin(costs);
    if (from != to) {
        for (const LinkId link : q.index->graph->out_links(from))
            q.add_source(link.value, q.weights->link_us[link.index()]);
        q.add_targets(to);
    }
    q.run(path);
    if (from == to) path.found = true;
}

void ContractionHierarchy::Query::after_link(LinkId in_link, NodeId to, const Costs& costs,
                                             Path& path) {
    Impl& q = *impl_;
    const RoadGraph& graph = *q.index->graph;
    q.begin(costs);
    const bool there = graph.link_to[in_link.index()] == to;
    if (!there) {
        const auto [first, last] = graph.movements_of(in_link);
        for (std::uint32_t m = first.value; m < last.value; ++m)
            q.add_source(graph.movement_out_link[m].value, q.weights->step_us(*q.index, m));
        q.add_targets(to);
    }
    q.run(path);
    if (there) path.found = true;
}

Path ContractionHierarchy::Query::node_to_node(NodeId from, NodeId to, const Costs& costs) {
    Path path;
    node_to_node(from, to, costs, path);
    return path;
}

Path ContractionHierarchy::Query::after_link(LinkId in_link, NodeId to, const Costs& costs) {
    Path path;
    after_link(in_link, to, costs, path);
    return path;
}

}  // namespace jiahe
