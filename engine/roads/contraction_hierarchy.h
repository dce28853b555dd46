// Contraction hierarchy: fast shortest paths over links with turn restrictions and turn costs.
//
// The same interface as Router (shortest_path.h) for many queries at one cost vector. City
// lifecycle: the hierarchy is an immutable index over one RoadGraph, which must outlive it, and
// knows no costs; Costs is made from a cost vector (once per epoch) and shared by threads; a Query
// is the per-thread scratch. Units: us. Costs below 1 us count as 1 us, links or turns of
// kClosedLink_us or more are closed; a path's cost is that of its links and of the turns between.
//
// Method: customisable contraction hierarchy on the graph of turns with nested dissection order,
// basic and perfect customisation, queries along the elimination tree (Dibbelt et al. 2016).
// Invariants: 1. a path's cost is minimal; 2. among equal paths the one is returned that, read from
// the target backwards, always has the link of smaller id: exactly Router's path. Where a query
// meets a tie, this path is walked back over exact distances; so neither order nor threads matter.
// Errors: none; an unreachable target gives found == false, as does a way of which a part costs
// 2^47 us (4.5 years) or more. JIAHE_CHECK on negative costs.
// Cost on a street network of 28,000 links: 0.3 s to build, 18 ms to customise, a query 13 us.
// On small grids Router (shortest_path.h) is faster.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "base/ids.h"
#include "roads/road_graph.h"
#include "roads/shortest_path.h"

namespace jiahe {

class ContractionHierarchy {
  public:
    struct Index;  // contraction_index.h
    explicit ContractionHierarchy(const RoadGraph& graph);
    ~ContractionHierarchy();
    ContractionHierarchy(ContractionHierarchy&&) noexcept;

    // Arcs for one cost vector; owns copies of the costs. Copies are cheap.
    class Costs {
      public:
        struct Weights;  // contraction_index.h
        // Arcs that queries look at, for tests and benchmarks.
        std::size_t query_arc_count() const;

      private:
        friend class ContractionHierarchy;
        explicit Costs(std::shared_ptr<const Weights> weights) : weights_(std::move(weights)) {}
        std::shared_ptr<const Weights> weights_;
    };

    // REQUIRES: one cost for every link; none or one turn cost for every movement; none negative.
    Costs customise(std::span<const std::int64_t> link_us,
                    std::span<const std::int64_t> turn_us = {}, int threads = 1) const;

    class Query {
      public:
        explicit Query(const ContractionHierarchy& hierarchy);
        ~Query();
        Query(Query&&) noexcept;
        // Cheapest path from node to node; no links and cost 0 where they are the same.
        void node_to_node(NodeId from, NodeId to, const Costs& costs, Path& path);
        // Cheapest continuation after `in_link` (not included in the path, its turn is) to `to`.
        void after_link(LinkId in_link, NodeId to, const Costs& costs, Path& path);
        Path node_to_node(NodeId from, NodeId to, const Costs& costs);
        Path after_link(LinkId in_link, NodeId to, const Costs& costs);
        // Did the last query meet equal paths? For tests and benchmarks.
        bool met_tie() const;

      private:
        struct Impl;
        std::unique_ptr<Impl> impl_;
    };

    std::size_t arc_count() const;

  private:
    friend class Query;
    static const Costs::Weights& weights_of(const Costs& costs) { return *costs.weights_; }
    std::unique_ptr<Index> index_;
};

}  // namespace jiahe
