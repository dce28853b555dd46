// TravelMatrix: times and lengths of the quickest ways among some places of a network.
//
// City lifecycle: computed once, then immutable. One search a place, which ends when every other
// place is reached; rows are computed side by side by `threads` threads, each alone, so their
// number changes nothing. The searches run over nodes: turn bans are left out of account, which a
// plan can bear and a vehicle's route may not (shortest_path.h). Shapes: row-major [from * count +
// to]. Units: ms, m. Invariants: 1. places ascend, each once; 2. the diagonal is 0; 3. equally
// quick ways: the one found first in (time, node) order. Unreachable: kUnreachable_ms.
// Memory: 8 bytes a pair. Cost: about 2 ms a place in a city of 60,000 links.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

struct TravelMatrix {
    static constexpr std::int32_t kUnreachable_ms = std::numeric_limits<std::int32_t>::max();

    std::vector<NodeId> place;
    std::vector<std::int32_t> time_ms, length_m;

    std::size_t count() const { return place.size(); }
    // REQUIRES: `node` is a place.
    std::size_t row_of(NodeId node) const;
};

// REQUIRES: one time for every link, none negative.
TravelMatrix make_travel_matrix(const RoadGraph& graph, std::span<const std::int64_t> link_us,
                                std::vector<NodeId> places, int threads = 1);

// What a driver expects of each link: free flow at no more than `speed_most_mps`, and at a signal
// the mean wait of those who come evenly over its cycle, red^2 / (2 cycle), mean over the turns.
std::vector<std::int64_t> expected_link_us(const RoadGraph& graph, double speed_most_mps);

}  // namespace jiahe
