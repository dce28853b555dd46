// CoordinateSystem: what the two numbers of a place mean where its file does not say.
//
// Load time; a value that is cheap to copy. Written by users as EPSG:n (easting or longitude
// first), wgs84, gcj02 or bd09 (china_datum.h). GDAL's transformation stays inside the source.
// Invariants: 1. a default one is WGS 84 and changes nothing; 2. to_wgs84 gives places on earth
// only. One object must not be used by two threads at once. Errors: InputError E-GEO-010 (no such
// system, or one of height or of the earth's centre), E-GEO-011 (the file says another one).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "geo/china_datum.h"
#include "geo/lon_lat.h"

namespace jiahe {

class CoordinateSystem {
  public:
    CoordinateSystem() = default;
    // `place` is where the text was written: the option or the scenario's line.
    static CoordinateSystem of(std::string_view text, const Place& place);

    bool is_wgs84() const { return datum_ == Datum::kWgs84 && !transform_; }
    bool has_epsg() const { return epsg_ != 0; }
    int epsg() const { return epsg_; }  // 0 for the Chinese datums and the default
    Datum datum() const { return datum_; }
    // None where the coordinates are no place on earth.
    std::optional<LonLat> to_wgs84(double x, double y) const;
    // "EPSG:32650", "gcj02"; "wgs84" for the default.
    std::string name() const;

    // The system of a file that declares EPSG:`declared` (0: nothing) where the user says this one:
    // a Chinese datum shifts longitudes and latitudes that claim to be WGS 84; another EPSG code
    // than the declared one is refused at `place`.
    CoordinateSystem beside_declared(int declared, const Place& place) const;

  private:
    struct Transform;
    Datum datum_ = Datum::kWgs84;
    int epsg_ = 0;
    std::shared_ptr<Transform> transform_;
};

}  // namespace jiahe
