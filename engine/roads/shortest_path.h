// Shortest paths over links with turn restrictions: the interface a faster router will take over.
//
// A Router is an immutable index over one RoadGraph (City lifecycle; the graph must outlive it); a
// Query is the reusable per-thread scratch and allocates nothing once it is warm. Costs are int64
// microseconds per link, given by the caller, for traversing the whole link; turn bans come from
// the graph's movements. LinkCosts is made once per cost vector (once per epoch) and shared by
// threads.
//
// Method: A* over links with landmark bounds (Goldberg & Harrelson 2005, "ALT"). The bounds are
// times to and from landmarks at free flow, scaled by the smallest ratio of any link's cost to its
// free-flow time, or (tight_costs) at the costs themselves; both are safe for any costs, and exact
// integers, hence consistent.
// Invariants: 1. a path's cost is minimal; 2. among equal paths the one is returned that, read from
// the target backwards, always has the link of smaller id: no thread, landmark or earlier query
// matters; 3. costs of less than 1 us count as 1 us (no free cycles).
// Errors: none; an unreachable target gives found == false.
// Cost: the index and tight_costs take 2 * landmarks Dijkstra runs over nodes (30 ms for 60,000
// links); a query of 7 km in such a city near 0.1 ms, at congested costs that only with
// tight_costs.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/ids.h"
#include "roads/road_graph.h"

namespace jiahe {

// A link that costs this much or more (11.6 days) is closed and never entered.
inline constexpr std::int64_t kClosedLink_us = 1'000'000'000'000;

struct Path {
    bool found = false;
    std::int64_t cost_us = 0;
    std::vector<LinkId> links;
};

// A cost vector and the factor that makes the router's bounds safe for it. Refers to the caller's
// vector, which must neither change nor go away meanwhile. Made by Router::costs; copies are cheap.
class LinkCosts {
  public:
    std::span<const std::int64_t> cost_us() const { return cost_us_; }

  private:
    friend class Router;
    using Table = std::shared_ptr<const std::vector<std::uint32_t>>;
    LinkCosts(std::span<const std::int64_t> cost_us, Table landmark_ms, std::uint64_t bound_scale)
        : cost_us_(cost_us), landmark_ms_(std::move(landmark_ms)), bound_scale_(bound_scale) {}
    std::span<const std::int64_t> cost_us_;
    Table landmark_ms_;
    std::uint64_t bound_scale_;  // us per ms of the table, times 2^16
};

struct RouterOptions {
    int landmark_count = 8;  // 0 = plain Dijkstra
};

class Router {
  public:
    explicit Router(const RoadGraph& graph, RouterOptions options = {});
    ~Router();
    Router(Router&&) noexcept;

    // One pass over the links. REQUIRES: one cost for every link, none negative.
    LinkCosts costs(std::span<const std::int64_t> cost_us) const;
    // The same with bounds made for these costs: worth it from some hundred queries on.
    LinkCosts tight_costs(std::span<const std::int64_t> cost_us) const;
    // Free-flow time of every link, rounded up: a cost vector to begin with.
    std::vector<std::int64_t> free_flow_us() const;

    // Per-thread scratch; may be reused for any number of queries.
    class Query {
      public:
        explicit Query(const Router& router);
        ~Query();
        Query(Query&&) noexcept;
        // Cheapest path from node to node; no links and cost 0 where they are the same.
        Path node_to_node(NodeId from, NodeId to, const LinkCosts& costs);
        // Cheapest continuation after `in_link` (not included in the path) to the node `to`.
        Path after_link(LinkId in_link, NodeId to, const LinkCosts& costs);
        // The same into an old Path, whose memory is used again.
        void node_to_node(NodeId from, NodeId to, const LinkCosts& costs, Path& path);
        void after_link(LinkId in_link, NodeId to, const LinkCosts& costs, Path& path);
        // Links settled by the last query, for tests and benchmarks.
        std::size_t settled_count() const;

      private:
        struct Impl;
        std::unique_ptr<Impl> impl_;
    };

    // Trees: all costs to or from one node (demand skims, accessibility, all-or-nothing loads).
    class Tree {
      public:
        static constexpr std::int64_t kUnreachable = INT64_MAX;
        explicit Tree(const Router& router);
        ~Tree();
        Tree(Tree&&) noexcept;
        // [link] = cost from the beginning of the link, through it, to the node `to`.
        void all_to_node(NodeId to, const LinkCosts& costs, std::vector<std::int64_t>& cost_us);
        // [link] = cost from the node `from` to the end of the link; parent = the link before it,
        // invalid for the first link of a path and for unreachable ones. Ties: smaller link id.
        void node_to_all(NodeId from, const LinkCosts& costs, std::vector<std::int64_t>& cost_us,
                         std::vector<LinkId>& parent);
        // Per node: the least of its links' entries (0 at the root); `forward` for node_to_all.
        std::vector<std::int64_t> per_node(const std::vector<std::int64_t>& link_cost_us,
                                           NodeId root, bool forward) const;

      private:
        struct Impl;
        std::unique_ptr<Impl> impl_;
    };

  private:
    friend class Query;
    friend class Tree;
    struct Impl;
    static std::uint64_t bound_scale(const LinkCosts& costs) { return costs.bound_scale_; }
    static const std::uint32_t* table(const LinkCosts& costs) { return costs.landmark_ms_->data(); }
    std::unique_ptr<Impl> impl_;
};

}  // namespace jiahe
