// VectorWriter: a GeoPackage written row by row, for layers too large to hold (vector_layer.h
// reads, and writes polygons and other formats).
//
// Results time; one thread. A layer is a table with one geometry a row (point or line, degrees
// WGS 84) and columns of integers, numbers, texts or datetimes. A view is a layer that joins the
// rows of a table to the shapes of a layer, so that no shape is stored twice (GeoPackage spatial
// view; rows are numbered from 1 in the order of adding). Writing goes to a temporary file that is
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
// kDateTime: a text such as 2024-05-06T07:00:00Z.
enum class ColumnKind : std::uint8_t { kInteger, kReal, kText, kDateTime };

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

struct ViewSpec {
    std::string name;
    std::string table;   // without shapes
    std::string key;     // its column with the row number in `shapes`
    std::string shapes;  // layer that has the shapes
    std::vector<std::string> shape_columns, table_columns;
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
    // REQUIRES: its table and layer are written.
    void add_view(const ViewSpec& view);
    void finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jiahe
