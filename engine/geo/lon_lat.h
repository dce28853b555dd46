// Positions on the earth: degrees WGS 84, great-circle distance, and a local plane in metres.
//
// Value types of any lifecycle. The local plane is equirectangular about its origin:
//   x = R cos(lat0) (lon - lon0), y = R (lat - lat0), angles in radians, R = 6 371 008.8 m,
// so x points east and y north; distances of a city (100 km) are true to about 0.5 %.
// Invariants: 1. to_lon_lat(to_plane(p)) gives p within 1e-9 degrees; 2. longitudes are not
// wrapped: a network across the antimeridian is not supported. Errors: none.
// Source: mean earth radius of IUGG (2a + b)/3.
#pragma once

#include <span>

namespace jiahe {

struct LonLat {
    double lon_deg = 0;
    double lat_deg = 0;
    bool operator==(const LonLat&) const = default;
};

struct PlanePoint {
    double x_m = 0;
    double y_m = 0;
    bool operator==(const PlanePoint&) const = default;
};

inline constexpr double kEarthRadius_m = 6371008.8;

// Finite, longitude in [-180, 180], latitude in [-90, 90].
bool is_valid(LonLat position);

// Great-circle distance by the haversine formula.
double haversine_m(LonLat a, LonLat b);

// Sum of great-circle distances along a line; 0 for fewer than two points.
double line_length_m(std::span<const LonLat> line);

double distance_m(PlanePoint a, PlanePoint b);

class LocalPlane {
  public:
    LocalPlane() = default;
    explicit LocalPlane(LonLat origin);
    // About the middle of the bounding box; about (0, 0) for no points.
    static LocalPlane about(std::span<const LonLat> points);

    PlanePoint to_plane(LonLat position) const;
    LonLat to_lon_lat(PlanePoint point) const;
    LonLat origin() const { return origin_; }

  private:
    LonLat origin_;
    double metres_per_lon_deg_ = kEarthRadius_m * 0.017453292519943295;
};

}  // namespace jiahe
