#include "world/street_mesh.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "world/main_roads.h"
#include "world/point_grid.h"
#include "world/population_field.h"

using namespace jiahe;

namespace {

RegionFacts two_units() {
    RegionFacts facts;
    facts.units = {{"West", {120.60, 30.70}, 200, 300'000},
                   {"East", {120.80, 30.70}, 200, 100'000}};
    return facts;
}

const LocalPlane kPlane({120.70, 30.70});

std::size_t parts(const StreetMesh& mesh) {
    std::vector<std::uint32_t> root(mesh.nodes.size());
    std::iota(root.begin(), root.end(), 0u);
    const auto find = [&](std::uint32_t v) {
        while (root[v] != v)
            v = root[v] = root[root[v]];
        return v;
    };
    std::size_t count = root.size();
    for (const auto& s : mesh.streets) {
        const auto a = find(s.a), b = find(s.b);
        if (a != b) root[a] = b, --count;
    }
    return count;
}

}  // namespace

TEST_CASE("a mesh has the links asked for, hangs together and is finer where more people are") {
    const PopulationField field(two_units(), kPlane, 1);
    const StreetMesh mesh = make_street_mesh(field, {}, 8'000);
    CHECK(2 * mesh.streets.size() >= 8'000);
    CHECK(2 * mesh.streets.size() < 10'500);
    CHECK(parts(mesh) == 1);
    const auto nodes_near = [&](LonLat at) {
        const PlanePoint p = kPlane.to_plane(at);
        return std::count_if(mesh.nodes.begin(), mesh.nodes.end(),
                             [&](const auto& n) { return distance_m(n.place, p) < 1'500; });
    };
    CHECK(nodes_near({120.60, 30.70}) > nodes_near({120.80, 30.70}));
    CHECK(nodes_near({120.80, 30.70}) > 2 * nodes_near({120.70, 30.70}));
}

TEST_CASE("only better streets cross a barrier") {
    const PopulationField field(two_units(), kPlane, 1);
    const double x = kPlane.to_plane({120.60, 30.70}).x_m + 37;
    const std::vector<std::vector<PlanePoint>> river = {{{x, -50'000}, {x, 50'000}}};
    const auto crossings = [&](const StreetMesh& mesh) {
        std::map<RoadClass, int> count;
        for (const auto& s : mesh.streets) {
            if ((mesh.nodes[s.a].place.x_m < x) != (mesh.nodes[s.b].place.x_m < x)) {
                ++count[s.road_class];
            }
        }
        return count;
    };
    auto without = crossings(make_street_mesh(field, {}, 8'000));
    auto with = crossings(make_street_mesh(field, river, 8'000));
    CHECK(without[RoadClass::kResidential] + without[RoadClass::kUnclassified] > 5);
    CHECK(with[RoadClass::kResidential] + with[RoadClass::kUnclassified] == 0);
    CHECK(with[RoadClass::kPrimary] + with[RoadClass::kSecondary] >= 5);
    CHECK(parts(make_street_mesh(field, river, 8'000)) == 1);
}

TEST_CASE("the cheapest way between two cores becomes a primary road") {
    // A ladder: the lower rail is secondary, the upper one residential.
    StreetMesh mesh;
    for (int x = 0; x < 5; ++x) {
        mesh.nodes.push_back({x, 0, {1'000.0 * x, 0}, 0});
        mesh.nodes.push_back({x, 1, {1'000.0 * x, 400}, 3});
    }
    for (std::uint32_t x = 0; x < 5; ++x) {
        mesh.streets.push_back({2 * x, 2 * x + 1, RoadClass::kResidential});
        if (x == 4) break;
        mesh.streets.push_back({2 * x, 2 * x + 2, RoadClass::kSecondary});
        mesh.streets.push_back({2 * x + 1, 2 * x + 3, RoadClass::kResidential});
    }
    // Along the upper rail 4 km at 2.5 = 10.0; down, along and up 800 m at 2.5 + 4 km at 1.25
    // = 7.0.
    std::vector<PopulationField::Centre> centres(2);
    centres[0].place = {0, 400};
    centres[1].place = {4'000, 400};
    centres[0].is_core = centres[1].is_core = true;
    raise_main_roads(mesh, centres);
    int primary = 0;
    for (const auto& s : mesh.streets) {
        if (s.road_class != RoadClass::kPrimary) continue;
        ++primary;
        const bool rail = mesh.nodes[s.a].y == mesh.nodes[s.b].y;
        CHECK((!rail || mesh.nodes[s.a].y == 0));
    }
    CHECK(primary == 6);
}

TEST_CASE("a population field sums to about its residents and knows its units") {
    RegionFacts facts = two_units();
    facts.outline = {{120.48, 30.60}, {120.92, 30.60}, {120.92, 30.80}, {120.48, 30.80}};
    facts.towns = {{"Town", 1, {120.85, 30.65}, 2}};
    const PopulationField field(facts, kPlane, 1);
    CHECK(field.centres().size() == 12);  // two cores, the town of East, nine drawn in West
    double residents = 0;
    for (double x = field.low().x_m; x < field.high().x_m; x += 200) {
        for (double y = field.low().y_m; y < field.high().y_m; y += 200) {
            if (field.inside({x, y})) residents += field.residents_per_km2({x, y}) * 0.04;
        }
    }
    // The thin rest is spread over more than the units' areas: 44 x 22 km against 400 km2.
    CHECK(residents > 400'000);
    CHECK(residents < 600'000);
    CHECK(field.unit_of(kPlane.to_plane({120.62, 30.70})) == 0);
    CHECK(field.unit_of(kPlane.to_plane({120.85, 30.66})) == 1);
    CHECK_FALSE(field.inside(kPlane.to_plane({120.70, 30.81})));
    CHECK(field.inside(kPlane.to_plane({120.70, 30.79})));
}

TEST_CASE("the nearest point is the nearest, ties go to the smaller index") {
    std::vector<PlanePoint> points;
    for (int i = 0; i < 400; ++i) {
        points.push_back({(i * 7919 % 1000) * 1.0, (i * 104'729 % 977) * 1.0});
    }
    points.push_back(points[17]);
    const PointGrid grid(points);
    for (int k = 0; k < 300; ++k) {
        const PlanePoint q{(k * 613 % 1200) - 100.0, (k * 389 % 1200) - 100.0};
        std::uint32_t best = 0;
        for (std::uint32_t i = 1; i < points.size(); ++i) {
            const double dx = points[i].x_m - q.x_m, dy = points[i].y_m - q.y_m;
            const double bx = points[best].x_m - q.x_m, by = points[best].y_m - q.y_m;
            if (dx * dx + dy * dy < bx * bx + by * by) best = i;
        }
        REQUIRE(grid.nearest(q) == best);
    }
    CHECK(grid.nearest(points[17]) == 17);
    CHECK(PointGrid(std::vector<PlanePoint>{}).nearest({0, 0}) == PointGrid::kNone);
}
