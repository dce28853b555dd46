// The part of a contraction hierarchy that knows no costs: order, arcs, elimination tree.
//
// Private to engine/roads; immutable once built. A link's place in the order is its rank; ranks
// ascend along the elimination tree, whose parent of x is the lowest rank above x with an arc to x.
// Arcs join ranks x < y; arcs of x are up_first[x] to up_first[x + 1] - 1, heads ascending; all
// heads are ancestors of x. low_* lists the same arcs by their upper end, lower ends ascending.
// Every arc stands for two directions (up: x to y, down: y to x).
// Tiers: ranks fall into tiers by the size of their subtree, small ones first; blocks of one tier
// are subtrees (of the tier) that share no arc, so they can be worked on at one time.
// Source: Dibbelt, Strasser & Wagner, Customizable Contraction Hierarchies (2016); vertices are
// links and arcs turns, as in Buchhold et al. (2020).
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "roads/contraction_hierarchy.h"

namespace jiahe {

struct ContractionHierarchy::Index {
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    struct Block {
        std::uint32_t begin, end;  // ranks
    };
    struct Tier {
        std::uint32_t begin;
        std::vector<Block> blocks;
    };
    // Where a movement's cost goes.
    struct MovementArc {
        std::uint32_t arc;
        bool up;
    };

    explicit Index(const RoadGraph& road_graph);

    std::uint32_t size() const { return static_cast<std::uint32_t>(link_at.size()); }
    static constexpr std::uint32_t kMaxDepth = 0x7ffe;

    // The arc between two ranks, x < y. REQUIRES: there is one.
    std::uint32_t arc_between(std::uint32_t x, std::uint32_t y) const;
    // The lowest rank on both ways to the root, kNone where they do not meet; of kNone: kNone.
    std::uint32_t common_ancestor(std::uint32_t a, std::uint32_t b) const {
        while (a != b) {
            if (a == kNone || b == kNone) return kNone;
            if (a < b) {
                a = parent[a];
            } else {
                b = parent[b];
            }
        }
        return a;
    }

    const RoadGraph* graph;
    std::vector<std::uint32_t> rank_of, link_at;  // by link, by rank
    std::vector<std::uint32_t> parent;            // by rank, kNone at roots
    std::vector<std::uint32_t> depth;             // by rank, 0 at roots
    std::uint32_t depth_count = 0;
    std::vector<std::uint32_t> up_first, up_head;
    std::vector<std::uint32_t> low_first, low_tail, low_arc;
    std::vector<Tier> tiers;
    std::vector<MovementArc> movement_arc;  // by movement
    // Movements by their out-link, in-links ascending.
    std::vector<std::uint32_t> before_first, before_movement;

  private:
    void make_tiers(const std::vector<std::uint8_t>& tier_of_rank);
    void list_low_arcs();
    void set_depths();
    void place_movements();
};

// Costs of all arcs for one cost vector, and what queries walk along.
struct ContractionHierarchy::Costs::Weights {
    static constexpr std::int64_t kUnreachable = std::int64_t{1} << 61;
    static constexpr std::int64_t kFarthest = std::int64_t{1} << 47;  // an arc's cost stays below
    // `via`: the rank between an arc's ends over which its path goes, kDirect for a turn of the
    // network; the top bit tells that another path costs the same.
    static constexpr std::uint32_t kTie = 1u << 31;
    static constexpr std::uint32_t kDirect = kTie - 1;
    struct Direction {
        std::vector<std::int64_t> cost_us;  // by arc
        std::vector<std::uint32_t> via;     // by arc
    };
    // What is left of a rank's arcs after those have gone that no shortest path takes. All heads
    // are ancestors, so the depth of the head in the elimination tree names it.
    class QueryArc {
      public:
        QueryArc() = default;
        QueryArc(std::int64_t cost_us, std::uint32_t head_depth, std::uint32_t via)
            : bits_(static_cast<std::uint64_t>(cost_us) << 16 | head_depth << 1 | via >> 31) {}
        std::int64_t cost_us() const { return static_cast<std::int64_t>(bits_ >> 16); }
        std::uint64_t cost_word() const { return bits_ & ~std::uint64_t{0xffff}; }
        std::uint32_t head_depth() const { return static_cast<std::uint32_t>(bits_) >> 1 & 0x7fff; }
        std::uint64_t tie() const { return bits_ & 1; }

      private:
        std::uint64_t bits_ = 0;  // cost 48, depth 15, tie 1
    };
    using QueryRange = std::span<const QueryArc>;

    Weights(const Index& index, std::span<const std::int64_t> link_costs_us,
            std::span<const std::int64_t> turn_costs_us, int threads);

    // Cost of the turn and of the link it leads to; kUnreachable where either is closed.
    std::int64_t step_us(const Index& index, std::uint32_t movement) const;

    std::vector<std::int64_t> link_us;  // by link, at least 1; kUnreachable where closed
    std::vector<std::int64_t> turn_us;  // by movement, or empty
    Direction up, down;
    // Those of a rank lie together: upwards, then downwards.
    QueryRange query_up(std::uint32_t rank) const {
        return {query_arcs.data() + query_first[2 * rank],
                query_arcs.data() + query_first[2 * rank + 1]};
    }
    QueryRange query_down(std::uint32_t rank) const {
        return {query_arcs.data() + query_first[2 * rank + 1],
                query_arcs.data() + query_first[2 * rank + 2]};
    }
    std::vector<QueryArc> query_arcs;
    std::vector<std::uint32_t> query_first;  // twice a rank

  private:
    struct BasicRow;
    struct PerfectRow;
    struct Needed;
    void place_turns(const Index& index);
    void customise_basic(const Index& index, int threads);
    void customise_perfect(const Index& index, int threads);
    void pull_triangles(const Index& index, std::uint32_t low_begin, std::uint32_t low_end,
                        std::vector<BasicRow>& row);
    void shorten_over_heads(const Index& index, std::uint32_t x, std::vector<PerfectRow>& row,
                            Needed& needed);
    void gather_query_arcs(const Index& index, const Needed& needed);
};

}  // namespace jiahe
