// PointIndex: the nearest of many points of a plane, by a uniform grid.
//
// City lifecycle: built once, const afterwards, shared by threads. Points are numbered as given;
// coordinates in metres of one local plane (lon_lat.h). Among equally near points the smallest
// number wins, so results never depend on the grid. Cells hold about two points each. Cost: a query
// looks at rings of cells around the point until no nearer one can follow. REQUIRES: finite
// coordinates. Errors: none.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geo/lon_lat.h"

namespace jiahe {

class PointIndex {
  public:
    explicit PointIndex(std::vector<PlanePoint> points);

    std::size_t size() const { return points_.size(); }
    // The nearest point, none where there are no points.
    std::optional<std::uint32_t> nearest(PlanePoint at) const;
    // All points at most this far away, by ascending number.
    std::vector<std::uint32_t> within(PlanePoint at, double radius_m) const;

  private:
    struct Cell {
        std::int64_t column, row;
    };
    Cell cell_of(PlanePoint p) const;
    template <class Visit>
    void visit_cell(std::int64_t column, std::int64_t row, const Visit& visit) const;

    std::vector<PlanePoint> points_;
    PlanePoint low_;
    double cell_m_ = 1;
    std::int64_t columns_ = 1, rows_ = 1;
    std::vector<std::uint32_t> offset_, members_;
};

}  // namespace jiahe
