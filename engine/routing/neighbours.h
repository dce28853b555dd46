// NeighbourLists: for each stop the few stops that may sensibly be served just before or after it.
//
// The proximity of two stops is the cheaper direction of
//   cost of the way + weight * (0.2 * least waiting + 1.0 * least time warp)
// so that stops whose windows do not fit are far apart. Candidates are the nearest by position
// where positions are given (k-d tree), else all stops. Immutable after construction: k * 4 bytes a
// stop. Invariants: 1. a stop is not its own neighbour; 2. ascending by (proximity, stop): the same
// lists on every machine. Cost: O(n log n + n k log k) with positions, else O(n^2). Source:
// logistics sheet, section 6; weights as in PyVRP.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/problem.h"

namespace jiahe::routing {

class NeighbourLists {
  public:
    NeighbourLists(const Problem& problem, std::size_t count);
    // The first `count` of each list.
    NeighbourLists shortened(std::size_t count) const;
    std::span<const std::uint32_t> of(std::uint32_t stop) const {
        return {stop_.data() + std::size_t{stop} * count_, count_};
    }
    std::size_t count() const { return count_; }

  private:
    NeighbourLists() = default;
    std::size_t count_ = 0;
    std::vector<std::uint32_t> stop_;  // [stop * count + rank]
};

// The `count` nearest of `points` to each point, itself excluded; [point * count + rank], ascending
// by (distance, index). REQUIRES: count < points.size().
std::vector<std::uint32_t> nearest_points(std::span<const Position> points, std::size_t count);

}  // namespace jiahe::routing
