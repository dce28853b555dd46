#include "geo/point_index.h"

#include <algorithm>
#include <cmath>

namespace jiahe {

PointIndex::PointIndex(std::vector<PlanePoint> points) : points_(std::move(points)) {
    PlanePoint high{};
    if (!points_.empty()) low_ = high = points_[0];
    for (const PlanePoint p : points_) {
        low_ = {std::min(low_.x_m, p.x_m), std::min(low_.y_m, p.y_m)};
        high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
    }
    const double width_m = std::max(high.x_m - low_.x_m, 1.0);
    const double height_m = std::max(high.y_m - low_.y_m, 1.0);
    const double cells = std::max(1.0, 0.5 * static_cast<double>(points_.size()));
    // Long thin clouds must not get more cells than points.
    cell_m_ = std::max({std::sqrt(width_m * height_m / cells), width_m / cells, height_m / cells});
    columns_ = static_cast<std::int64_t>(width_m / cell_m_) + 1;
    rows_ = static_cast<std::int64_t>(height_m / cell_m_) + 1;
    offset_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
    std::vector<std::size_t> cell_of_point;
    for (const PlanePoint p : points_) {
        const Cell cell = cell_of(p);
        cell_of_point.push_back(static_cast<std::size_t>(cell.row * columns_ + cell.column));
        ++offset_[cell_of_point.back() + 1];
    }
    for (std::size_t i = 1; i < offset_.size(); ++i)
        offset_[i] += offset_[i - 1];
    members_.resize(points_.size());
    std::vector<std::uint32_t> next(offset_.begin(), offset_.end() - 1);
    for (std::uint32_t i = 0; i < points_.size(); ++i)
        members_[next[cell_of_point[i]]++] = i;
}

PointIndex::Cell PointIndex::cell_of(PlanePoint p) const {
    const auto place = [&](double offset_m, std::int64_t count) {
        const double cell = std::floor(offset_m / cell_m_);
        return static_cast<std::int64_t>(std::clamp(cell, 0.0, static_cast<double>(count - 1)));
    };
    return {place(p.x_m - low_.x_m, columns_), place(p.y_m - low_.y_m, rows_)};
}

template <class Visit>
void PointIndex::visit_cell(std::int64_t column, std::int64_t row, const Visit& visit) const {
    if (column < 0 || column >= columns_ || row < 0 || row >= rows_) return;
    const auto cell = static_cast<std::size_t>(row * columns_ + column);
    for (std::uint32_t i = offset_[cell]; i < offset_[cell + 1]; ++i)
        visit(members_[i]);
}

std::optional<std::uint32_t> PointIndex::nearest(PlanePoint at) const {
    if (points_.empty()) return std::nullopt;
    const Cell home = cell_of(at);
    // Rings are counted from the cell nearest to `at`; what is beyond ring r is at least r cells
    // away from that cell's near side, and `at` lies in the cell or outside the grid on its side.
    std::uint32_t best = 0;
    double best_m = distance_m(at, points_[0]);
    const auto visit = [&](std::uint32_t i) {
        const double d = distance_m(at, points_[i]);
        if (d > best_m || (d == best_m && i >= best)) return;
        best = i;
        best_m = d;
    };
    const std::int64_t last_ring = std::max(columns_, rows_);
    for (std::int64_t ring = 0; ring <= last_ring; ++ring) {
        if (ring > 1 && best_m < static_cast<double>(ring - 1) * cell_m_) break;
        for (std::int64_t row = home.row - ring; row <= home.row + ring; ++row) {
            const bool edge = row == home.row - ring || row == home.row + ring;
            const std::int64_t step = edge || ring == 0 ? 1 : 2 * ring;
            for (std::int64_t column = home.column - ring; column <= home.column + ring;
                 column += step) {
                visit_cell(column, row, visit);
            }
        }
    }
    return best;
}

std::vector<std::uint32_t> PointIndex::within(PlanePoint at, double radius_m) const {
    std::vector<std::uint32_t> found;
    if (points_.empty() || !(radius_m >= 0)) return found;
    const Cell low = cell_of({at.x_m - radius_m, at.y_m - radius_m});
    const Cell high = cell_of({at.x_m + radius_m, at.y_m + radius_m});
    for (std::int64_t row = low.row; row <= high.row; ++row) {
        for (std::int64_t column = low.column; column <= high.column; ++column) {
            visit_cell(column, row, [&](std::uint32_t i) {
                if (distance_m(at, points_[i]) <= radius_m) found.push_back(i);
            });
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace jiahe
