#include "world/main_roads.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <set>

#include "world/point_grid.h"

namespace jiahe {
namespace {

// Cost of a metre: main roads draw the ways between towns together.
double cost_per_m(RoadClass c) {
    if (c == RoadClass::kPrimary) return 1.0;
    if (c == RoadClass::kSecondary) return 1.25;
    if (c == RoadClass::kTertiary) return 1.7;
    return 2.5;
}

class WayFinder {
  public:
    explicit WayFinder(const StreetMesh& mesh) : mesh_(mesh), arms_(mesh.nodes.size()) {
        for (std::uint32_t s = 0; s < mesh.streets.size(); ++s) {
            arms_[mesh.streets[s].a].push_back(s);
            arms_[mesh.streets[s].b].push_back(s);
        }
    }

    // Streets of the cheapest way.
    std::vector<std::uint32_t> way(std::uint32_t from, std::uint32_t to) const {
        constexpr std::uint32_t kNone = 0xffffffffu;
        std::vector<double> cost(mesh_.nodes.size(), 1e300);
        std::vector<std::uint32_t> by(mesh_.nodes.size(), kNone);
        std::priority_queue<std::pair<double, std::uint32_t>,
                            std::vector<std::pair<double, std::uint32_t>>, std::greater<>>
            open;
        cost[from] = 0;
        open.push({0, from});
        while (!open.empty()) {
            const auto [c, v] = open.top();
            open.pop();
            if (v == to) break;
            if (c > cost[v]) continue;
            for (const std::uint32_t s : arms_[v]) {
                const auto& street = mesh_.streets[s];
                const std::uint32_t w = street.a == v ? street.b : street.a;
                const double next = c + cost_per_m(street.road_class) *
                                            distance_m(mesh_.nodes[v].place, mesh_.nodes[w].place);
                if (next >= cost[w]) continue;
                cost[w] = next;
                by[w] = s;
                open.push({next, w});
            }
        }
        std::vector<std::uint32_t> streets;
        for (std::uint32_t v = to; v != from && by[v] != kNone;) {
            streets.push_back(by[v]);
            v = mesh_.streets[by[v]].a == v ? mesh_.streets[by[v]].b : mesh_.streets[by[v]].a;
        }
        return streets;
    }

  private:
    const StreetMesh& mesh_;
    std::vector<std::vector<std::uint32_t>> arms_;
};

// The `count` centres nearest to centre i, among cores only or among all.
std::vector<std::size_t> nearest(const std::vector<PopulationField::Centre>& centres, std::size_t i,
                                 bool cores_only, std::size_t count) {
    std::vector<std::size_t> others;
    for (std::size_t j = 0; j < centres.size(); ++j) {
        if (j != i && (centres[j].is_core || !cores_only)) others.push_back(j);
    }
    std::stable_sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) {
        return distance_m(centres[i].place, centres[a].place) <
               distance_m(centres[i].place, centres[b].place);
    });
    if (others.size() > count) others.resize(count);
    return others;
}

}  // namespace

void raise_main_roads(StreetMesh& mesh, const std::vector<PopulationField::Centre>& centres) {
    std::set<std::pair<std::size_t, std::size_t>> between_cores, between_towns;
    const auto ordered = [](std::size_t i, std::size_t j) {
        return std::pair{std::min(i, j), std::max(i, j)};
    };
    for (std::size_t i = 0; i < centres.size(); ++i) {
        if (centres[i].is_core) {
            for (const std::size_t j : nearest(centres, i, true, 3)) {
                between_cores.insert(ordered(i, j));
            }
            continue;
        }
        for (const std::size_t j : nearest(centres, i, false, 2)) {
            between_towns.insert(ordered(i, j));
        }
        for (std::size_t j = 0; j < centres.size(); ++j) {
            if (centres[j].is_core && centres[j].unit == centres[i].unit) {
                between_towns.insert(ordered(i, j));
            }
        }
    }
    std::vector<PlanePoint> places;
    for (const auto& node : mesh.nodes)
        places.push_back(node.place);
    const PointGrid grid(std::move(places));
    const WayFinder finder(mesh);
    std::vector<RoadClass> raised(mesh.streets.size(), RoadClass::kService);
    const auto raise = [&](const auto& pairs, RoadClass road_class) {
        for (const auto& [i, j] : pairs) {
            for (const std::uint32_t s :
                 finder.way(grid.nearest(centres[i].place), grid.nearest(centres[j].place))) {
                raised[s] = std::min(raised[s], road_class);
            }
        }
    };
    raise(between_cores, RoadClass::kPrimary);
    raise(between_towns, RoadClass::kSecondary);
    for (std::size_t s = 0; s < raised.size(); ++s) {
        auto& street = mesh.streets[s];
        street.road_class = std::min(street.road_class, raised[s]);
    }
}

}  // namespace jiahe
