// Partitioner: owners into partitions, cut only where lookahead is long.
//
// Owners joined by a channel under 1 s are contracted into one group; METIS (k-way, fixed seed)
// splits the groups by expected load, short channels weighing more; few groups are dealt out by
// load alone. Which partition an owner lies in never shows in results. Pure functions; City-time
// only.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/system.h"

namespace jiahe::kernel {

inline constexpr SimTime kCutDelayMin = whole_seconds(1);

struct OwnerGraph {
    std::vector<double> weight;  // [vertex]
    struct Edge {
        std::uint32_t from, to;
        SimTime min_delay;
    };
    std::vector<Edge> edges;
};

// Partition index of each vertex; at most `partitions` distinct values, dense from 0.
std::vector<std::uint16_t> partition_owners(const OwnerGraph& graph, int partitions);

// Smallest delay from each partition to each other, closed over third partitions; the diagonal is
// the shortest way out and back. Row-major, us, kNever where there is no way.
std::vector<std::int64_t> close_lookahead(const OwnerGraph& graph,
                                          const std::vector<std::uint16_t>& partition_of,
                                          std::size_t partitions);

}  // namespace jiahe::kernel
