#include <fmt/format.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <cmath>

#include "base/error.h"
#include "geo/gdal_access.h"
#include "geo/vector_layer.h"

namespace jiahe {

namespace {

constexpr std::size_t kMaxPoints = 500'000'000;

FieldKind kind_of(OGRFieldType type) {
    if (type == OFTInteger || type == OFTInteger64) return FieldKind::kInteger;
    return type == OFTReal ? FieldKind::kReal : FieldKind::kText;
}

GeometryKind kind_of_geometry(OGRwkbGeometryType type) {
    switch (static_cast<int>(wkbFlatten(type))) {
        case wkbPoint:
        case wkbMultiPoint:
            return GeometryKind::kPoint;
        case wkbLineString:
        case wkbMultiLineString:
            return GeometryKind::kLine;
        case wkbPolygon:
        case wkbMultiPolygon:
            return GeometryKind::kPolygon;
        default:
            return GeometryKind::kNone;
    }
}

// Copies geometries into features, transformed to WGS 84.
class GeometryReader {
  public:
    GeometryReader(VectorLayer& layer, const ReadLayerOptions& options, OGRLayer& source)
        : layer_(layer), options_(options) {
        const OGRSpatialReference* crs = source.GetSpatialRef();
        layer.crs_assumed = crs == nullptr;
        if (crs == nullptr) return;
        OGRSpatialReference from(*crs);
        from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        OGRSpatialReference wgs84;
        wgs84.importFromEPSG(4326);
        wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        if (from.IsSame(&wgs84) != 0) return;
        transform_.reset(OGRCreateCoordinateTransformation(&from, &wgs84));
        if (transform_) return;
        throw InputError(InputFault{"E-GEO-007",
                                    {layer.source, 0, 0, "layer " + layer.name},
                                    "the reference system cannot be transformed to WGS 84",
                                    "give the layer an EPSG code"});
    }

    void read(const OGRGeometry& geometry, Feature& feature) {
        switch (static_cast<int>(wkbFlatten(geometry.getGeometryType()))) {
            case wkbPoint:
                feature.points.push_back(place(*geometry.toPoint(), feature));
                break;
            case wkbLineString:
                feature.lines.push_back(line(*geometry.toLineString(), feature));
                break;
            case wkbPolygon:
                feature.polygons.push_back(polygon(*geometry.toPolygon(), feature));
                break;
            case wkbMultiPoint:
            case wkbMultiLineString:
            case wkbMultiPolygon:
            case wkbGeometryCollection:
                for (const OGRGeometry* part : *geometry.toGeometryCollection()) {
                    read(*part, feature);
                }
                break;
            default: {  // curves and the like, as lines
                const std::unique_ptr<OGRGeometry> plain(geometry.getLinearGeometry());
                const auto type = wkbFlatten(plain->getGeometryType());
                if (type == wkbPoint || type == wkbLineString || type == wkbPolygon ||
                    OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
                    read(*plain, feature);
                }
            }
        }
    }

  private:
    LonLat place(const OGRPoint& point, const Feature& feature) {
        double x = point.getX();
        double y = point.getY();
        bool good = !point.IsEmpty() && std::isfinite(x) && std::isfinite(y);
        if (good && transform_) good = transform_->Transform(1, &x, &y) != 0;
        if (good) good = is_valid({x, y});
        if (++point_count_ > kMaxPoints) fail("E-GEO-005", feature, "too many points");
        if (!good) {
            fail("E-GEO-006", feature,
                 fmt::format("the coordinates ({}, {}) are no place on earth", point.getX(),
                             point.getY()));
        }
        return to_wgs84({x, y}, options_.datum);
    }

    std::vector<LonLat> line(const OGRSimpleCurve& curve, const Feature& feature) {
        std::vector<LonLat> points;
        for (const OGRPoint& point : curve)
            points.push_back(place(point, feature));
        return points;
    }

    Polygon polygon(const OGRPolygon& source, const Feature& feature) {
        Polygon result;
        if (source.getExteriorRing() != nullptr) {
            result.outer = line(*source.getExteriorRing(), feature);
        }
        for (int i = 0; i < source.getNumInteriorRings(); ++i) {
            result.holes.push_back(line(*source.getInteriorRing(i), feature));
        }
        return result;
    }

    [[noreturn]] void fail(const char* code, const Feature& feature, std::string what) const {
        throw InputError(InputFault{
            code,
            {layer_.source, 0, 0, fmt::format("layer {}, feature {}", layer_.name, feature.id)},
            std::move(what),
            "longitude -180..180 and latitude -90..90 degrees are expected"});
    }

    VectorLayer& layer_;
    const ReadLayerOptions& options_;
    std::unique_ptr<OGRCoordinateTransformation> transform_;
    std::size_t point_count_ = 0;
};

FieldValue value_of(const OGRFeature& source, int index, FieldKind kind) {
    if (!source.IsFieldSetAndNotNull(index)) return std::monostate{};
    switch (kind) {
        case FieldKind::kInteger:
            return static_cast<std::int64_t>(source.GetFieldAsInteger64(index));
        case FieldKind::kReal:
            return source.GetFieldAsDouble(index);
        case FieldKind::kText:
            return std::string(source.GetFieldAsString(index));
    }
    return std::monostate{};
}

OGRLayer& find_layer(GDALDataset& dataset, const std::filesystem::path& path,
                     const std::string& wanted) {
    std::vector<std::string> names;
    for (OGRLayer* layer : dataset.GetLayers()) {
        names.emplace_back(layer->GetName());
        if (wanted.empty() || names.back() == wanted) return *layer;
    }
    throw InputError(InputFault{"E-GEO-004",
                                {path.string(), 0, 0, ""},
                                fmt::format("no layer '{}' among {}", wanted, names.size()),
                                did_you_mean(wanted, names)});
}

void check_size(const VectorLayer& layer, std::size_t count, const ReadLayerOptions& options) {
    if (count <= options.max_features) return;
    throw InputError(InputFault{"E-GEO-005",
                                {layer.source, 0, 0, "layer " + layer.name},
                                fmt::format("more than {} features", options.max_features),
                                "cut the layer to the city"});
}

}  // namespace

VectorLayer read_layer(const std::filesystem::path& path, const ReadLayerOptions& options) {
    const DatasetPtr dataset = open_for_reading(path);
    const QuietGdal quiet;
    OGRLayer& source = find_layer(*dataset, path, options.layer);
    VectorLayer layer;
    layer.name = source.GetName();
    layer.source = path.string();
    layer.kind = kind_of_geometry(source.GetGeomType());
    const OGRFeatureDefn& definition = *source.GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
        const OGRFieldDefn& field = *definition.GetFieldDefn(i);
        layer.add_field(field.GetNameRef(), kind_of(field.GetType()));
    }
    const GIntBig announced = source.GetFeatureCount(FALSE);  // -1 where it is not known cheaply
    if (announced > 0) check_size(layer, static_cast<std::size_t>(announced), options);
    GeometryReader geometries(layer, options, source);
    source.ResetReading();
    while (const OGRFeatureUniquePtr row{source.GetNextFeature()}) {
        check_size(layer, layer.features.size() + 1, options);
        Feature feature;
        feature.id = row->GetFID();
        if (const OGRGeometry* geometry = row->GetGeometryRef();
            geometry != nullptr && !geometry->IsEmpty()) {
            geometries.read(*geometry, feature);
        }
        for (std::size_t i = 0; i < layer.fields.size(); ++i) {
            feature.values.push_back(value_of(*row, static_cast<int>(i), layer.fields[i].kind));
        }
        layer.features.push_back(std::move(feature));
    }
    if (CPLGetLastErrorType() >= CE_Failure) {
        throw InputError(InputFault{"E-GEO-003",
                                    {layer.source, 0, 0, "layer " + layer.name},
                                    "the file is damaged",
                                    quiet.text()});
    }
    return layer;
}

std::vector<std::string> layer_names(const std::filesystem::path& path) {
    const DatasetPtr dataset = open_for_reading(path);
    std::vector<std::string> names;
    for (OGRLayer* layer : dataset->GetLayers())
        names.emplace_back(layer->GetName());
    return names;
}

}  // namespace jiahe
