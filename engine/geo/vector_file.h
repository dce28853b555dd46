// VectorWriter: a GeoPackage written row by row, for layers too large to hold (vector_layer.h
// reads, and writes polygons and other formats).
//
// Results time; one thread. A layer is a table with one geometry a row (point or line, degrees
// WGS 84) and columns of integers, numbers or texts. Writing goes to a temporary file that is
// renamed when whole; an unfinished one is removed. No GDAL type in this header. Errors: IoError.
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

}  // namespace jiahe
