#include "geo/lon_lat.h"

#include <algorithm>
#include <cmath>

namespace jiahe {

namespace {

constexpr double kRadPerDeg = 0.017453292519943295;

}  // namespace

bool is_valid(LonLat position) {
    return std::isfinite(position.lon_deg) && std::isfinite(position.lat_deg) &&
           std::abs(position.lon_deg) <= 180.0 && std::abs(position.lat_deg) <= 90.0;
}

double haversine_m(LonLat a, LonLat b) {
    const double half_lat = 0.5 * (b.lat_deg - a.lat_deg) * kRadPerDeg;
    const double half_lon = 0.5 * (b.lon_deg - a.lon_deg) * kRadPerDeg;
    const double sin_lat = std::sin(half_lat);
    const double sin_lon = std::sin(half_lon);
    const double h = sin_lat * sin_lat + std::cos(a.lat_deg * kRadPerDeg) *
                                             std::cos(b.lat_deg * kRadPerDeg) * sin_lon * sin_lon;
    return 2.0 * kEarthRadius_m * std::asin(std::sqrt(std::min(1.0, h)));
}

double line_length_m(std::span<const LonLat> line) {
    double length_m = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        length_m += haversine_m(line[i - 1], line[i]);
    return length_m;
}

double distance_m(PlanePoint a, PlanePoint b) {
    return std::sqrt((a.x_m - b.x_m) * (a.x_m - b.x_m) + (a.y_m - b.y_m) * (a.y_m - b.y_m));
}

LocalPlane::LocalPlane(LonLat origin)
    : origin_(origin),
      metres_per_lon_deg_(kEarthRadius_m * kRadPerDeg * std::cos(origin.lat_deg * kRadPerDeg)) {}

LocalPlane LocalPlane::about(std::span<const LonLat> points) {
    if (points.empty()) return LocalPlane(LonLat{});
    LonLat low = points[0];
    LonLat high = points[0];
    for (const LonLat p : points) {
        low = {std::min(low.lon_deg, p.lon_deg), std::min(low.lat_deg, p.lat_deg)};
        high = {std::max(high.lon_deg, p.lon_deg), std::max(high.lat_deg, p.lat_deg)};
    }
    return LocalPlane({0.5 * (low.lon_deg + high.lon_deg), 0.5 * (low.lat_deg + high.lat_deg)});
}

PlanePoint LocalPlane::to_plane(LonLat position) const {
    return {metres_per_lon_deg_ * (position.lon_deg - origin_.lon_deg),
            kEarthRadius_m * kRadPerDeg * (position.lat_deg - origin_.lat_deg)};
}

LonLat LocalPlane::to_lon_lat(PlanePoint point) const {
    return {origin_.lon_deg + point.x_m / metres_per_lon_deg_,
            origin_.lat_deg + point.y_m / (kEarthRadius_m * kRadPerDeg)};
}

}  // namespace jiahe
