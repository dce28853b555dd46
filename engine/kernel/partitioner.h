// Partitioner: owners into partitions, cut only where lookahead is long.
//
// Owners joined by a channel too short to be cut (1 s) are contracted into one group; METIS (k-way,
// fixed seed) splits the groups by expected load, short channels weighing more; few groups are
// dealt out by load alone. Which partition an owner lies in never shows in results. Pure functions;
// City-time only.
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
    // From every vertex of one range to every one of another.
    struct Range {
        std::uint32_t first, end;
    };
    struct Fan {
        Range from, to;
        SimTime min_delay;
    };
    std::vector<Fan> fans;
    SimTime cut_delay_min = kCutDelayMin;
};

// Partition index of each vertex; at most `partitions` distinct values, dense from 0.
std::vector<std::uint16_t> partition_owners(const OwnerGraph& graph, int partitions);

// Smallest delay from each partition to each other, closed over third partitions; the diagonal is
// the shortest way out and back. Row-major, us, kNever where there is no way.
std::vector<std::int64_t> close_lookahead(const OwnerGraph& graph,
                                          const std::vector<std::uint16_t>& partition_of,
                                          std::size_t partitions);

// Shortest delay between two owners within each partition, kNever where none of them meet.
std::vector<std::int64_t> inner_delays(const OwnerGraph& graph,
                                       const std::vector<std::uint16_t>& partition_of,
                                       std::size_t partitions);

}  // namespace jiahe::kernel
