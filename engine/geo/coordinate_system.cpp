#include "geo/coordinate_system.h"

#include <fmt/format.h>
#include <ogr_spatialref.h>

#include <charconv>
#include <cmath>

#include "geo/gdal_access.h"

namespace jiahe {

namespace {

constexpr int kWgs84Epsg = 4326;
constexpr const char* kExpected = "expected EPSG:n, wgs84, gcj02 or bd09";

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return result;
}

[[noreturn]] void refuse(std::string_view text, const Place& place, const std::string& hint) {
    throw InputError(
        InputFault{"E-GEO-010", place, fmt::format("'{}' is no coordinate system", text), hint});
}

}  // namespace

struct CoordinateSystem::Transform {
    std::unique_ptr<OGRCoordinateTransformation> to_wgs84;
};

CoordinateSystem CoordinateSystem::of(std::string_view text, const Place& place) {
    const std::string word = lower(text);
    CoordinateSystem system;
    if (word == "wgs84") return system;
    if (word == "gcj02" || word == "bd09") {
        system.datum_ = word == "gcj02" ? Datum::kGcj02 : Datum::kBd09;
        return system;
    }
    const std::string near = nearest_name(word, {"wgs84", "gcj02", "bd09", "epsg:4326"});
    if (!word.starts_with("epsg:")) {
        refuse(text, place, near.empty() ? kExpected : fmt::format("did you mean '{}'?", near));
    }
    const char* const last = word.data() + word.size();
    const auto [end, error] = std::from_chars(word.data() + 5, last, system.epsg_);
    if (error != std::errc() || end != last || system.epsg_ < 1024 || system.epsg_ > 32767) {
        refuse(text, place, "EPSG codes are whole numbers from 1024 to 32767");
    }
    if (system.epsg_ == kWgs84Epsg) return system;
    prepare_gdal();
    const QuietGdal quiet;
    OGRSpatialReference from;
    if (from.importFromEPSG(system.epsg_) != OGRERR_NONE) {
        refuse(text, place, "the EPSG register has no such code");
    }
    if (from.IsGeographic() == 0 && from.IsProjected() == 0) {
        refuse(text, place, "expected a system of longitude and latitude or of a map's plane");
    }
    from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(kWgs84Epsg);
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    system.transform_ = std::make_shared<Transform>();
    system.transform_->to_wgs84.reset(OGRCreateCoordinateTransformation(&from, &wgs84));
    if (!system.transform_->to_wgs84) {
        refuse(text, place, "it cannot be transformed to WGS 84");
    }
    return system;
}

std::optional<LonLat> CoordinateSystem::to_wgs84(double x, double y) const {
    if (!may_be_transformed(x, y)) return std::nullopt;
    if (transform_) {
        const QuietGdal quiet;
        if (transform_->to_wgs84->Transform(1, &x, &y) == 0) return std::nullopt;
    }
    if (!is_valid({x, y})) return std::nullopt;
    const LonLat place = jiahe::to_wgs84({x, y}, datum_);
    return is_valid(place) ? std::optional(place) : std::nullopt;
}

std::string CoordinateSystem::name() const {
    if (epsg_ != 0) return fmt::format("EPSG:{}", epsg_);
    if (datum_ == Datum::kGcj02) return "gcj02";
    return datum_ == Datum::kBd09 ? "bd09" : "wgs84";
}

CoordinateSystem CoordinateSystem::beside_declared(int declared, const Place& place) const {
    if (declared == 0 || declared == epsg_) return *this;
    if (epsg_ == 0 && datum_ == Datum::kWgs84) return of(fmt::format("EPSG:{}", declared), place);
    if (epsg_ == 0 && declared == kWgs84Epsg) return *this;
    throw InputError(InputFault{"E-GEO-011", place,
                                fmt::format("the file says EPSG:{}, not {}", declared, name()),
                                "leave the coordinate system out"});
}

}  // namespace jiahe
