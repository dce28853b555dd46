#include "geo/polygon.h"

#include <doctest/doctest.h>

using namespace jiahe;

namespace {

Ring square(double low, double high) {
    return {{low, low}, {high, low}, {high, high}, {low, high}, {low, low}};
}

}  // namespace

TEST_CASE("inside is the outer ring without its holes") {
    const Polygon polygon{square(0, 4), {square(1, 2)}};
    CHECK(contains(polygon, {0.5, 0.5}));
    CHECK_FALSE(contains(polygon, {1.5, 1.5}));
    CHECK(contains(polygon, {3, 3}));
    CHECK_FALSE(contains(polygon, {5, 3}));
    CHECK_FALSE(contains(polygon, {3, -1}));
}

TEST_CASE("a point on a shared edge is in exactly one of two neighbours") {
    const Polygon west{{{0, 0}, {1, 0}, {1.3, 1}, {0, 1}}, {}};
    const Polygon east{{{1, 0}, {2, 0}, {2, 1}, {1.3, 1}}, {}};
    for (double y = 0.05; y < 1; y += 0.05) {
        const LonLat p{1 + 0.3 * y, y};
        CHECK(int{contains(west, p)} + int{contains(east, p)} == 1);
    }
}

TEST_CASE("area and centre of a square degree near the equator") {
    const Polygon polygon{square(0, 1), {}};
    // A degree of 111.195 km each way; the plane's scale at 0.5 degrees is cos(0.5) = 0.99996.
    CHECK(area_m2(polygon) == doctest::Approx(111195.08 * 111195.08).epsilon(1e-4));
    const Polygon holed{square(0, 1), {square(0.25, 0.75)}};
    CHECK(area_m2(holed) == doctest::Approx(0.75 * area_m2(polygon)).epsilon(1e-9));
    CHECK(centroid(polygon).lon_deg == doctest::Approx(0.5));
    CHECK(centroid(polygon).lat_deg == doctest::Approx(0.5));
}
