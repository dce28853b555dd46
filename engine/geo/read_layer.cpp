#include <fmt/format.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <cstdlib>
#include <optional>
#include <string_view>

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
        layer.crs_assumed = is_unknown(crs);
        if (layer.crs_assumed) return;
        OGRSpatialReference from(*crs);
        from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        OGRSpatialReference wgs84;
        wgs84.importFromEPSG(4326);
        wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        const bool is_wgs84 = from.IsSame(&wgs84) != 0;
        check_against_options(from, is_wgs84);
        if (is_wgs84) return;
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
    // GeoPackage has two systems that say nothing: "Undefined Cartesian" and "geographic".
    static bool is_unknown(const OGRSpatialReference* crs) {
        if (crs == nullptr) return true;
        const char* name = crs->GetName();
        return name != nullptr && std::string_view(name).starts_with("Undefined");
    }

    // A system that the user named must be the declared one, or a Chinese shift of WGS 84.
    void check_against_options(const OGRSpatialReference& declared, bool is_wgs84) const {
        const char* code = declared.GetAuthorityCode(nullptr);
        const int epsg = is_wgs84 ? 4326 : code == nullptr ? 0 : std::atoi(code);
        const bool fits = options_.crs.has_epsg() ? options_.crs.epsg() == epsg
                                                  : options_.crs.is_wgs84() || is_wgs84;
        if (fits) return;
        const std::string named = epsg == 0 ? declared.GetName() : fmt::format("EPSG:{}", epsg);
        throw InputError(
            InputFault{"E-GEO-011",
                       {layer_.source, 0, 0, "layer " + layer_.name},
                       fmt::format("the file says {}, not {}", named, options_.crs.name()),
                       "leave the coordinate system out"});
    }

    LonLat place(const OGRPoint& point, const Feature& feature) {
        double x = point.getX();
        double y = point.getY();
        bool good = !point.IsEmpty() && may_be_transformed(x, y);
        if (good && transform_) good = transform_->Transform(1, &x, &y) != 0;
        std::optional<LonLat> found;
        if (good && layer_.crs_assumed) found = options_.crs.to_wgs84(x, y);
        if (good && !layer_.crs_assumed && is_valid({x, y})) {
            found = to_wgs84({x, y}, options_.crs.datum());
        }
        if (++point_count_ > kMaxPoints) fail("E-GEO-005", feature, "too many points");
        if (!found) {
            fail("E-GEO-006", feature,
                 fmt::format("the coordinates ({}, {}) are no place on earth", point.getX(),
                             point.getY()));
        }
        return *found;
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

// SQLite lets any cell hold any type, and GDAL reads a word in a column of numbers as 0 and 1.5 in
// one of integers as 1: finds such cells first.
void check_cell_types(GDALDataset& dataset, OGRLayer& source, const VectorLayer& layer) {
    if (std::string_view(dataset.GetDriver()->GetDescription()) != "GPKG") return;
    const auto quoted = [](std::string name) {
        for (std::size_t at = 0; (at = name.find('"', at)) != std::string::npos; at += 2)
            name.insert(at, 1, '"');
        return '"' + name + '"';
    };
    const std::string id = source.GetFIDColumn()[0] == '\0' ? "rowid" : source.GetFIDColumn();
    for (const Field& field : layer.fields) {
        if (field.kind == FieldKind::kText) continue;
        const char* wanted = field.kind == FieldKind::kInteger ? "'integer'" : "'integer', 'real'";
        const std::string sql = fmt::format(
            "SELECT {} + 0 AS number, CAST({} AS TEXT) AS cell FROM {} WHERE typeof({}) NOT IN "
            "({}, "
            "'null') ORDER BY 1 LIMIT 1",
            quoted(id), quoted(field.name), quoted(layer.name), quoted(field.name), wanted);
        OGRLayer* found = dataset.ExecuteSQL(sql.c_str(), nullptr, nullptr);
        if (found == nullptr) continue;  // a type that SQL does not know; values are read as text
        const OGRFeatureUniquePtr row(found->GetNextFeature());
        InputFault fault{"E-GEO-009", {layer.source, 0, 0, ""}, "", ""};
        if (row) {
            fault.place.feature =
                fmt::format("layer {}, feature {}", layer.name, row->GetFieldAsString("number"));
            fault.message =
                fmt::format("field '{}' holds '{}'", field.name, row->GetFieldAsString("cell"));
            fault.hint =
                field.kind == FieldKind::kInteger ? "expected a whole number" : "expected a number";
        }
        dataset.ReleaseResultSet(found);
        if (row) throw InputError(fault);
    }
}

OGRLayer& find_layer(GDALDataset& dataset, const std::filesystem::path& path,
                     const std::string& wanted) {
    std::vector<std::string> names;
    for (OGRLayer* layer : dataset.GetLayers()) {
        names.emplace_back(layer->GetName());
        if (wanted.empty() || names.back() == wanted) return *layer;
    }
    const std::string near = did_you_mean(wanted, names);
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    if (list.empty()) list = "none";
    throw InputError(InputFault{"E-GEO-004",
                                {path.string(), 0, 0, ""},
                                fmt::format("no layer '{}'", wanted),
                                near.empty() ? "the file has " + list : near});
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
    check_cell_types(*dataset, source, layer);
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
