#include "geo/lon_lat.h"

#include <doctest/doctest.h>

#include <limits>
#include <numbers>
#include <vector>

using namespace jiahe;

TEST_CASE("a degree along a meridian is R pi / 180") {
    const double degree_m = kEarthRadius_m * std::numbers::pi / 180;  // 111 195.08 m
    CHECK(haversine_m({10, 50}, {10, 51}) == doctest::Approx(degree_m));
    CHECK(degree_m == doctest::Approx(111195.08).epsilon(1e-7));
    // At 60 degrees north a degree of longitude is half as long (nearly, on the great circle).
    CHECK(haversine_m({10, 60}, {10.01, 60}) == doctest::Approx(0.005 * degree_m).epsilon(1e-6));
    CHECK(haversine_m({0, 0}, {180, 0}) == doctest::Approx(std::numbers::pi * kEarthRadius_m));
}

TEST_CASE("the plane and the sphere agree within a city, and the way back is exact") {
    const std::vector<LonLat> points{{120.5, 30.5}, {121.0, 31.0}};
    const LocalPlane plane = LocalPlane::about(points);
    CHECK(plane.origin() == LonLat{120.75, 30.75});
    const PlanePoint a = plane.to_plane({120.7, 30.7});
    const PlanePoint b = plane.to_plane({120.8, 30.8});
    CHECK(distance_m(a, b) ==
          doctest::Approx(haversine_m({120.7, 30.7}, {120.8, 30.8})).epsilon(1e-4));
    const LonLat back = plane.to_lon_lat(a);
    CHECK(back.lon_deg == doctest::Approx(120.7).epsilon(1e-12));
    CHECK(back.lat_deg == doctest::Approx(30.7).epsilon(1e-12));
}

TEST_CASE("a position is valid in range and finite") {
    CHECK(is_valid({180, -90}));
    CHECK_FALSE(is_valid({180.1, 0}));
    CHECK_FALSE(is_valid({0, std::numeric_limits<double>::quiet_NaN()}));
}
