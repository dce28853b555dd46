#include "geo/polygon.h"

#include <algorithm>
#include <cmath>

namespace jiahe {

namespace {

// Whether a ray to the east crosses the ring an odd number of times.
bool crosses_odd(const Ring& ring, LonLat p) {
    bool odd = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LonLat a = ring[i];
        const LonLat b = ring[i + 1 < ring.size() ? i + 1 : 0];
        if ((a.lat_deg > p.lat_deg) == (b.lat_deg > p.lat_deg)) continue;
        // The lower end first, so that both neighbours of an edge compute the same number.
        const LonLat low = a.lat_deg < b.lat_deg ? a : b;
        const LonLat high = a.lat_deg < b.lat_deg ? b : a;
        const double share = (p.lat_deg - low.lat_deg) / (high.lat_deg - low.lat_deg);
        if (p.lon_deg < low.lon_deg + share * (high.lon_deg - low.lon_deg)) odd = !odd;
    }
    return odd;
}

double signed_area_m2(const Ring& ring, const LocalPlane& plane) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PlanePoint a = plane.to_plane(ring[i]);
        const PlanePoint b = plane.to_plane(ring[i + 1 < ring.size() ? i + 1 : 0]);
        twice += a.x_m * b.y_m - b.x_m * a.y_m;
    }
    return 0.5 * twice;
}

}  // namespace

void BoundingBox::add(LonLat p) {
    low = {std::min(low.lon_deg, p.lon_deg), std::min(low.lat_deg, p.lat_deg)};
    high = {std::max(high.lon_deg, p.lon_deg), std::max(high.lat_deg, p.lat_deg)};
}

bool BoundingBox::contains(LonLat p) const {
    return p.lon_deg >= low.lon_deg && p.lon_deg <= high.lon_deg && p.lat_deg >= low.lat_deg &&
           p.lat_deg <= high.lat_deg;
}

BoundingBox bounding_box(const Polygon& polygon) {
    BoundingBox box;
    for (const LonLat p : polygon.outer)
        box.add(p);
    return box;
}

bool contains(const Polygon& polygon, LonLat p) {
    bool inside = crosses_odd(polygon.outer, p);
    for (const Ring& hole : polygon.holes)
        inside = inside != crosses_odd(hole, p);
    return inside;
}

bool contains(const std::vector<Polygon>& polygons, LonLat p) {
    return std::any_of(polygons.begin(), polygons.end(),
                       [&](const Polygon& polygon) { return contains(polygon, p); });
}

double area_m2(const Polygon& polygon) {
    const LocalPlane plane = LocalPlane::about(polygon.outer);
    double area = std::abs(signed_area_m2(polygon.outer, plane));
    for (const Ring& hole : polygon.holes)
        area -= std::abs(signed_area_m2(hole, plane));
    return area;
}

LonLat centroid(const Polygon& polygon) {
    const Ring& ring = polygon.outer;
    if (ring.empty()) return {};
    const LocalPlane plane(ring[0]);
    const double area = signed_area_m2(ring, plane);
    if (area == 0) return ring[0];
    PlanePoint sum{};
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PlanePoint a = plane.to_plane(ring[i]);
        const PlanePoint b = plane.to_plane(ring[i + 1 < ring.size() ? i + 1 : 0]);
        const double cross = a.x_m * b.y_m - b.x_m * a.y_m;
        sum.x_m += (a.x_m + b.x_m) * cross;
        sum.y_m += (a.y_m + b.y_m) * cross;
    }
    return plane.to_lon_lat({sum.x_m / (6 * area), sum.y_m / (6 * area)});
}

}  // namespace jiahe
