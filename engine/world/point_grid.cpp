#include "world/point_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace jiahe {

PointGrid::PointGrid(std::vector<PlanePoint> points, std::span<const std::uint8_t> use)
    : points_(std::move(points)) {
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < points_.size(); ++i) {
        if (use.empty() || use[i] != 0) chosen.push_back(i);
    }
    if (chosen.empty()) return;
    double x1 = -1e300, y1 = -1e300;
    x0_m_ = y0_m_ = 1e300;
    for (const std::uint32_t i : chosen) {
        x0_m_ = std::min(x0_m_, points_[i].x_m);
        y0_m_ = std::min(y0_m_, points_[i].y_m);
        x1 = std::max(x1, points_[i].x_m);
        y1 = std::max(y1, points_[i].y_m);
    }
    const double area = std::max(1.0, (x1 - x0_m_) * (y1 - y0_m_));
    cell_m_ = std::max(1.0, std::sqrt(2 * area / static_cast<double>(chosen.size())));
    columns_ = static_cast<std::size_t>((x1 - x0_m_) / cell_m_) + 1;
    rows_ = static_cast<std::size_t>((y1 - y0_m_) / cell_m_) + 1;
    offset_.assign(columns_ * rows_ + 1, 0);
    const auto cell_of = [&](std::uint32_t i) {
        return row(points_[i].y_m) * columns_ + column(points_[i].x_m);
    };
    for (const std::uint32_t i : chosen)
        ++offset_[cell_of(i) + 1];
    std::partial_sum(offset_.begin(), offset_.end(), offset_.begin());
    index_.resize(chosen.size());
    std::vector<std::uint32_t> next(offset_.begin(), offset_.end() - 1);
    for (const std::uint32_t i : chosen)
        index_[next[cell_of(i)]++] = i;
}

std::size_t PointGrid::column(double x_m) const {
    const double c = std::floor((x_m - x0_m_) / cell_m_);
    return static_cast<std::size_t>(std::clamp(c, 0.0, static_cast<double>(columns_ - 1)));
}

std::size_t PointGrid::row(double y_m) const {
    const double r = std::floor((y_m - y0_m_) / cell_m_);
    return static_cast<std::size_t>(std::clamp(r, 0.0, static_cast<double>(rows_ - 1)));
}

std::uint32_t PointGrid::nearest(PlanePoint at) const {
    if (index_.empty()) return kNone;
    const auto c0 = static_cast<std::ptrdiff_t>(column(at.x_m));
    const auto r0 = static_cast<std::ptrdiff_t>(row(at.y_m));
    std::uint32_t best = kNone;
    double best_d2 = std::numeric_limits<double>::max();
    const auto columns = static_cast<std::ptrdiff_t>(columns_);
    const auto rows = static_cast<std::ptrdiff_t>(rows_);
    for (std::ptrdiff_t ring = 0; ring <= std::max(columns, rows); ++ring) {
        // A point of a further ring is at least (ring - 1) cells away from a query inside the grid.
        if (best != kNone && static_cast<double>(ring - 1) * cell_m_ > std::sqrt(best_d2)) break;
        for (std::ptrdiff_t r = r0 - ring; r <= r0 + ring; ++r) {
            for (std::ptrdiff_t c = c0 - ring; c <= c0 + ring; ++c) {
                const bool edge =
                    r == r0 - ring || r == r0 + ring || c == c0 - ring || c == c0 + ring;
                if (!edge || r < 0 || c < 0 || r >= rows || c >= columns) continue;
                const auto cell = static_cast<std::size_t>(r * columns + c);
                for (std::uint32_t k = offset_[cell]; k < offset_[cell + 1]; ++k) {
                    const std::uint32_t i = index_[k];
                    const double dx = points_[i].x_m - at.x_m;
                    const double dy = points_[i].y_m - at.y_m;
                    const double d2 = dx * dx + dy * dy;
                    if (d2 < best_d2 || (d2 == best_d2 && i < best)) {
                        best_d2 = d2;
                        best = i;
                    }
                }
            }
        }
    }
    return best;
}

}  // namespace jiahe
