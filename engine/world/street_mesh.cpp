#include "world/street_mesh.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "world/main_roads.h"

namespace jiahe {
namespace {

constexpr double kUnit_m = 100;
constexpr int kBaseUnits = 16;  // 1,600 m
constexpr int kPrimaryUnits = 48;
constexpr int kBisections = 7;
constexpr double kWarp_m = 230;
constexpr double kWarpLength_m = 9'500;

struct Cell {
    int x, y, size;
};

PlanePoint place_of(double x, double y) {
    const double px = x * kUnit_m, py = y * kUnit_m;
    const double k = 6.283185307179586 / kWarpLength_m;
    return {px + kWarp_m * std::sin(k * py + 0.7) +
                0.5 * kWarp_m * std::sin(2.3 * k * py + 0.4 * k * px),
            py + kWarp_m * std::sin(k * px + 2.1) +
                0.5 * kWarp_m * std::sin(1.9 * k * px - 0.5 * k * py)};
}

// Level of a lattice line: 0 = every 1,600 m, 1 = 800, 2 = 400, 3 = 200, 4 = 100.
int line_level(int coordinate) {
    for (int level = 0, units = kBaseUnits; units > 1; ++level, units /= 2) {
        if (coordinate % units == 0) return level;
    }
    return 4;
}

RoadClass class_of_line(int coordinate) {
    if (coordinate % kPrimaryUnits == 0) return RoadClass::kPrimary;
    switch (line_level(coordinate)) {
        case 0:
            return RoadClass::kSecondary;
        case 1:
            return RoadClass::kTertiary;
        case 2:
            return RoadClass::kUnclassified;
        default:
            return RoadClass::kResidential;
    }
}

void split(const PopulationField& field, Cell c, double threshold, std::vector<Cell>& leaves) {
    const PlanePoint middle = place_of(c.x + 0.5 * c.size, c.y + 0.5 * c.size);
    const double area_km2 = c.size * c.size * kUnit_m * kUnit_m * 1e-6;
    const double people = (field.residents_per_km2(middle) + field.jobs_per_km2(middle)) * area_km2;
    if (c.size == 1 || people < threshold) {
        leaves.push_back(c);
        return;
    }
    const int h = c.size / 2;
    for (const Cell quarter : {Cell{c.x, c.y, h}, Cell{c.x + h, c.y, h}, Cell{c.x, c.y + h, h},
                               Cell{c.x + h, c.y + h, h}}) {
        split(field, quarter, threshold, leaves);
    }
}

std::vector<Cell> base_cells(const PopulationField& field) {
    // The warp moves places by up to its amplitude: one more row and column on each side.
    const double base_m = kBaseUnits * kUnit_m;
    std::vector<Cell> cells;
    for (int j = static_cast<int>(std::floor(field.low().y_m / base_m)) - 1;
         (j - 1) * base_m < field.high().y_m; ++j) {
        for (int i = static_cast<int>(std::floor(field.low().x_m / base_m)) - 1;
             (i - 1) * base_m < field.high().x_m; ++i) {
            const Cell cell{i * kBaseUnits, j * kBaseUnits, kBaseUnits};
            const PlanePoint middle =
                place_of(cell.x + 0.5 * kBaseUnits, cell.y + 0.5 * kBaseUnits);
            if (field.inside(middle)) cells.push_back(cell);
        }
    }
    return cells;
}

double cross(PlanePoint o, PlanePoint a, PlanePoint b) {
    return (a.x_m - o.x_m) * (b.y_m - o.y_m) - (a.y_m - o.y_m) * (b.x_m - o.x_m);
}

bool segments_cross(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d) {
    return (cross(a, b, c) > 0) != (cross(a, b, d) > 0) &&
           (cross(c, d, a) > 0) != (cross(c, d, b) > 0);
}

class Mesher {
  public:
    Mesher(const std::vector<Cell>& leaves, const std::vector<std::vector<PlanePoint>>& barriers)
        : barriers_(barriers) {
        std::set<std::pair<int, int>> corners;  // (y, x)
        for (const Cell& c : leaves) {
            for (const int dx : {0, c.size}) {
                for (const int dy : {0, c.size})
                    corners.insert({c.y + dy, c.x + dx});
            }
        }
        for (const auto& [y, x] : corners) {
            index_[{y, x}] = static_cast<std::uint32_t>(mesh_.nodes.size());
            mesh_.nodes.push_back({x, y, place_of(x, y), std::min(line_level(x), line_level(y))});
            in_row_[y].push_back(x);
            in_column_[x].push_back(y);
        }
        for (auto& [x, ys] : in_column_)
            std::sort(ys.begin(), ys.end());
        for (const Cell& c : leaves) {
            for (const int d : {0, c.size}) {
                add_side(in_row_[c.y + d], c.x, c.x + c.size, c.y + d, true);
                add_side(in_column_[c.x + d], c.y, c.y + c.size, c.x + d, false);
            }
        }
        std::sort(mesh_.streets.begin(), mesh_.streets.end(), [](const auto& p, const auto& q) {
            return std::pair{p.a, p.b} < std::pair{q.a, q.b};
        });
    }
    StreetMesh take() { return keep_largest_part(std::move(mesh_)); }

  private:
    void add_side(const std::vector<int>& on_line, int from, int to, int line, bool horizontal) {
        auto it = std::lower_bound(on_line.begin(), on_line.end(), from);
        for (; it != on_line.end() && *it < to; ++it) {
            const int next = *(it + 1);
            const auto a = horizontal ? index_.at({line, *it}) : index_.at({*it, line});
            const auto b = horizontal ? index_.at({line, next}) : index_.at({next, line});
            if (!seen_.insert({a, b}).second) continue;
            if (blocked(a, b, line)) continue;
            mesh_.streets.push_back({a, b, class_of_line(line)});
        }
    }
    bool blocked(std::uint32_t a, std::uint32_t b, int line) const {
        if (line_level(line) == 0 || (line_level(line) == 1 && (line / 8) % 4 == 1)) return false;
        const PlanePoint p = mesh_.nodes[a].place, q = mesh_.nodes[b].place;
        for (const auto& barrier : barriers_) {
            for (std::size_t i = 0; i + 1 < barrier.size(); ++i) {
                if (segments_cross(p, q, barrier[i], barrier[i + 1])) return true;
            }
        }
        return false;
    }
    static StreetMesh keep_largest_part(StreetMesh mesh) {
        std::vector<std::uint32_t> root(mesh.nodes.size());
        std::iota(root.begin(), root.end(), 0u);
        const auto find = [&](std::uint32_t v) {
            while (root[v] != v)
                v = root[v] = root[root[v]];
            return v;
        };
        for (const auto& s : mesh.streets)
            root[std::max(find(s.a), find(s.b))] = std::min(find(s.a), find(s.b));
        std::vector<std::uint32_t> size(mesh.nodes.size(), 0);
        for (std::uint32_t v = 0; v < root.size(); ++v)
            ++size[find(v)];
        const auto largest =
            static_cast<std::uint32_t>(std::max_element(size.begin(), size.end()) - size.begin());
        StreetMesh kept;
        std::vector<std::uint32_t> renumbered(mesh.nodes.size(), 0);
        for (std::uint32_t v = 0; v < root.size(); ++v) {
            if (find(v) != largest) continue;
            renumbered[v] = static_cast<std::uint32_t>(kept.nodes.size());
            kept.nodes.push_back(mesh.nodes[v]);
        }
        for (const auto& s : mesh.streets) {
            if (find(s.a) == largest)
                kept.streets.push_back({renumbered[s.a], renumbered[s.b], s.road_class});
        }
        return kept;
    }

    const std::vector<std::vector<PlanePoint>>& barriers_;
    StreetMesh mesh_;
    std::map<std::pair<int, int>, std::uint32_t> index_;  // (y, x)
    std::map<int, std::vector<int>> in_row_, in_column_;
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen_;
};

}  // namespace

StreetMesh make_street_mesh(const PopulationField& field,
                            const std::vector<std::vector<PlanePoint>>& barriers,
                            std::size_t directed_links) {
    const std::vector<Cell> base = base_cells(field);
    const auto mesh_at = [&](double threshold) {
        std::vector<Cell> leaves;
        for (const Cell& cell : base)
            split(field, cell, threshold, leaves);
        return Mesher(leaves, barriers).take();
    };
    // More people a cell, fewer streets: the largest threshold that still gives enough. A leaf has
    // about four directed links, so the mean leaf's people are a first guess.
    double people = 0;
    const double base_km2 = kBaseUnits * kUnit_m * kBaseUnits * kUnit_m * 1e-6;
    for (const Cell& cell : base) {
        const PlanePoint middle = place_of(cell.x + 0.5 * kBaseUnits, cell.y + 0.5 * kBaseUnits);
        people += (field.residents_per_km2(middle) + field.jobs_per_km2(middle)) * base_km2;
    }
    double low = std::max(1.0, people / static_cast<double>(directed_links)), high = 64 * low;
    StreetMesh best = mesh_at(low);
    // At 0.001 people a cell the mesh is as fine as it gets.
    while (2 * best.streets.size() < directed_links && low > 1e-3) {
        high = low;
        low /= 8;
        best = mesh_at(low);
    }
    for (int k = 0; k < kBisections; ++k) {
        const double middle = std::sqrt(low * high);
        StreetMesh mesh = mesh_at(middle);
        if (2 * mesh.streets.size() >= directed_links) {
            low = middle;
            best = std::move(mesh);
        } else {
            high = middle;
        }
    }
    raise_main_roads(best, field.centres());
    return best;
}

}  // namespace jiahe
