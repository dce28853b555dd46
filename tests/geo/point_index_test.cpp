#include "geo/point_index.h"

#include <doctest/doctest.h>

#include "base/random.h"

using namespace jiahe;

namespace {

std::vector<PlanePoint> cloud(std::uint64_t seed, int count, double width_m, double height_m) {
    std::vector<PlanePoint> points;
    for (int i = 0; i < count; ++i) {
        const Draw draw(seed, 1, static_cast<std::uint64_t>(i), 0);
        points.push_back({width_m * draw.uniform(0), height_m * draw.uniform(1)});
    }
    return points;
}

std::uint32_t brute_nearest(const std::vector<PlanePoint>& points, PlanePoint at) {
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < points.size(); ++i) {
        if (distance_m(at, points[i]) < distance_m(at, points[best])) best = i;
    }
    return best;
}

}  // namespace

TEST_CASE("the nearest point is that of a search through all, inside and outside the cloud") {
    for (const auto& [width_m, height_m] :
         {std::pair{1000.0, 1000.0}, {10000.0, 1.0}, {0.0, 500.0}}) {
        const auto points = cloud(3, 300, width_m, height_m);
        const PointIndex index(points);
        for (std::uint64_t q = 0; q < 500; ++q) {
            const Draw draw(4, 2, q, 0);
            const PlanePoint at{3000 * (draw.uniform(0) - 0.5), 3000 * (draw.uniform(1) - 0.5)};
            CHECK(index.nearest(at) == brute_nearest(points, at));
        }
    }
}

TEST_CASE("of equally near points the first wins") {
    const PointIndex index({{1, 0}, {-1, 0}, {0, 1}, {-1, 0}});
    CHECK(index.nearest({0, 0}) == 0u);
    CHECK(index.nearest({-2, 0}) == 1u);
}

TEST_CASE("points within a radius come in order and none is missed") {
    const auto points = cloud(5, 400, 1000, 1000);
    const PointIndex index(points);
    for (const double radius_m : {0.0, 10.0, 120.0, 5000.0}) {
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < points.size(); ++i) {
            if (distance_m({300, 700}, points[i]) <= radius_m) expected.push_back(i);
        }
        CHECK(index.within({300, 700}, radius_m) == expected);
    }
}

TEST_CASE("an index of no points finds none") {
    const PointIndex index({});
    CHECK_FALSE(index.nearest({0, 0}).has_value());
    CHECK(index.within({0, 0}, 1e9).empty());
}
