#include "city/results_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jiahe::city {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

std::vector<double> bin_times_s(std::size_t bins, SimTime width, SimTime start) {
    std::vector<double> times;
    for (std::size_t b = 0; b < bins; ++b) {
        times.push_back((start + width * static_cast<std::int64_t>(b)).seconds());
    }
    return times;
}

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

void write_trips(results::ResultsFile& file, const traffic::TrafficSystem& traffic, SimTime start,
                 const std::vector<std::int64_t>& id) {
    const std::string group = "/traffic/trips";
    std::vector<double> departure, arrival, distance;
    std::vector<std::uint8_t> vclass;
    for (std::uint32_t v = 0; v < traffic.trip_count(); ++v) {
        const auto& trip = traffic.trips()[v];
        departure.push_back(start.seconds() + static_cast<double>(trip.departed_us) * 1e-6);
        arrival.push_back(trip.arrived_us < 0
                              ? std::numeric_limits<double>::quiet_NaN()
                              : start.seconds() + static_cast<double>(trip.arrived_us) * 1e-6);
        distance.push_back(traffic.vehicles()[v].distance_dm * 0.1);
        vclass.push_back(traffic.vehicle_class(VehicleId(v)));
    }
    file.scale(group, {"trip", {}, "1", "external id of the trip"}, id);
    file.dataset(group, {"departure_s", {"trip"}, "s", "scheduled departure since midnight"},
                 departure);
    file.dataset(group, {"arrival_s", {"trip"}, "s", "arrival since midnight, NaN where none"},
                 arrival);
    file.dataset(group, {"distance_m", {"trip"}, "m", "distance driven"}, distance);
    file.dataset(group, {"vehicle_class", {"trip"}, "1", "0 car, 1 truck, 2 van"}, vclass);
}

}  // namespace

void write_traffic(results::ResultsFile& file, const City& city,
                   const traffic::TrafficSystem& traffic, const results::SlotBins& bins,
                   SimTime start, const std::vector<std::int64_t>& trip_external_id) {
    const RoadGraph& graph = city.graph();
    const std::string group = "/traffic";
    file.scale(group, {"link", {}, "1", "external id of the link"}, graph.link_external_id);
    file.scale(group, {"time", {}, "s", "begin of the bin, since midnight"},
               bin_times_s(bins.bin_count(), bins.bin_width(), start));
    std::vector<float> travel(bins.counts().size(), kNone), speed(bins.counts().size(), kNone);
    for (std::size_t i = 0; i < bins.counts().size(); ++i) {
        if (bins.counts()[i] == 0) continue;
        const double mean_s =
            static_cast<double>(bins.duration_sums_ms()[i]) * 1e-3 / bins.counts()[i];
        travel[i] = static_cast<float>(mean_s);
        speed[i] =
            static_cast<float>(graph.link_length_m[i % bins.slot_count()] / std::max(mean_s, 1e-3));
    }
    file.dataset(group, {"flow", {"time", "link"}, "1", "vehicles that left the link in the bin"},
                 bins.counts());
    file.dataset(group, {"travel_time", {"time", "link"}, "s", "mean time on the link"}, travel);
    file.dataset(group, {"speed", {"time", "link"}, "m/s", "length over mean time on the link"},
                 speed);
    write_link_attributes(file, graph);
    write_trips(file, traffic, start, trip_external_id);
}

void write_tolling(results::ResultsFile& file, const City& city,
                   const tolling::TollingSystem& tolling, const tolling::TollingLedgerSink& ledger,
                   SimTime start) {
    const std::string group = "/tolling";
    const auto& plazas = city.sites().plazas;
    std::vector<std::int64_t> index;
    std::vector<double> lon, lat;
    std::vector<std::string> name;
    for (std::size_t p = 0; p < plazas.size(); ++p) {
        index.push_back(static_cast<std::int64_t>(p));
        name.push_back(plazas[p].name);
        lon.push_back(plazas[p].lon_deg);
        lat.push_back(plazas[p].lat_deg);
    }
    const std::size_t bins = tolling.bin_count();
    std::vector<std::uint32_t> passages(bins * plazas.size(), 0);
    std::vector<float> delay(passages.size(), kNone);
    for (std::size_t p = 0; p < plazas.size(); ++p) {
        const auto rows = tolling.delay_bins(static_cast<std::uint32_t>(p));
        for (std::size_t b = 0; b < bins; ++b) {
            passages[b * plazas.size() + p] = rows[b].count;
            if (rows[b].count == 0) continue;
            delay[b * plazas.size() + p] =
                static_cast<float>(static_cast<double>(rows[b].delay_us) * 1e-6 / rows[b].count);
        }
    }
    file.scale(group, {"plaza", {}, "1", "index of the plaza"}, index);
    file.scale(group, {"time", {}, "s", "begin of the bin, since midnight"},
               bin_times_s(bins, tolling.options().bin, start));
    file.dataset(group, {"plaza_name", {"plaza"}, "1", "name of the plaza"}, name);
    file.dataset(group, {"lon", {"plaza"}, "degrees_east", "longitude"}, lon);
    file.dataset(group, {"lat", {"plaza"}, "degrees_north", "latitude"}, lat);
    file.dataset(group, {"passages", {"time", "plaza"}, "1", "vehicles that left the plaza"},
                 passages);
    file.dataset(group, {"delay", {"time", "plaza"}, "s", "mean time from entry to leaving"},
                 delay);

    std::vector<std::int64_t> entry, vehicle, amount;
    std::vector<double> time;
    std::vector<std::uint32_t> site;
    std::vector<std::uint8_t> cause;
    for (const auto& row : ledger.rows()) {
        entry.push_back(static_cast<std::int64_t>(entry.size()));
        time.push_back(start.seconds() + static_cast<double>(row.time_us) * 1e-6);
        vehicle.push_back(row.vehicle);
        site.push_back(row.site);
        amount.push_back(row.paid_fen());
        cause.push_back(row.cause);
    }
    const std::string book = "/tolling/ledger";
    file.scale(book, {"entry", {}, "1", "number of the entry"}, entry);
    file.dataset(book, {"time_s", {"entry"}, "s", "time since midnight"}, time);
    file.dataset(book, {"vehicle", {"entry"}, "1", "vehicle"}, vehicle);
    file.dataset(book, {"site", {"entry"}, "1", "plaza, or plaza count + gantry"}, site);
    file.dataset(book, {"amount_fen", {"entry"}, "fen", "fee less discount"}, amount);
    file.dataset(book, {"cause", {"entry"}, "1", "how the passage was settled"}, cause);
}

}  // namespace jiahe::city
