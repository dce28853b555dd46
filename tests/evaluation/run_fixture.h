// A finished run's folder of a synthetic grid town, written with ResultsFile, for tests of reports.
//
// rows x columns nodes, 500 m apart, both directions; 24 bins of one hour from 06:00; speeds fall
// towards the middle at 08:00. One plaza has the name `plaza_name`. Parts can be left out.
// Every figure is a formula of the indices, so tests derive their numbers by hand.
#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "results/results_file.h"
#include "results/run_files.h"

namespace jiahe {

struct TownRun {
    std::size_t rows = 10, columns = 10;
    std::size_t bins = 24;
    std::string name = "grid-town";
    std::string plaza_name = "West Gate";
    std::string attribution = "© OpenStreetMap contributors";
    bool balances = true, complete = true;
    bool with_tolling = true, with_logistics = true, with_telecom = true;
    std::string script;  // events of the scenario, a JSON array; "": none
    std::string etc_share = "0.65";
    std::string reached;  // "reached_s" of the manifest; "": none
    double late_s = 0;    // every parcel is delivered so much later
    std::size_t trips = 1000, parcels = 200, cells = 40;
};

namespace town {

inline constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

struct Links {
    std::vector<std::int64_t> id;
    std::vector<double> length, free, capacity, from_lon, from_lat, to_lon, to_lat;
    std::vector<std::uint8_t> lanes, road_class;
};

inline Links links_of(const TownRun& run) {
    Links out;
    const auto add = [&](std::size_t r0, std::size_t c0, std::size_t r1, std::size_t c1) {
        const bool is_main = (r0 == r1 ? r0 : c0) % 8 == 0;
        out.id.push_back(static_cast<std::int64_t>(100 + out.id.size()));
        out.length.push_back(500);
        out.free.push_back(is_main ? 20 : 10);
        out.capacity.push_back(is_main ? 3600 : 900);
        out.lanes.push_back(is_main ? 2 : 1);
        out.road_class.push_back(is_main ? 2 : 11);
        out.from_lon.push_back(120.7 + 0.0052 * static_cast<double>(c0));
        out.from_lat.push_back(30.7 + 0.0045 * static_cast<double>(r0));
        out.to_lon.push_back(120.7 + 0.0052 * static_cast<double>(c1));
        out.to_lat.push_back(30.7 + 0.0045 * static_cast<double>(r1));
    };
    for (std::size_t r = 0; r < run.rows; ++r) {
        for (std::size_t c = 0; c < run.columns; ++c) {
            if (c + 1 < run.columns) add(r, c, r, c + 1), add(r, c + 1, r, c);
            if (r + 1 < run.rows) add(r, c, r + 1, c), add(r + 1, c, r, c);
        }
    }
    return out;
}

inline std::vector<double> hours_from_6(std::size_t bins) {
    std::vector<double> times;
    for (std::size_t b = 0; b < bins; ++b)
        times.push_back(3600.0 * static_cast<double>(6 + b));
    return times;
}

inline void write_traffic(results::ResultsFile& file, const TownRun& run) {
    const std::string g = "/traffic";
    const Links links = links_of(run);
    const std::size_t n = links.id.size();
    file.scale(g, {"link", {}, "1", "external id"}, links.id);
    file.scale(g, {"time", {}, "s", "begin of the bin"}, hours_from_6(run.bins));
    std::vector<std::uint32_t> flow;
    std::vector<float> travel;
    for (std::size_t b = 0; b < run.bins; ++b) {
        // A morning and an evening peak; the middle of the town is slowest.
        const double hour = static_cast<double>(6 + b);
        const double peak =
            std::exp(-std::pow(hour - 8, 2)) + std::exp(-std::pow(hour - 18, 2) / 2);
        for (std::size_t l = 0; l < n; ++l) {
            const double middle = std::exp(
                -40 *
                (std::pow((links.from_lon[l] - 120.7) / (0.0052 * double(run.columns)) - 0.5, 2) +
                 std::pow((links.from_lat[l] - 30.7) / (0.0045 * double(run.rows)) - 0.5, 2)));
            const auto vehicles = static_cast<std::uint32_t>(links.capacity[l] *
                                                             (0.05 + 0.8 * peak) * (0.2 + middle));
            const bool none = l % 17 == 3 || hour > 28;
            flow.push_back(none ? 0 : vehicles);
            const double slow = 1 + 6 * peak * middle;
            travel.push_back(none || vehicles == 0
                                 ? kNone
                                 : static_cast<float>(links.length[l] / links.free[l] * slow));
        }
    }
    file.dataset(g, {"flow", {"time", "link"}, "1", "vehicles that left the link"}, flow);
    file.dataset(g, {"travel_time", {"time", "link"}, "s", "mean time"}, travel);
    std::vector<float> speed;
    for (std::size_t i = 0; i < travel.size(); ++i)
        speed.push_back(static_cast<float>(links.length[i % n] / travel[i]));
    file.dataset(g, {"speed", {"time", "link"}, "m/s", "mean speed"}, speed);
    file.dataset(g, {"length", {"link"}, "m", "length"}, links.length);
    file.dataset(g, {"free_speed", {"link"}, "m/s", "free speed"}, links.free);
    file.dataset(g, {"capacity", {"link"}, "veh/h", "capacity"}, links.capacity);
    file.dataset(g, {"lanes", {"link"}, "1", "lanes"}, links.lanes);
    file.dataset(g, {"road_class", {"link"}, "1", "class"}, links.road_class);
    file.dataset(g, {"from_lon", {"link"}, "degrees_east", ""}, links.from_lon);
    file.dataset(g, {"from_lat", {"link"}, "degrees_north", ""}, links.from_lat);
    file.dataset(g, {"to_lon", {"link"}, "degrees_east", ""}, links.to_lon);
    file.dataset(g, {"to_lat", {"link"}, "degrees_north", ""}, links.to_lat);
}

// Trip i departs i % 12 h after 06:00 and takes 10 + i % 40 min; every tenth does not arrive.
inline void write_trips(results::ResultsFile& file, const TownRun& run) {
    const std::string g = "/traffic/trips";
    std::vector<std::int64_t> id;
    std::vector<double> departure, arrival, distance;
    std::vector<std::uint8_t> vehicle_class;
    for (std::size_t i = 0; i < run.trips; ++i) {
        id.push_back(static_cast<std::int64_t>(i));
        departure.push_back(6 * 3600.0 + 3600.0 * static_cast<double>(i % 12));
        arrival.push_back(i % 10 == 9
                              ? double{kNone}
                              : departure.back() + 60.0 * (10 + static_cast<double>(i % 40)));
        distance.push_back(5000);
        vehicle_class.push_back(static_cast<std::uint8_t>(i % 3));
    }
    file.scale(g, {"trip", {}, "1", "trip"}, id);
    file.dataset(g, {"departure_s", {"trip"}, "s", "departure"}, departure);
    file.dataset(g, {"arrival_s", {"trip"}, "s", "arrival"}, arrival);
    file.dataset(g, {"distance_m", {"trip"}, "m", "distance"}, distance);
    file.dataset(g, {"vehicle_class", {"trip"}, "1", "class"}, vehicle_class);
}

// Four plazas in the corners; plaza p lets 100 (p + 1) vehicles through in an hour, 20 (p + 1) s
// each, ten times as long at 08:00.
inline void write_tolling(results::ResultsFile& file, const TownRun& run) {
    const std::string g = "/tolling";
    const double east = 0.0052 * static_cast<double>(run.columns - 1);
    const double north = 0.0045 * static_cast<double>(run.rows - 1);
    const std::vector<std::int64_t> plaza = {0, 1, 2, 3};
    std::vector<std::uint32_t> passages;
    std::vector<float> delay;
    for (std::size_t b = 0; b < run.bins; ++b) {
        for (std::uint32_t p = 0; p < 4; ++p) {
            passages.push_back(100 * (p + 1));
            delay.push_back(static_cast<float>((b == 2 ? 200 : 20) * (p + 1)));
        }
    }
    file.scale(g, {"plaza", {}, "1", "plaza"}, plaza);
    file.scale(g, {"time", {}, "s", "begin of the bin"}, hours_from_6(run.bins));
    file.dataset(g, {"plaza_name", {"plaza"}, "1", "name"},
                 std::vector<std::string>{run.plaza_name, "East Gate", "嘉兴北", "Port"});
    file.dataset(g, {"lon", {"plaza"}, "degrees_east", ""},
                 std::vector<double>{120.7, 120.7 + east, 120.7, 120.7 + east});
    file.dataset(g, {"lat", {"plaza"}, "degrees_north", ""},
                 std::vector<double>{30.7, 30.7, 30.7 + north, 30.7 + north});
    file.dataset(g, {"passages", {"time", "plaza"}, "1", "passages"}, passages);
    file.dataset(g, {"delay", {"time", "plaza"}, "s", "mean delay"}, delay);
    const std::string book = "/tolling/ledger";
    file.scale(book, {"entry", {}, "1", "entry"}, std::vector<std::int64_t>{0, 1});
    file.dataset(book, {"time_s", {"entry"}, "s", "time"}, std::vector<double>{25200, 25260});
    file.dataset(book, {"vehicle", {"entry"}, "1", "vehicle"}, std::vector<std::int64_t>{7, 8});
    file.dataset(book, {"site", {"entry"}, "1", "site"}, std::vector<std::uint32_t>{0, 3});
    file.dataset(book, {"amount_fen", {"entry"}, "fen", "fee"},
                 std::vector<std::int64_t>{950, 1500});
    file.dataset(book, {"cause", {"entry"}, "1", "cause"}, std::vector<std::uint8_t>{0, 2});
}

// Parcel i is ordered at 06:00 + i min, promised 4 h later; every third comes 1 h late, every
// twentieth not at all, the others 1 h early.
inline void write_logistics(results::ResultsFile& file, const TownRun& run) {
    const std::string g = "/logistics/parcels";
    std::vector<std::int64_t> id;
    std::vector<double> ordered, promised, delivered;
    std::vector<std::uint8_t> attempts, status;
    for (std::size_t i = 0; i < run.parcels; ++i) {
        id.push_back(static_cast<std::int64_t>(i));
        ordered.push_back(6 * 3600.0 + 60.0 * static_cast<double>(i));
        promised.push_back(ordered.back() + 4 * 3600);
        const bool none = i % 20 == 19;
        delivered.push_back(none ? double{kNone}
                                 : promised.back() + (i % 3 == 0 ? 3600.0 : -3600.0) + run.late_s);
        attempts.push_back(1);
        status.push_back(none ? 1 : 3);
    }
    file.scale(g, {"parcel", {}, "1", "parcel"}, id);
    file.dataset(g, {"ordered_s", {"parcel"}, "s", "ordered"}, ordered);
    file.dataset(g, {"promised_s", {"parcel"}, "s", "promised"}, promised);
    file.dataset(g, {"delivered_s", {"parcel"}, "s", "delivered"}, delivered);
    file.dataset(g, {"attempts", {"parcel"}, "1", "attempts"}, attempts);
    file.dataset(g, {"status", {"parcel"}, "1", "status"}, status);
    file.scale("/logistics", {"hub", {}, "1", "hub"}, std::vector<std::int64_t>{0});
    file.dataset("/logistics", {"hub_name", {"hub"}, "1", "name"},
                 std::vector<std::string>{"Central hub"});
    file.dataset("/logistics", {"lon", {"hub"}, "degrees_east", ""}, std::vector<double>{120.72});
    file.dataset("/logistics", {"lat", {"hub"}, "degrees_north", ""}, std::vector<double>{30.72});
}

// Cell c carries a load of c / cells through the day.
inline void write_telecom(results::ResultsFile& file, const TownRun& run) {
    const std::string g = "/telecom";
    std::vector<std::int64_t> id;
    std::vector<double> lon, lat;
    std::vector<float> load;
    for (std::size_t c = 0; c < run.cells; ++c) {
        id.push_back(static_cast<std::int64_t>(c));
        lon.push_back(120.7 + 0.0052 * static_cast<double>((c * 7) % run.columns));
        lat.push_back(30.7 + 0.0045 * static_cast<double>((c * 3) % run.rows));
    }
    for (std::size_t b = 0; b < run.bins; ++b) {
        for (std::size_t c = 0; c < run.cells; ++c) {
            load.push_back(static_cast<float>(c) / static_cast<float>(run.cells));
        }
    }
    file.scale(g, {"cell", {}, "1", "cell"}, id);
    file.scale(g, {"time", {}, "s", "begin of the bin"}, hours_from_6(run.bins));
    file.dataset(g, {"lon", {"cell"}, "degrees_east", ""}, lon);
    file.dataset(g, {"lat", {"cell"}, "degrees_north", ""}, lat);
    file.dataset(g, {"load", {"time", "cell"}, "1", "utilisation"}, load);
    file.scale(g, {"class", {}, "1", "class"}, std::vector<std::int64_t>{0, 1});
    file.dataset(g, {"class_name", {"class"}, "1", "name"},
                 std::vector<std::string>{"toll_passage", "camera"});
    file.dataset(g, {"offered_bytes", {"class"}, "B", ""},
                 std::vector<std::int64_t>{4000, 90000000});
    file.dataset(g, {"delivered_bytes", {"class"}, "B", ""},
                 std::vector<std::int64_t>{3900, 81000000});
    file.dataset(g, {"dropped_bytes", {"class"}, "B", ""}, std::vector<std::int64_t>{0, 9000000});
    file.dataset(g, {"queued_bytes", {"class"}, "B", ""}, std::vector<std::int64_t>{100, 0});
}

inline std::string manifest(const TownRun& run) {
    std::string escaped;
    for (const char c : run.name) {
        if (c == '"' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return R"({"name": ")" + escaped + R"(", "complete": )" + (run.complete ? "true" : "false") +
           R"(, "version": "0.1.0", "commit": "abc", "compiler": "GCC", "seed": 7, "threads": 2,
 "partitions": 4, "state_hash": "00112233445566778899aabbccddeeff", "attribution": ")" +
           run.attribution + R"(", "timings_s": {"load": 1.5, "simulate": 20.25, "results": 0.5},
 "events": 123456,
 "audits": [{"name": "traffic.trips", "claim": "planned = arrived + on the road", "left": 1000,
             "right": )" +
           (run.balances ? "1000" : "999") + R"(, "balances": true},
            {"name": "tolling.fen", "claim": "paid = booked", "left": 2450, "right": 2450}],
 "stragglers": {"count": 100, "rows": [{"trip": 9, "link": "117", "cause": "in gridlock"},
                                        {"trip": 19, "link": "", "cause": "still under way"}]},
 "notes": ["roads: 360 links"], "inputs": [{"setting": "city.network", "file": "net.csv",
 "sha256": "deadbeef"}], "scenario": {"start": "06:00", "end": "30:00", "date": "2024-05-06",
 "tolling": {"etc_share": )" +
           run.etc_share + R"(}, "events": )" + (run.script.empty() ? "[]" : run.script) + "}" +
           (run.reached.empty() ? "" : R"(, "reached_s": )" + run.reached) + "}";
}

}  // namespace town

inline void write_town_run(const std::filesystem::path& folder, const TownRun& run) {
    std::filesystem::create_directories(folder);
    results::ResultsFile file((folder / "results.h5").string());
    town::write_traffic(file, run);
    town::write_trips(file, run);
    if (run.with_tolling) town::write_tolling(file, run);
    if (run.with_logistics) town::write_logistics(file, run);
    if (run.with_telecom) town::write_telecom(file, run);
    file.finish();
    results::write_file((folder / "kpi.csv").string(),
                        "name,unit,value\n"
                        "traffic.trips_planned,1,1000\n"
                        "traffic.trips_arrived,1,900\n"
                        "traffic.arrived_share,1,0.9\n"
                        "traffic.mean_travel_time,s,1770\n"
                        "traffic.vehicle_km,km,123456.78\n"
                        "tolling.revenue,fen,123456789\n"
                        "tolling.mean_plaza_delay,s,60.5\n"
                        "telecom.brand_new_figure,1,3\n");
    results::write_file((folder / "manifest.json").string(), town::manifest(run));
}

}  // namespace jiahe
