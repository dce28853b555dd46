#include "city/layers_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "geo/vector_file.h"

namespace jiahe::city {
namespace {

struct Hour {
    std::int64_t count = 0;
    std::int64_t duration_ms = 0;
};

int hour_of(SimTime start, SimTime since_start) {
    return static_cast<int>((start + since_start).us / hours(1).us);
}

void write_links(VectorWriter& writer, const City& city, const results::SlotBins& bins,
                 SimTime start) {
    const int first = hour_of(start, {0});
    const int last =
        hour_of(start, bins.bin_width() * static_cast<std::int64_t>(bins.bin_count() - 1));
    LayerSpec spec{"links",
                   ShapeKind::kLine,
                   {{"link_id", ColumnKind::kInteger},
                    {"road_class", ColumnKind::kText},
                    {"length_m", ColumnKind::kReal},
                    {"free_speed_kmh", ColumnKind::kReal}}};
    for (int h = first; h <= last; ++h) {
        spec.columns.push_back({fmt::format("flow_{:02d}_vph", h), ColumnKind::kInteger});
        spec.columns.push_back({fmt::format("speed_{:02d}_kmh", h), ColumnKind::kReal});
    }
    writer.begin_layer(spec);
    const RoadGraph& graph = city.graph();
    std::vector<Hour> hour(static_cast<std::size_t>(last - first + 1));
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        std::fill(hour.begin(), hour.end(), Hour{});
        for (std::size_t b = 0; b < bins.bin_count(); ++b) {
            Hour& h = hour[static_cast<std::size_t>(
                hour_of(start, bins.bin_width() * static_cast<std::int64_t>(b)) - first)];
            h.count += bins.counts()[b * bins.slot_count() + l];
            h.duration_ms += bins.duration_sums_ms()[b * bins.slot_count() + l];
        }
        std::vector<Cell> cells = {graph.link_external_id[l],
                                   std::string(to_string(graph.link_class[l])),
                                   graph.link_length_m[l], graph.link_free_speed_mps[l] * 3.6};
        for (const Hour& h : hour) {
            cells.emplace_back(h.count);
            const double mean_s = h.count > 0 ? static_cast<double>(h.duration_ms) * 1e-3 /
                                                    static_cast<double>(h.count)
                                              : 0;
            cells.emplace_back(mean_s > 0 ? graph.link_length_m[l] / mean_s * 3.6 : 0.0);
        }
        const std::size_t a = graph.link_from[l].index(), z = graph.link_to[l].index();
        std::vector<LonLat> shape = {{graph.node_lon_deg[a], graph.node_lat_deg[a]}};
        for (const auto& [lon, lat] : graph.link_shape[l])
            shape.push_back({lon, lat});
        shape.push_back({graph.node_lon_deg[z], graph.node_lat_deg[z]});
        writer.add(shape, cells);
    }
}

void write_plaza_hours(VectorWriter& writer, const City& city,
                       const tolling::TollingSystem& tolling, SimTime start,
                       const std::string& date) {
    writer.begin_layer({"plaza_hours",
                        ShapeKind::kPoint,
                        {{"name", ColumnKind::kText},
                         {"start", ColumnKind::kText},
                         {"end", ColumnKind::kText},
                         {"passages", ColumnKind::kInteger},
                         {"mean_delay_s", ColumnKind::kReal}}});
    for (std::uint32_t p = 0; p < tolling.plaza_count(); ++p) {
        std::map<int, Hour> hour;
        const auto bins = tolling.delay_bins(p);
        for (std::size_t b = 0; b < bins.size(); ++b) {
            Hour& h = hour[hour_of(start, tolling.options().bin * static_cast<std::int64_t>(b))];
            h.count += bins[b].count;
            h.duration_ms += bins[b].delay_us / 1000;
        }
        const PlazaSite& site = city.sites().plazas[p];
        for (const auto& [h, sum] : hour) {
            if (h >= 24) continue;  // beyond the date that the file names
            const double mean_s = sum.count > 0 ? static_cast<double>(sum.duration_ms) * 1e-3 /
                                                      static_cast<double>(sum.count)
                                                : 0;
            writer.add({{site.lon_deg, site.lat_deg}},
                       {site.name, fmt::format("{}T{:02d}:00:00", date, h),
                        fmt::format("{}T{:02d}:59:59", date, h), sum.count, mean_s});
        }
    }
}

}  // namespace

void write_layers_gpkg(const std::string& path, const City& city, const results::SlotBins& bins,
                       const tolling::TollingSystem& tolling, SimTime start,
                       const std::string& date) {
    VectorWriter writer(path);
    write_links(writer, city, bins, start);
    write_plaza_hours(writer, city, tolling, start, date);
    writer.begin_layer(
        {"hubs", ShapeKind::kPoint, {{"name", ColumnKind::kText}, {"vans", ColumnKind::kInteger}}});
    for (const HubSite& hub : city.sites().hubs) {
        writer.add({{hub.lon_deg, hub.lat_deg}}, {hub.name, static_cast<std::int64_t>(hub.vans)});
    }
    writer.begin_layer(
        {"cells", ShapeKind::kPoint, {{"name", ColumnKind::kText}, {"weight", ColumnKind::kReal}}});
    for (const CellSite& cell : city.sites().cells) {
        writer.add({{cell.lon_deg, cell.lat_deg}}, {cell.name, cell.weight});
    }
    writer.begin_layer({"about", ShapeKind::kNone, {{"attribution", ColumnKind::kText}}});
    writer.add({}, {city.graph().attribution});
    writer.finish();
}

}  // namespace jiahe::city
