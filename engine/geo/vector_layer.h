// Vector layers in and out: points, lines, polygons or plain rows, with attributes, in WGS 84.
//
// Load time and results. Formats by extension: .gpkg, .geojson, .json, .shp, .fgb, .csv. Reading
// gives longitude and latitude whatever the file's reference system; a file without one is taken as
// WGS 84, or as the options say (crs_assumed). Hardened: only these drivers exist in the process,
// the one that opens must fit the extension, the path is made canonical and must be a regular file
// of at most 4 GiB; names beginning with /vsi, URLs and PREFIX:... never reach the library; sizes
// are checked before reading. Shapes: a feature's geometry holds parts; values has one entry for
// each field. Invariants: 1. coordinates read are finite and in range; 2. features keep the file's
// order. Errors: InputError E-GEO-001 path, 002 kind of file, 003 not readable, 004 no such layer,
// 005 too large, 006 coordinates, 007 reference system, 008 no such field, 009 a field's value, 010
// and 011 coordinate_system.h; IoError where writing fails.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "geo/coordinate_system.h"
#include "geo/lon_lat.h"
#include "geo/polygon.h"

namespace jiahe {

enum class GeometryKind : std::uint8_t { kNone, kPoint, kLine, kPolygon };
enum class FieldKind : std::uint8_t { kInteger, kReal, kText };

// monostate = no value. Integers of 64 bits.
using FieldValue = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Field {
    std::string name;
    FieldKind kind = FieldKind::kText;
};

struct Feature {
    std::int64_t id = 0;  // the file's own number
    std::vector<LonLat> points;
    std::vector<std::vector<LonLat>> lines;
    std::vector<Polygon> polygons;
    std::vector<FieldValue> values;
};

struct VectorLayer {
    std::string name;
    GeometryKind kind = GeometryKind::kNone;
    std::vector<Field> fields;
    std::vector<Feature> features;
    std::string source;  // file, for error messages
    bool crs_assumed = false;

    // Index of a field; InputError E-GEO-008 with the nearest name where there is none.
    std::size_t field(std::string_view field_name) const;
    bool has_field(std::string_view field_name) const;
    // A feature's value as a number or text; InputError E-GEO-009 naming feature and field.
    std::int64_t integer(const Feature& feature, std::size_t field_index) const;
    double real(const Feature& feature, std::size_t field_index) const;
    std::string text(const Feature& feature, std::size_t field_index) const;
    void add_field(std::string field_name, FieldKind field_kind) {
        fields.push_back({std::move(field_name), field_kind});
    }
};

struct ReadLayerOptions {
    std::string layer = {};     // empty: the only or first one
    CoordinateSystem crs = {};  // of a file that does not say; a Chinese datum also where it says
                                // WGS 84 but means another
    std::size_t max_features = 20'000'000;
};

VectorLayer read_layer(const std::filesystem::path& path, const ReadLayerOptions& options = {});

// Names of the layers in a file, in its order.
std::vector<std::string> layer_names(const std::filesystem::path& path);

// Writes all layers into one new file (only .gpkg takes more than one; .shp is refused) under a
// temporary name, then renames it. Coordinates are written in full precision; GeoPackage timestamps
// are fixed.
void write_layers(const std::filesystem::path& path, const std::vector<VectorLayer>& layers);

}  // namespace jiahe
