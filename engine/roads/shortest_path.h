// Shortest paths over links with turn restrictions: the interface a faster router will take over.
//
// A Router is an immutable index over one RoadGraph (City lifecycle); a Query is the reusable
// per-thread scratch. Costs are int64 microseconds per link, given by the caller, and are the cost
// of traversing the whole link; turn bans come from the graph's movements. Ties are broken by link
// ids, so a result never depends on the thread or on earlier queries.
// Errors: none; an unreachable target gives found == false.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/ids.h"
#include "roads/road_graph.h"

namespace jiahe {

struct Path {
    bool found = false;
    std::int64_t cost_us = 0;
    std::vector<LinkId> links;
};

// Link costs; lower_bound_us (same length) must never exceed cost_us: A* steers by it.
struct LinkCosts {
    std::span<const std::int64_t> cost_us;
};

class Router {
  public:
    explicit Router(const RoadGraph& graph);
    ~Router();
    Router(Router&&) noexcept;
    // Wraps a cost vector [link] with the bound that A* steers by; one pass over the links.
    LinkCosts costs(std::span<const std::int64_t> cost_us) const;

    // Per-thread scratch; may be reused for any number of queries.
    class Query {
      public:
        explicit Query(const Router& router);
        ~Query();
        Query(Query&&) noexcept;
        // Cheapest path from node to node. `max_speed_mps` is the highest speed that any cost
        // implies (for the A* bound); 0 = plain Dijkstra.
        Path node_to_node(NodeId from, NodeId to, const LinkCosts& costs);
        // Cheapest continuation after `in_link` (not included in the path) to the node `to`.
        Path after_link(LinkId in_link, NodeId to, const LinkCosts& costs);

      private:
        struct Impl;
        std::unique_ptr<Impl> impl_;
    };

  private:
    friend class Query;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jiahe
