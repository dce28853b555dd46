#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include "base/error.h"
#include "geo/gdal_access.h"
#include "geo/vector_layer.h"

namespace jiahe {

namespace {

OGRFieldType type_of(FieldKind kind) {
    switch (kind) {
        case FieldKind::kInteger:
            return OFTInteger64;
        case FieldKind::kReal:
            return OFTReal;
        case FieldKind::kText:
            return OFTString;
    }
    return OFTString;
}

// Multi types where any feature has several parts.
OGRwkbGeometryType geometry_type(const VectorLayer& layer) {
    bool multi = false;
    for (const Feature& feature : layer.features) {
        multi = multi || feature.points.size() + feature.lines.size() + feature.polygons.size() > 1;
    }
    switch (layer.kind) {
        case GeometryKind::kNone:
            return wkbNone;
        case GeometryKind::kPoint:
            return multi ? wkbMultiPoint : wkbPoint;
        case GeometryKind::kLine:
            return multi ? wkbMultiLineString : wkbLineString;
        case GeometryKind::kPolygon:
            return multi ? wkbMultiPolygon : wkbPolygon;
    }
    return wkbNone;
}

void fill(OGRSimpleCurve& curve, const std::vector<LonLat>& points, bool close) {
    for (const LonLat p : points)
        curve.addPoint(p.lon_deg, p.lat_deg);
    if (close) curve.closeRings();
}

std::unique_ptr<OGRPolygon> polygon_of(const Polygon& polygon) {
    auto result = std::make_unique<OGRPolygon>();
    OGRLinearRing ring;
    fill(ring, polygon.outer, true);
    result->addRing(&ring);
    for (const Ring& hole : polygon.holes) {
        OGRLinearRing inner;
        fill(inner, hole, true);
        result->addRing(&inner);
    }
    return result;
}

std::vector<std::unique_ptr<OGRGeometry>> parts_of(const Feature& feature) {
    std::vector<std::unique_ptr<OGRGeometry>> parts;
    for (const LonLat p : feature.points) {
        parts.push_back(std::make_unique<OGRPoint>(p.lon_deg, p.lat_deg));
    }
    for (const auto& points : feature.lines) {
        auto line = std::make_unique<OGRLineString>();
        fill(*line, points, false);
        parts.push_back(std::move(line));
    }
    for (const Polygon& polygon : feature.polygons)
        parts.push_back(polygon_of(polygon));
    return parts;
}

void set_geometry(OGRFeature& row, const Feature& feature, OGRwkbGeometryType type) {
    auto parts = parts_of(feature);
    if (parts.empty()) return;
    if (parts.size() == 1 && !OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
        row.SetGeometryDirectly(parts[0].release());
        return;
    }
    const std::unique_ptr<OGRGeometry> whole(OGRGeometryFactory::createGeometry(type));
    for (const auto& part : parts)
        whole->toGeometryCollection()->addGeometry(part.get());
    row.SetGeometry(whole.get());
}

void set_value(OGRFeature& row, int index, const FieldValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        row.SetField(index, static_cast<GIntBig>(*whole));
    } else if (const auto* number = std::get_if<double>(&value)) {
        row.SetField(index, *number);
    } else if (const auto* words = std::get_if<std::string>(&value)) {
        row.SetField(index, words->c_str());
    } else {
        row.SetFieldNull(index);
    }
}

[[noreturn]] void fail(const std::filesystem::path& path, const QuietGdal& quiet) {
    throw IoError(fmt::format("{}: cannot be written: {}", path.string(), quiet.text()));
}

void write_layer(GDALDataset& dataset, const VectorLayer& layer, OGRSpatialReference& wgs84,
                 const std::filesystem::path& path, const QuietGdal& quiet) {
    const OGRwkbGeometryType type = geometry_type(layer);
    CPLStringList options;
    if (std::string_view(dataset.GetDriver()->GetDescription()) == "GeoJSON") {
        options.SetNameValue("COORDINATE_PRECISION", "15");
    }
    OGRLayer* target = dataset.CreateLayer(layer.name.c_str(), type == wkbNone ? nullptr : &wgs84,
                                           type, options.List());
    if (target == nullptr) fail(path, quiet);
    for (const Field& field : layer.fields) {
        OGRFieldDefn definition(field.name.c_str(), type_of(field.kind));
        if (target->CreateField(&definition) != OGRERR_NONE) fail(path, quiet);
    }
    for (const Feature& feature : layer.features) {
        const OGRFeatureUniquePtr row(OGRFeature::CreateFeature(target->GetLayerDefn()));
        set_geometry(*row, feature, type);
        for (std::size_t i = 0; i < feature.values.size(); ++i) {
            set_value(*row, static_cast<int>(i), feature.values[i]);
        }
        if (target->CreateFeature(row.get()) != OGRERR_NONE) fail(path, quiet);
    }
}

}  // namespace

void write_layers(const std::filesystem::path& path, const std::vector<VectorLayer>& layers) {
    prepare_gdal();
    const std::string driver_name = driver_for(path);
    if (driver_name == "ESRI Shapefile") {  // several files, names of ten letters
        throw InputError(InputFault{"E-GEO-002",
                                    {path.string(), 0, 0, ""},
                                    "shapefiles are read but not written",
                                    "use .gpkg"});
    }
    std::filesystem::path temporary = path;
    temporary.replace_filename("unfinished." + path.filename().string());
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    const QuietGdal quiet;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name.c_str());
    DatasetPtr dataset(driver->Create(temporary.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) fail(path, quiet);
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    const bool transaction = dataset->StartTransaction() == OGRERR_NONE;
    for (const VectorLayer& layer : layers)
        write_layer(*dataset, layer, wgs84, path, quiet);
    if (transaction && dataset->CommitTransaction() != OGRERR_NONE) fail(path, quiet);
    dataset.reset();  // writes the rest
    if (CPLGetLastErrorType() >= CE_Failure) fail(path, quiet);
    std::error_code error;
    std::filesystem::rename(temporary, path, error);
    if (error) throw IoError(fmt::format("{}: {}", path.string(), error.message()));
}

}  // namespace jiahe
