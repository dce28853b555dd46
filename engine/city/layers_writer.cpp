#include "city/layers_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "geo/vector_file.h"

namespace jiahe::city {
namespace {

// Hours of the day that the scenario touches: [first, first + count).
struct Hours {
    int first = 0;
    std::size_t count = 0;
    std::string date;
    SimTime start;

    explicit Hours(const MapFigures& f) : date(f.date), start(f.clock.start) {
        first = static_cast<int>(start.us / hours(1).us);
        const SimTime last = start + f.clock.duration - kTick;
        count =
            static_cast<std::size_t>(last.us / hours(1).us) - static_cast<std::size_t>(first) + 1;
    }
    std::size_t of_bin(SimTime width, std::size_t bin) const {
        const SimTime begin = start + width * static_cast<std::int64_t>(bin);
        return static_cast<std::size_t>(begin.us / hours(1).us) - static_cast<std::size_t>(first);
    }
    int clock(std::size_t h) const { return first + static_cast<int>(h); }
    std::string begin(std::size_t h) const { return datetime_of_hour(date, clock(h)); }
    std::string end(std::size_t h) const { return datetime_of_hour(date, clock(h) + 1); }
};

struct LinkHour {
    std::int64_t count = 0, duration_us = 0, waiting_us = 0, reached_us = 0;

    double speed_kmh(double length_m) const {
        return count > 0 && duration_us > 0 ? length_m * static_cast<double>(count) /
                                                  static_cast<double>(duration_us) * 3.6e6
                                            : 0;
    }
    double queue_veh() const {
        return reached_us > 0 ? static_cast<double>(waiting_us) / static_cast<double>(reached_us)
                              : 0;
    }
};

std::vector<LinkHour> hours_of_link(const MapFigures& f, const Hours& clock, std::size_t link) {
    std::vector<LinkHour> hour(clock.count);
    for (std::size_t b = 0; b < f.link_grid.bins; ++b) {
        const results::SlotBin& row = f.link_rows[b * f.link_grid.slots + link];
        LinkHour& h = hour[clock.of_bin(f.link_grid.width, b)];
        h.count += row.count;
        h.duration_us += row.duration_us;
        h.waiting_us += row.waiting_us;
        h.reached_us += f.clock.reached(f.link_grid.width, b).us;
    }
    return hour;
}

std::vector<LonLat> shape_of_link(const RoadGraph& graph, std::size_t link) {
    const std::size_t a = graph.link_from[link].index(), z = graph.link_to[link].index();
    std::vector<LonLat> shape = {{graph.node_lon_deg[a], graph.node_lat_deg[a]}};
    for (const auto& [lon, lat] : graph.link_shape[link])
        shape.push_back({lon, lat});
    shape.push_back({graph.node_lon_deg[z], graph.node_lat_deg[z]});
    return shape;
}

void write_links(VectorWriter& writer, const MapFigures& f, const Hours& clock) {
    LayerSpec spec{"links",
                   ShapeKind::kLine,
                   {{"link_id", ColumnKind::kInteger},
                    {"road_class", ColumnKind::kText},
                    {"length_m", ColumnKind::kReal},
                    {"free_speed_kmh", ColumnKind::kReal}}};
    for (std::size_t h = 0; h < clock.count; ++h) {
        spec.columns.push_back(
            {fmt::format("flow_{:02d}_veh", clock.clock(h)), ColumnKind::kInteger});
        spec.columns.push_back(
            {fmt::format("speed_{:02d}_kmh", clock.clock(h)), ColumnKind::kReal});
    }
    writer.begin_layer(spec);
    const RoadGraph& graph = f.city.graph();
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        std::vector<Cell> cells = {graph.link_external_id[l],
                                   std::string(to_string(graph.link_class[l])),
                                   graph.link_length_m[l], graph.link_free_speed_mps[l] * 3.6};
        for (const LinkHour& h : hours_of_link(f, clock, l)) {
            cells.emplace_back(h.count);
            cells.emplace_back(h.speed_kmh(graph.link_length_m[l]));
        }
        writer.add(shape_of_link(graph, l), cells);
    }
}

void write_link_hours(VectorWriter& writer, const MapFigures& f, const Hours& clock) {
    writer.begin_layer({"link_hour_figures",
                        ShapeKind::kNone,
                        {{"link", ColumnKind::kInteger},
                         {"start", ColumnKind::kDateTime},
                         {"end", ColumnKind::kDateTime},
                         {"flow_veh", ColumnKind::kInteger},
                         {"speed_kmh", ColumnKind::kReal},
                         {"queue_veh", ColumnKind::kReal}}});
    const RoadGraph& graph = f.city.graph();
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        const std::vector<LinkHour> hour = hours_of_link(f, clock, l);
        for (std::size_t h = 0; h < hour.size(); ++h) {
            if (hour[h].count == 0 && hour[h].waiting_us == 0) continue;
            writer.add(
                {}, {static_cast<std::int64_t>(l + 1), clock.begin(h), clock.end(h), hour[h].count,
                     hour[h].speed_kmh(graph.link_length_m[l]), hour[h].queue_veh()});
        }
    }
    writer.add_view({"link_hours",
                     "link_hour_figures",
                     "link",
                     "links",
                     {"link_id", "road_class", "free_speed_kmh"},
                     {"start", "end", "flow_veh", "speed_kmh", "queue_veh"}});
}

struct Plaza {
    std::int64_t count = 0, delay_us = 0;
    double mean_s() const {
        return count > 0 ? static_cast<double>(delay_us) * 1e-6 / static_cast<double>(count) : 0;
    }
};

void write_plazas(VectorWriter& writer, const MapFigures& f, const Hours& clock) {
    const auto hours_of = [&](std::uint32_t p) {
        std::vector<Plaza> hour(clock.count);
        const auto bins = f.tolling.delay_bins(p);
        for (std::size_t b = 0; b < f.clock.bin_begins_s(f.tolling.options().bin).size(); ++b) {
            Plaza& h = hour[clock.of_bin(f.tolling.options().bin, b)];
            h.count += bins[b].count;
            h.delay_us += bins[b].delay_us;
        }
        return hour;
    };
    writer.begin_layer({"plazas",
                        ShapeKind::kPoint,
                        {{"name", ColumnKind::kText},
                         {"passages", ColumnKind::kInteger},
                         {"mean_delay_s", ColumnKind::kReal}}});
    for (std::uint32_t p = 0; p < f.tolling.plaza_count(); ++p) {
        Plaza all;
        for (const Plaza& h : hours_of(p))
            all = {all.count + h.count, all.delay_us + h.delay_us};
        const PlazaSite& site = f.city.sites().plazas[p];
        writer.add({{site.lon_deg, site.lat_deg}}, {site.name, all.count, all.mean_s()});
    }
    writer.begin_layer({"plaza_hours",
                        ShapeKind::kPoint,
                        {{"name", ColumnKind::kText},
                         {"start", ColumnKind::kDateTime},
                         {"end", ColumnKind::kDateTime},
                         {"passages", ColumnKind::kInteger},
                         {"mean_delay_s", ColumnKind::kReal}}});
    for (std::uint32_t p = 0; p < f.tolling.plaza_count(); ++p) {
        const std::vector<Plaza> hour = hours_of(p);
        const PlazaSite& site = f.city.sites().plazas[p];
        for (std::size_t h = 0; h < hour.size(); ++h) {
            if (hour[h].count == 0) continue;
            writer.add({{site.lon_deg, site.lat_deg}},
                       {site.name, clock.begin(h), clock.end(h), hour[h].count, hour[h].mean_s()});
        }
    }
}

void write_hubs(VectorWriter& writer, const MapFigures& f, const Hours& clock) {
    const auto& hubs = f.city.sites().hubs;
    const std::size_t bins = (f.clock.duration.us + minutes(1).us - 1) / minutes(1).us;
    const auto delivered = delivered_by_hub(f.logistics, minutes(1), f.clock.duration);
    std::vector<std::int64_t> by_hour(clock.count * hubs.size(), 0), total(hubs.size(), 0);
    for (std::size_t b = 0; b < bins; ++b) {
        for (std::size_t hub = 0; hub < hubs.size(); ++hub) {
            by_hour[clock.of_bin(minutes(1), b) * hubs.size() + hub] +=
                delivered[b * hubs.size() + hub];
            total[hub] += delivered[b * hubs.size() + hub];
        }
    }
    writer.begin_layer({"hubs",
                        ShapeKind::kPoint,
                        {{"name", ColumnKind::kText},
                         {"vans", ColumnKind::kInteger},
                         {"delivered", ColumnKind::kInteger}}});
    for (std::size_t i = 0; i < hubs.size(); ++i) {
        writer.add({{hubs[i].lon_deg, hubs[i].lat_deg}},
                   {hubs[i].name, static_cast<std::int64_t>(hubs[i].vans), total[i]});
    }
    writer.begin_layer({"hub_hours",
                        ShapeKind::kPoint,
                        {{"name", ColumnKind::kText},
                         {"start", ColumnKind::kDateTime},
                         {"end", ColumnKind::kDateTime},
                         {"delivered", ColumnKind::kInteger}}});
    for (std::size_t h = 0; h < clock.count; ++h) {
        for (std::size_t i = 0; i < hubs.size(); ++i) {
            const std::int64_t count = by_hour[h * hubs.size() + i];
            if (count == 0) continue;
            writer.add({{hubs[i].lon_deg, hubs[i].lat_deg}},
                       {hubs[i].name, clock.begin(h), clock.end(h), count});
        }
    }
}

// Means over the radio epochs of an hour; the whole run at the end. NaN where there was none.
std::vector<double> loads_of_cell(const MapFigures& f, const Hours& clock, std::uint32_t cell) {
    std::vector<double> sum(clock.count + 1, 0), epochs(clock.count + 1, 0);
    for (std::size_t b = 0; b < f.telecom.bin_count(); ++b) {
        const auto weight = static_cast<double>(f.telecom.rows().bin_epochs[b]);
        if (weight == 0) continue;
        for (const std::size_t at :
             {clock.of_bin(f.telecom.options().result_bin, b), clock.count}) {
            sum[at] += weight * f.telecom.mean_load(cell, b);
            epochs[at] += weight;
        }
    }
    for (std::size_t h = 0; h < sum.size(); ++h)
        sum[h] /= epochs[h];
    return sum;
}

void write_cells(VectorWriter& writer, const MapFigures& f, const Hours& clock) {
    const auto& cells = f.city.sites().cells;
    writer.begin_layer({"cells",
                        ShapeKind::kPoint,
                        {{"name", ColumnKind::kText},
                         {"residents", ColumnKind::kReal},
                         {"mean_load", ColumnKind::kReal}}});
    for (std::uint32_t c = 0; c < cells.size(); ++c) {
        const double mean = loads_of_cell(f, clock, c).back();
        writer.add({{cells[c].lon_deg, cells[c].lat_deg}},
                   {cells[c].name, cells[c].residents, std::isnan(mean) ? 0 : mean});
    }
    writer.begin_layer({"cell_hours",
                        ShapeKind::kPoint,
                        {{"name", ColumnKind::kText},
                         {"start", ColumnKind::kDateTime},
                         {"end", ColumnKind::kDateTime},
                         {"load", ColumnKind::kReal}}});
    for (std::uint32_t c = 0; c < cells.size(); ++c) {
        const std::vector<double> load = loads_of_cell(f, clock, c);
        for (std::size_t h = 0; h < clock.count; ++h) {
            if (std::isnan(load[h])) continue;
            writer.add({{cells[c].lon_deg, cells[c].lat_deg}},
                       {cells[c].name, clock.begin(h), clock.end(h), load[h]});
        }
    }
}

int number_at(const std::string& text, std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + length, value);
    return value;
}

}  // namespace

std::string datetime_of_hour(const std::string& date, int hour) {
    using namespace std::chrono;
    const year_month_day first{year{number_at(date, 0, 4)},
                               month{static_cast<unsigned>(number_at(date, 5, 2))},
                               day{static_cast<unsigned>(number_at(date, 8, 2))}};
    const year_month_day at{sys_days{first} + days{hour / 24}};
    return fmt::format("{:04d}-{:02d}-{:02d}T{:02d}:00:00Z", static_cast<int>(at.year()),
                       static_cast<unsigned>(at.month()), static_cast<unsigned>(at.day()),
                       hour % 24);
}

void write_layers_gpkg(const std::string& path, const MapFigures& figures) {
    const Hours clock(figures);
    VectorWriter writer(path);
    write_links(writer, figures, clock);
    write_link_hours(writer, figures, clock);
    write_plazas(writer, figures, clock);
    write_hubs(writer, figures, clock);
    write_cells(writer, figures, clock);
    writer.begin_layer({"about",
                        ShapeKind::kNone,
                        {{"attribution", ColumnKind::kText}, {"times", ColumnKind::kText}}});
    writer.add({}, {figures.city.graph().attribution,
                    std::string("local time of the city, written as UTC")});
    writer.finish();
}

}  // namespace jiahe::city
