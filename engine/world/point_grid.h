// PointGrid: nearest of many points on the local plane, ties by the smaller index.
//
// City lifecycle: immutable after construction; queries are const and thread-safe. Units: m.
// Square cells of about two points each, searched in growing rings. Cost: O(1) for evenly spread
// points. Invariant: nearest() is the exact Euclidean nearest.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/lon_lat.h"

namespace jiahe {

class PointGrid {
  public:
    static constexpr std::uint32_t kNone = 0xffffffffu;
    // Only points with use[i] != 0 count; an empty `use` means all.
    explicit PointGrid(std::vector<PlanePoint> points, std::span<const std::uint8_t> use = {});
    std::uint32_t nearest(PlanePoint at) const;  // kNone where there is no point

  private:
    std::size_t column(double x_m) const;
    std::size_t row(double y_m) const;
    std::vector<PlanePoint> points_;
    double x0_m_ = 0, y0_m_ = 0, cell_m_ = 1;
    std::size_t columns_ = 0, rows_ = 0;
    std::vector<std::uint32_t> offset_, index_;
};

}  // namespace jiahe
