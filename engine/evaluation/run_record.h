// RunRecord: what a finished run's folder says, read once, for reports and scores.
//
// Reads manifest.json, kpi.csv and results.h5. A system that was switched off has no group in
// results.h5: its part is empty here (is_empty()). Times are s since midnight of the first day;
// tables are row-major [time][thing]; all columns of a part have equal lengths, missing ones are
// filled with NaN or 0. Plain values, immutable after read_run.
//
// Errors: InputError E-REP-001 where the folder is no run's; IoError; CorruptFileError.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "results/indicators.h"

namespace jiahe::evaluation {

// Begins of equally wide bins.
struct TimeBins {
    std::vector<double> begin_s;
    double width_s = 0;
    std::size_t count() const { return begin_s.size(); }
    double end_s() const { return begin_s.empty() ? 0 : begin_s.back() + width_s; }
};

struct TrafficPart {
    TimeBins bins;
    std::vector<std::int64_t> link;  // external ids
    std::vector<double> length_m, free_speed_mps, capacity_vph;
    std::vector<double> from_lon, from_lat, to_lon, to_lat;
    std::vector<std::uint8_t> road_class, lanes;
    std::vector<std::uint32_t> flow;   // [time][link] vehicles that left
    std::vector<float> travel_time_s;  // [time][link] NaN where none left
    bool is_empty() const { return link.empty() || bins.count() == 0; }
};

struct TripsPart {
    std::vector<double> departure_s, arrival_s, distance_m;  // arrival NaN where none
    std::vector<std::uint8_t> vehicle_class;
    bool is_empty() const { return departure_s.empty(); }
};

struct TollingPart {
    TimeBins bins;
    std::vector<std::string> name;
    std::vector<double> lon, lat;
    std::vector<std::uint32_t> passages;  // [time][plaza]
    std::vector<float> delay_s;           // [time][plaza] mean, NaN where none
    // [time][plaza][cause] passages by how they were settled, counted from the ledger; empty where
    // the ledger was not recorded.
    std::vector<std::uint32_t> settled;
    bool is_empty() const { return name.empty() || bins.count() == 0; }
};

struct LogisticsPart {
    std::vector<double> ordered_s, promised_s, delivered_s;  // of parcels; NaN not delivered
    std::vector<std::string> hub_name;
    std::vector<double> hub_lon, hub_lat;
    bool is_empty() const { return ordered_s.empty() && hub_name.empty(); }
};

struct TelecomPart {
    TimeBins bins;
    std::vector<double> lon, lat;  // of cells
    std::vector<float> load;       // [time][cell] utilisation, 0 to 1
    std::vector<float> last_load;  // [cell] at the end of the run; empty where not recorded
    std::vector<std::string> class_name;
    std::vector<double> offered_bytes, delivered_bytes, dropped_bytes, queued_bytes;
    bool is_empty() const { return lon.empty() && class_name.empty(); }
};

struct Straggler {
    std::int64_t trip = 0;
    std::string link, cause;
};

// An event of the scenario's script.
struct ScriptedEvent {
    double from_s = 0;                             // since midnight
    double until_s = 0;                            // infinite where it lasts to the end
    std::string action, target_kind, target_name;  // as the scenario says
    std::int64_t lane = -1;                        // -1: not of a lane
    double factor = 1;                             // limit: share left; surge: multiple of demand
};

// One setting of the scenario as resolved: "tolling.etc_share", "0.85".
struct Setting {
    std::string path, value;
};

struct InputDigest {
    std::string file, sha256;
};

inline constexpr double kNotStopped = 1e18;

struct RunRecord {
    std::filesystem::path folder;
    std::string name, version, commit, compiler, state_hash, attribution;
    bool complete = true;
    std::int64_t seed = 0, threads = 0, partitions = 0, events = 0;
    std::string start, end;  // as the scenario says, such as "06:00"
    std::string date;        // may be empty
    // Since midnight: where the run stopped before its end; where the manifest of a stopped run
    // does not say, its last arrival or delivery.
    double reached_s = kNotStopped;
    double load_s = 0, simulate_s = 0, results_s = 0;
    std::vector<results::AuditLine> audits;
    std::int64_t straggler_count = 0;
    std::vector<Straggler> stragglers;  // the first 1,000
    std::vector<InputDigest> inputs;
    std::vector<std::string> notes;
    std::vector<ScriptedEvent> script;
    std::vector<Setting> settings;   // all but the script, sorted by path
    std::vector<results::Kpi> kpis;  // long_name empty
    TrafficPart traffic;
    TripsPart trips;
    TollingPart tolling;
    LogisticsPart logistics;
    TelecomPart telecom;
};

RunRecord read_run(const std::filesystem::path& folder);

// "" where the scenario has no such setting.
std::string setting(const RunRecord& run, std::string_view path);
// "07:30" or "07:30:15": s since midnight; NaN where it is no clock.
double clock_seconds(std::string_view text);

}  // namespace jiahe::evaluation
