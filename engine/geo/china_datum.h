// The datums of Chinese maps: WGS 84, GCJ-02 (national offset) and BD-09 (Baidu's on top of it).
//
// Pure functions. The offset formulas are the ones publicly known since 2010 (used, for instance,
// by the library eviltransform); there is no official publication. Inside China they give GCJ-02
// within about 2 m (A). Outside the box 72.004..137.8347 E, 0.8293..55.8271 N GCJ-02 equals WGS 84.
// The way back to WGS 84 has no closed form: it is solved by fixed-point iteration on the forward
// formula to 1e-9 degrees (0.1 mm).
// Units: degrees. Errors: none.
#pragma once

#include <cstdint>

#include "geo/lon_lat.h"

namespace jiahe {

enum class Datum : std::uint8_t { kWgs84, kGcj02, kBd09 };

LonLat wgs84_to_gcj02(LonLat wgs84);
LonLat gcj02_to_wgs84(LonLat gcj02);
LonLat gcj02_to_bd09(LonLat gcj02);
LonLat bd09_to_gcj02(LonLat bd09);

LonLat to_wgs84(LonLat position, Datum datum);
LonLat from_wgs84(LonLat position, Datum datum);

}  // namespace jiahe
