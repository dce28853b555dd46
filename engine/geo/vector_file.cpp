#include "geo/vector_file.h"

#include <cpl_error.h>
#include <fmt/format.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "base/check.h"
#include "base/error.h"
#include "geo/gdal_access.h"

namespace jiahe {
namespace {

constexpr int kRowsPerTransaction = 50'000;

OGRwkbGeometryType geometry_type(ShapeKind shape) {
    switch (shape) {
        case ShapeKind::kNone:
            return wkbNone;
        case ShapeKind::kPoint:
            return wkbPoint;
        case ShapeKind::kLine:
            return wkbLineString;
    }
    check_failed("a known shape", __FILE__, __LINE__, "shape kind out of range");
}

OGRFieldType field_type(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::kInteger:
            return OFTInteger64;
        case ColumnKind::kReal:
            return OFTReal;
        case ColumnKind::kText:
            return OFTString;
        case ColumnKind::kDateTime:
            return OFTDateTime;
    }
    check_failed("a known column", __FILE__, __LINE__, "column kind out of range");
}

void set_cell(OGRFeatureH feature, int column, const Cell& cell) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        OGR_F_SetFieldInteger64(feature, column, *whole);
    } else if (const auto* real = std::get_if<double>(&cell)) {
        OGR_F_SetFieldDouble(feature, column, *real);
    } else {
        OGR_F_SetFieldString(feature, column, std::get<std::string>(cell).c_str());
    }
}

}  // namespace

struct VectorWriter::Impl {
    std::filesystem::path path, temporary;
    GDALDatasetH dataset = nullptr;
    OGRSpatialReferenceH crs = nullptr;
    OGRLayerH layer = nullptr;
    LayerSpec spec;
    int rows = 0;

    void execute(const std::string& sql) const {
        const QuietGdal quiet;
        GDALFlushCache(dataset);
        CPLErrorReset();
        OGRLayerH rows_of = GDALDatasetExecuteSQL(dataset, sql.c_str(), nullptr, nullptr);
        if (rows_of != nullptr) GDALDatasetReleaseResultSet(dataset, rows_of);
        if (CPLGetLastErrorType() == CE_Failure) {
            throw IoError(path.string() + ": " + CPLGetLastErrorMsg());
        }
    }
};

VectorWriter::VectorWriter(std::filesystem::path path) : impl_(std::make_unique<Impl>()) {
    prepare_gdal();
    const QuietGdal quiet;
    impl_->path = std::move(path);
    impl_->temporary = impl_->path.parent_path() / ("tmp-" + impl_->path.filename().string());
    std::error_code ignored;
    std::filesystem::remove(impl_->temporary, ignored);
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    if (driver != nullptr) {
        impl_->dataset =
            GDALCreate(driver, impl_->temporary.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    }
    if (impl_->dataset == nullptr) {
        throw IoError(impl_->path.string() + ": cannot be created; is there such a folder?");
    }
    impl_->crs = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(impl_->crs, 4326);
    OSRSetAxisMappingStrategy(impl_->crs, OAMS_TRADITIONAL_GIS_ORDER);
}

VectorWriter::~VectorWriter() {
    if (impl_->crs != nullptr) OSRRelease(impl_->crs);
    if (impl_->dataset == nullptr) return;
    GDALClose(impl_->dataset);
    std::error_code ignored;
    std::filesystem::remove(impl_->temporary, ignored);
}

void VectorWriter::begin_layer(const LayerSpec& spec) {
    const QuietGdal quiet;
    Impl& m = *impl_;
    if (m.rows > 0) GDALDatasetCommitTransaction(m.dataset);
    m.rows = 0;
    m.spec = spec;
    m.layer = GDALDatasetCreateLayer(m.dataset, spec.name.c_str(),
                                     spec.shape == ShapeKind::kNone ? nullptr : m.crs,
                                     geometry_type(spec.shape), nullptr);
    if (m.layer == nullptr) throw IoError(m.path.string() + ": cannot create layer " + spec.name);
    for (const Column& column : spec.columns) {
        OGRFieldDefnH field = OGR_Fld_Create(column.name.c_str(), field_type(column.kind));
        const OGRErr status = OGR_L_CreateField(m.layer, field, 1);
        OGR_Fld_Destroy(field);
        if (status != OGRERR_NONE) {
            throw IoError(m.path.string() + ": cannot create column " + column.name);
        }
    }
}

void VectorWriter::add(const std::vector<LonLat>& shape, const std::vector<Cell>& cells) {
    Impl& m = *impl_;
    JIAHE_CHECK(m.layer != nullptr && cells.size() == m.spec.columns.size(), "one cell a column");
    if (m.rows % kRowsPerTransaction == 0) {
        if (m.rows > 0) GDALDatasetCommitTransaction(m.dataset);
        GDALDatasetStartTransaction(m.dataset, FALSE);
    }
    ++m.rows;
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(m.layer));
    for (std::size_t c = 0; c < cells.size(); ++c)
        set_cell(feature, static_cast<int>(c), cells[c]);
    if (m.spec.shape != ShapeKind::kNone) {
        OGRGeometryH geometry = OGR_G_CreateGeometry(geometry_type(m.spec.shape));
        for (const LonLat& p : shape)
            OGR_G_AddPoint_2D(geometry, p.lon_deg, p.lat_deg);
        OGR_F_SetGeometryDirectly(feature, geometry);
    }
    const OGRErr status = OGR_L_CreateFeature(m.layer, feature);
    OGR_F_Destroy(feature);
    if (status != OGRERR_NONE) throw IoError(m.path.string() + ": cannot write a feature");
}

void VectorWriter::add_view(const ViewSpec& view) {
    Impl& m = *impl_;
    if (m.rows > 0) GDALDatasetCommitTransaction(m.dataset);
    m.rows = 0;
    m.layer = nullptr;
    std::string columns;
    for (const std::string& name : view.shape_columns)
        columns += fmt::format(", s.\"{0}\" AS \"{0}\"", name);
    for (const std::string& name : view.table_columns)
        columns += fmt::format(", t.\"{0}\" AS \"{0}\"", name);
    m.execute(fmt::format(
        R"(CREATE VIEW "{}" AS SELECT t.fid AS OGC_FID, s.geom AS geom{} FROM "{}" t JOIN "{}" s ON s.fid = t."{}")",
        view.name, columns, view.table, view.shapes, view.key));
    m.execute(fmt::format(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, min_x, min_y, "
        "max_x, max_y, srs_id) SELECT '{0}', 'features', '{0}', last_change, min_x, min_y, max_x, "
        "max_y, srs_id FROM gpkg_contents WHERE table_name = '{1}'",
        view.name, view.shapes));
    m.execute(fmt::format(
        "INSERT INTO gpkg_geometry_columns SELECT '{}', 'geom', geometry_type_name, srs_id, z, m "
        "FROM gpkg_geometry_columns WHERE table_name = '{}'",
        view.name, view.shapes));
}

void VectorWriter::finish() {
    const QuietGdal quiet;
    Impl& m = *impl_;
    if (m.rows > 0) GDALDatasetCommitTransaction(m.dataset);
    GDALClose(m.dataset);
    m.dataset = nullptr;
    std::error_code error;
    std::filesystem::rename(m.temporary, m.path, error);
    if (error) throw IoError(m.path.string() + ": " + error.message());
}

}  // namespace jiahe
