#include "city/results_writer.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace jiahe::city {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

void write_link_attributes(results::ResultsFile& file, const RoadGraph& graph) {
    const std::string group = "/traffic";
    std::vector<double> from_lon, from_lat, to_lon, to_lat;
    std::vector<std::uint8_t> road_class;
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        const std::size_t a = graph.link_from[l].index(), b = graph.link_to[l].index();
        from_lon.push_back(graph.node_lon_deg[a]);
        from_lat.push_back(graph.node_lat_deg[a]);
        to_lon.push_back(graph.node_lon_deg[b]);
        to_lat.push_back(graph.node_lat_deg[b]);
        road_class.push_back(static_cast<std::uint8_t>(graph.link_class[l]));
    }
    file.dataset(group, {"length", {"link"}, "m", "length of the link"}, graph.link_length_m);
    file.dataset(group, {"free_speed", {"link"}, "m/s", "free speed of a car"},
                 graph.link_free_speed_mps);
    file.dataset(group, {"capacity", {"link"}, "veh/h", "capacity in passenger cars"},
                 graph.link_capacity_pcuph);
    file.dataset(group, {"lanes", {"link"}, "1", "number of lanes"}, graph.link_lane_count);
    file.dataset(group, {"road_class", {"link"}, "1", "0 motorway ... 13 service"}, road_class);
    file.dataset(group, {"from_lon", {"link"}, "degrees_east", "longitude of the upstream end"},
                 from_lon);
    file.dataset(group, {"from_lat", {"link"}, "degrees_north", "latitude of the upstream end"},
                 from_lat);
    file.dataset(group, {"to_lon", {"link"}, "degrees_east", "longitude of the downstream end"},
                 to_lon);
    file.dataset(group, {"to_lat", {"link"}, "degrees_north", "latitude of the downstream end"},
                 to_lat);
}

// Plazas and gantries by the number that ledger entries use.
void write_toll_sites(results::ResultsFile& file, const City& city) {
    const std::string group = "/tolling/sites";
    std::vector<std::int64_t> site;
    std::vector<std::string> name;
    std::vector<double> lon, lat;
    std::vector<std::uint8_t> is_gantry;
    const auto add = [&](const auto& each, std::uint8_t gantry) {
        site.push_back(static_cast<std::int64_t>(site.size()));
        name.push_back(each.name);
        lon.push_back(each.lon_deg);
        lat.push_back(each.lat_deg);
        is_gantry.push_back(gantry);
    };
    for (const PlazaSite& plaza : city.sites().plazas)
        add(plaza, 0);
    for (const GantrySite& gantry : city.sites().gantries)
        add(gantry, 1);
    file.scale(group, {"site", {}, "1", "number of the site"}, site);
    file.dataset(group, {"site_name", {"site"}, "1", "name of the site"}, name);
    file.dataset(group, {"lon", {"site"}, "degrees_east", "longitude"}, lon);
    file.dataset(group, {"lat", {"site"}, "degrees_north", "latitude"}, lat);
    file.dataset(group, {"is_gantry", {"site"}, "1", "1 free-flow gantry, 0 plaza"}, is_gantry);
}

}  // namespace

SimTime ResultsClock::reached(SimTime width, std::size_t bin) const {
    const SimTime begin = width * static_cast<std::int64_t>(bin);
    return std::max(SimTime{0}, std::min({begin + width, now, duration}) - begin);
}

std::vector<double> ResultsClock::bin_begins_s(SimTime width) const {
    std::vector<double> begins;
    for (SimTime at{0}; at < duration; at = at + width)
        begins.push_back(of_day_s(at.us));
    return begins;
}

std::vector<results::SlotBin> link_bins_so_far(const traffic::TrafficSystem& traffic,
                                               const results::SlotBins& bins, SimTime now) {
    std::vector<results::SlotBin> rows(bins.rows().begin(), bins.rows().end());
    for (std::uint32_t v = 0; v < traffic.vehicle_count(); ++v) {
        const auto status = traffic.status(VehicleId(v));
        const bool is_queued = status == traffic::VehicleStatus::kQueued;
        if (!is_queued && status != traffic::VehicleStatus::kOnLink) continue;
        const traffic::VehicleState& vehicle = traffic.vehicles()[v];
        results::add_stay(
            rows, bins.grid(),
            {vehicle.link, {vehicle.entered_us}, {is_queued ? vehicle.queued_us : now.us}, now});
    }
    return rows;
}

void write_links(results::ResultsFile& file, const City& city,
                 std::span<const results::SlotBin> rows, const results::BinGrid& grid,
                 const ResultsClock& clock) {
    const RoadGraph& graph = city.graph();
    const std::string group = "/traffic";
    std::vector<std::uint32_t> flow(rows.size());
    std::vector<float> travel(rows.size(), kNone), speed = travel, density = travel, queue = travel;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const results::SlotBin& row = rows[i];
        const double length_m = graph.link_length_m[i % grid.slots];
        flow[i] = row.count;
        if (row.count > 0) {
            const double mean_s = static_cast<double>(row.duration_us) * 1e-6 / row.count;
            travel[i] = static_cast<float>(mean_s);
            speed[i] = static_cast<float>(length_m / std::max(mean_s, 1e-6));
        }
        const std::size_t bin = i / grid.slots;
        const auto bin_us = static_cast<double>(clock.reached(grid.width, bin).us);
        if (bin_us <= 0) continue;
        const double present = static_cast<double>(row.present_us) / bin_us;
        density[i] = static_cast<float>(present / length_m * 1000);
        queue[i] = static_cast<float>(static_cast<double>(row.waiting_us) / bin_us);
    }
    file.scale(group, {"link", {}, "1", "external id of the link"}, graph.link_external_id);
    file.scale(group, {"time", {}, "s", "begin of the bin, since midnight"},
               clock.bin_begins_s(grid.width));
    const std::vector<std::string> dims = {"time", "link"};
    file.dataset(group, {"flow", dims, "1", "vehicles that left the link in the bin"},
                 std::move(flow));
    file.dataset(group,
                 {"travel_time", dims, "s", "mean time on the link of those that left; NaN none"},
                 std::move(travel));
    file.dataset(group,
                 {"speed", dims, "m/s", "length over mean time of those that left; NaN none"},
                 std::move(speed));
    file.dataset(group,
                 {"density", dims, "veh/km",
                  "vehicle time on the link over bin and length; NaN not reached"},
                 std::move(density));
    file.dataset(group,
                 {"queue", dims, "veh",
                  "mean vehicles held up at the stop line: their time there over the bin; NaN not "
                  "reached"},
                 std::move(queue));
    write_link_attributes(file, graph);
}

void write_trips(results::ResultsFile& file, const traffic::TrafficSystem& traffic,
                 const ResultsClock& clock, const std::vector<std::int64_t>& trip_external_id) {
    const std::string group = "/traffic/trips";
    std::vector<double> departure, arrival, distance;
    std::vector<std::uint8_t> vclass;
    for (std::uint32_t v = 0; v < traffic.trip_count(); ++v) {
        const auto& trip = traffic.trips()[v];
        departure.push_back(clock.of_day_s(trip.departed_us));
        arrival.push_back(trip.arrived_us < 0 ? std::numeric_limits<double>::quiet_NaN()
                                              : clock.of_day_s(trip.arrived_us));
        distance.push_back(traffic.vehicles()[v].distance_dm * 0.1);
        vclass.push_back(traffic.vehicle_class(VehicleId(v)));
    }
    file.scale(group, {"trip", {}, "1", "external id of the trip"}, trip_external_id);
    file.dataset(group, {"departure_s", {"trip"}, "s", "scheduled departure since midnight"},
                 std::move(departure));
    file.dataset(group, {"arrival_s", {"trip"}, "s", "arrival since midnight, NaN where none"},
                 std::move(arrival));
    file.dataset(group, {"distance_m", {"trip"}, "m", "distance driven"}, std::move(distance));
    file.dataset(group, {"vehicle_class", {"trip"}, "1", "0 car, 1 truck, 2 van"},
                 std::move(vclass));
}

void write_plazas(results::ResultsFile& file, const City& city,
                  const tolling::TollingSystem& tolling, const ResultsClock& clock) {
    const std::string group = "/tolling";
    const auto& plazas = city.sites().plazas;
    std::vector<std::int64_t> index;
    std::vector<double> lon, lat;
    std::vector<std::string> name;
    for (const PlazaSite& plaza : plazas) {
        index.push_back(static_cast<std::int64_t>(index.size()));
        name.push_back(plaza.name);
        lon.push_back(plaza.lon_deg);
        lat.push_back(plaza.lat_deg);
    }
    const std::vector<double> times = clock.bin_begins_s(tolling.options().bin);
    std::vector<std::uint32_t> passages(times.size() * plazas.size(), 0);
    std::vector<float> delay(passages.size(), kNone);
    for (std::size_t p = 0; p < plazas.size(); ++p) {
        const auto rows = tolling.delay_bins(static_cast<std::uint32_t>(p));
        for (std::size_t b = 0; b < times.size(); ++b) {
            passages[b * plazas.size() + p] = rows[b].count;
            if (rows[b].count == 0) continue;
            delay[b * plazas.size() + p] =
                static_cast<float>(static_cast<double>(rows[b].delay_us) * 1e-6 / rows[b].count);
        }
    }
    file.scale(group, {"plaza", {}, "1", "index of the plaza"}, index);
    file.scale(group, {"time", {}, "s", "begin of the bin, since midnight"}, times);
    file.dataset(group, {"plaza_name", {"plaza"}, "1", "name of the plaza"}, name);
    file.dataset(group, {"lon", {"plaza"}, "degrees_east", "longitude"}, lon);
    file.dataset(group, {"lat", {"plaza"}, "degrees_north", "latitude"}, lat);
    file.dataset(group, {"passages", {"time", "plaza"}, "1", "vehicles that left the plaza"},
                 std::move(passages));
    file.dataset(group,
                 {"delay", {"time", "plaza"}, "s", "mean time from entry to leaving; NaN none"},
                 std::move(delay));
    write_toll_sites(file, city);
}

void write_ledger(results::ResultsFile& file, const tolling::TollingLedgerSink& ledger,
                  const ResultsClock& clock) {
    std::vector<std::int64_t> entry, vehicle, amount;
    std::vector<double> time;
    std::vector<std::uint32_t> site;
    std::vector<std::uint8_t> cause;
    for (const auto& row : ledger.rows()) {
        entry.push_back(static_cast<std::int64_t>(entry.size()));
        time.push_back(clock.of_day_s(row.time_us));
        vehicle.push_back(row.vehicle);
        site.push_back(row.site);
        amount.push_back(row.paid_fen());
        cause.push_back(row.cause);
    }
    const std::string book = "/tolling/ledger";
    file.scale(book, {"entry", {}, "1", "number of the entry"}, std::move(entry));
    file.dataset(book, {"time_s", {"entry"}, "s", "time since midnight"}, std::move(time));
    file.dataset(book, {"vehicle", {"entry"}, "1", "vehicle"}, std::move(vehicle));
    file.dataset(book, {"site", {"entry"}, "1", "plaza, or plaza count + gantry"}, std::move(site));
    file.dataset(book, {"amount_fen", {"entry"}, "fen", "fee less discount"}, std::move(amount));
    file.dataset(book,
                 {"cause",
                  {"entry"},
                  "1",
                  "0 unit read, 1 unit read offline, 2 by hand, 3 degraded, 4 unread, 5 class "
                  "mismatch, 6 blacklisted, 7 unlisted, 8 stray, 9 plate read, 10 missed"},
                 std::move(cause));
}

}  // namespace jiahe::city
