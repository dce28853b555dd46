// Polygons with holes on longitude and latitude: inside or not, area, middle, bounding box.
//
// Value types. A ring is closed by its first point, repeated at the end or not. Inside is decided
// by the even-odd rule over all rings, so a hole is simply another ring and rings that touch
// themselves do no harm; a point on an edge is inside for exactly one of two polygons that share
// the edge in the same coordinates. Areas are of the local plane about the polygon. Errors: none.
#pragma once

#include <vector>

#include "geo/lon_lat.h"

namespace jiahe {

using Ring = std::vector<LonLat>;

struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
};

struct BoundingBox {
    LonLat low{180, 90}, high{-180, -90};
    void add(LonLat p);
    bool contains(LonLat p) const;
    bool empty() const { return low.lon_deg > high.lon_deg; }
};

BoundingBox bounding_box(const Polygon& polygon);
bool contains(const Polygon& polygon, LonLat p);
bool contains(const std::vector<Polygon>& polygons, LonLat p);

// Outer ring less holes, whatever the sense of the rings.
double area_m2(const Polygon& polygon);
// Centre of area of the outer ring; the first point where it has no area.
LonLat centroid(const Polygon& polygon);

}  // namespace jiahe
