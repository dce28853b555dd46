#include "world/zone_layers.h"

#include <fmt/format.h>

#include "base/error.h"
#include "geo/polygon.h"
#include "geo/vector_layer.h"

namespace jiahe {
namespace {

constexpr double kMostPersons = 1e9;  // in one feature
constexpr double kReach_deg = 0.05;   // about 5 km from the network's box; A
constexpr double kLeastInside = 0.5;  // of the persons; A

InputError feature_fault(const char* code, const VectorLayer& layer, const Feature& feature,
                         std::string found, std::string expected) {
    return InputError(InputFault{
        code,
        {layer.source, 0, 0, fmt::format("layer {}, feature {}", layer.name, feature.id)},
        std::move(found),
        std::move(expected)});
}

// Where a feature's people are: its point, or the middle of its largest polygon.
std::optional<LonLat> place_of(const Feature& feature) {
    if (!feature.points.empty()) return feature.points[0];
    const Polygon* largest = nullptr;
    for (const Polygon& polygon : feature.polygons) {
        if (largest == nullptr || area_m2(polygon) > area_m2(*largest)) largest = &polygon;
    }
    return largest == nullptr ? std::nullopt : std::optional(centroid(*largest));
}

struct Counted {
    LonLat at;
    double number = 0;
};

std::vector<Counted> read_numbers(const LayerRequest& request) {
    const VectorLayer layer =
        read_layer(request.file, {.layer = request.layer, .crs = request.crs});
    const std::size_t column = layer.field(request.column);
    const bool is_table = layer.kind == GeometryKind::kNone && layer.has_field("lon");
    const std::size_t lon = is_table ? layer.field("lon") : 0;
    const std::size_t lat = is_table ? layer.field("lat") : 0;
    std::vector<Counted> rows;
    double sum = 0;
    for (const Feature& feature : layer.features) {
        const auto at =
            is_table ? request.crs.to_wgs84(layer.real(feature, lon), layer.real(feature, lat))
                     : place_of(feature);
        if (!at) {
            throw feature_fault("E-WLD-020", layer, feature, "no place on earth",
                                "expected a point, a polygon, or columns lon and lat");
        }
        const double number = layer.real(feature, column);
        if (!(number >= 0 && number <= kMostPersons)) {
            throw feature_fault("E-WLD-021", layer, feature,
                                fmt::format("column '{}' holds {}", request.column, number),
                                fmt::format("expected a number from 0 to {:.0f}", kMostPersons));
        }
        sum += number;
        rows.push_back({*at, number});
    }
    if (sum > 0) return rows;
    throw InputError(InputFault{
        "E-WLD-022",
        {layer.source, 0, 0, "layer " + layer.name},
        fmt::format("column '{}' sums to 0 in {} features", request.column, layer.features.size()),
        "expected at least one person or job"});
}

BoundingBox box_about(const RoadGraph& graph) {
    BoundingBox box;
    for (std::size_t n = 0; n < graph.node_count(); ++n)
        box.add({graph.node_lon_deg[n], graph.node_lat_deg[n]});
    box.low.lon_deg -= kReach_deg;
    box.low.lat_deg -= kReach_deg;
    box.high.lon_deg += kReach_deg;
    box.high.lat_deg += kReach_deg;
    return box;
}

// What lies at the network; a layer that mostly lies elsewhere is refused.
std::vector<Counted> near_network(std::vector<Counted> rows, const LayerRequest& request,
                                  const BoundingBox& box, std::vector<std::string>& notes) {
    double all = 0, inside = 0;
    const std::size_t count = rows.size();
    for (const Counted& row : rows) {
        all += row.number;
        if (box.contains(row.at)) inside += row.number;
    }
    std::erase_if(rows, [&](const Counted& row) { return !box.contains(row.at); });
    if (inside < kLeastInside * all) {
        throw InputError(InputFault{
            "E-WLD-023",
            {request.file.string(), 0, 0, ""},
            fmt::format("{:.0f} of {:.0f} lie at the network, which spans {:.3f} {:.3f} to "
                        "{:.3f} {:.3f}",
                        inside, all, box.low.lon_deg + kReach_deg, box.low.lat_deg + kReach_deg,
                        box.high.lon_deg - kReach_deg, box.high.lat_deg - kReach_deg),
            "is it the layer's coordinate system (crs)?"});
    }
    notes.push_back(fmt::format("layer {}: {:.0f} {} in {} of {} features",
                                request.file.filename().string(), inside, request.column,
                                rows.size(), count));
    return rows;
}

std::optional<LayerRequest> request_of(const scenario::Value& city, const std::string& name) {
    if (!city["layers"].has(name)) return std::nullopt;
    const scenario::Value value = city["layers"][name];
    return LayerRequest{value["file"].file(), value.has("layer") ? value["layer"].text() : "",
                        value.has("column") ? value["column"].text() : name, crs_of(value, city)};
}

}  // namespace

CoordinateSystem crs_of(const scenario::Value& value, const scenario::Value& city) {
    for (const scenario::Value& section : {value, city}) {
        if (section.has("crs"))
            return CoordinateSystem::of(section["crs"].text(), section["crs"].place());
    }
    return {};
}

ZoneLayers read_zone_layers(const scenario::Value& city) {
    const std::vector<std::string> known = {"residents", "jobs"};
    for (const scenario::Value& layer : city["layers"].items()) {
        if (layer.key() == known[0] || layer.key() == known[1]) continue;
        const std::string near = did_you_mean(layer.key(), known);
        throw InputError(layer.fault("E-WLD-024", fmt::format("no layer '{}' is read", layer.key()),
                                     near.empty() ? "known are residents and jobs" : near));
    }
    return {request_of(city, known[0]), request_of(city, known[1])};
}

std::vector<Zone> zones_of_layers(const ZoneLayers& layers, const RoadGraph& graph,
                                  const std::vector<Zone>& streets, double jobs_share,
                                  std::vector<std::string>& notes) {
    const BoundingBox box = box_about(graph);
    std::vector<Zone> zones;
    double residents = 0, street_jobs = 0;
    if (layers.residents) {
        for (const Counted& row :
             near_network(read_numbers(*layers.residents), *layers.residents, box, notes)) {
            residents += row.number;
            zones.push_back({row.at.lon_deg, row.at.lat_deg, row.number, 0, LandUse::kResidential});
        }
    }
    if (layers.jobs) {
        for (const Counted& row :
             near_network(read_numbers(*layers.jobs), *layers.jobs, box, notes))
            zones.push_back({row.at.lon_deg, row.at.lat_deg, 0, row.number, LandUse::kOffice});
    }
    for (const Zone& zone : streets)
        street_jobs += zone.jobs;
    for (Zone zone : streets) {
        if (layers.residents && layers.jobs) break;
        if (layers.residents) {
            zone.residents = 0;
            zone.jobs *= jobs_share * residents / street_jobs;
            zone.use = LandUse::kOffice;
        } else {
            zone.jobs = 0;
            zone.use = LandUse::kResidential;
        }
        zones.push_back(zone);
    }
    return zones;
}

}  // namespace jiahe
