// VectorFile: GeoPackage layers out and in, through GDAL; no GDAL type in this header.
//
// Load and results time; one thread. A layer is a table with one geometry a row (point or line,
// degrees WGS 84) and columns of integers, numbers or texts. Writing goes to a temporary file that
// is renamed when whole. Reading opens GeoPackages only (allowed-driver list), never a name that
// GDAL would take for a service, a /vsi path or a prefix.
// Errors: InputError E-GEO-001 (not a GeoPackage), E-GEO-002 (no such layer or column), with layer
// and feature; IoError.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "geo/lon_lat.h"

namespace jiahe {

enum class ShapeKind : std::uint8_t { kNone, kPoint, kLine };
enum class ColumnKind : std::uint8_t { kInteger, kReal, kText };

struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::kInteger;
};

using Cell = std::variant<std::int64_t, double, std::string>;

struct LayerSpec {
    std::string name;
    ShapeKind shape = ShapeKind::kPoint;
    std::vector<Column> columns;
};

class VectorWriter {
  public:
    explicit VectorWriter(std::filesystem::path path);
    ~VectorWriter();
    VectorWriter(const VectorWriter&) = delete;
    VectorWriter& operator=(const VectorWriter&) = delete;
    void begin_layer(const LayerSpec& spec);
    // REQUIRES: a layer is begun; one cell a column of its kind.
    void add(const std::vector<LonLat>& shape, const std::vector<Cell>& cells);
    void finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct Feature {
    std::vector<LonLat> shape;
    std::vector<Cell> cells;  // as the columns asked for
};

// Rows in the file's order. `columns` must exist with these kinds.
std::vector<Feature> read_layer(const std::filesystem::path& path, const LayerSpec& spec);

}  // namespace jiahe
