#include "evaluation/run_record.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "results/results_reader.h"
#include "results/run_files.h"
#include "tolling/vehicle_kind.h"

namespace jiahe::evaluation {
namespace {

namespace fs = std::filesystem;
using results::ResultsReader;
using Json = nlohmann::json;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kDefaultBinS = 900;

std::string text_of(const Json& object, const char* key) {
    const auto it = object.find(key);
    if (it == object.end() || it->is_null()) return {};
    if (it->is_string()) return it->get<std::string>();
    return it->dump();
}

template <class Number>
Number number_of(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_number() ? it->get<Number>() : Number{};
}

const Json& child(const Json& object, const char* key) {
    static const Json kNothing = Json::object();
    const auto it = object.find(key);
    return it != object.end() ? *it : kNothing;
}

void flatten(const Json& value, const std::string& path, std::vector<Setting>& out) {
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items())
            flatten(inner, path.empty() ? key : path + "." + key, out);
    } else {
        out.push_back({path, value.is_string() ? value.get<std::string>() : value.dump()});
    }
}

std::vector<ScriptedEvent> read_script(const Json& events) {
    std::vector<ScriptedEvent> script;
    for (const Json& event : events) {
        if (!event.is_object()) continue;
        const Json& target = child(event, "target");
        ScriptedEvent out;
        out.from_s = clock_seconds(text_of(event, "time"));
        const std::string until = text_of(event, "until");
        out.until_s =
            until.empty() ? std::numeric_limits<double>::infinity() : clock_seconds(until);
        out.action = text_of(event, "action");
        out.target_kind = text_of(target, "kind");
        out.target_name = text_of(target, "name");
        if (target.contains("lane")) out.lane = number_of<std::int64_t>(target, "lane");
        if (event.contains("factor")) out.factor = number_of<double>(event, "factor");
        script.push_back(std::move(out));
    }
    return script;
}

void read_manifest(const Json& m, RunRecord& run) {
    run.name = text_of(m, "name");
    run.version = text_of(m, "version");
    run.commit = text_of(m, "commit");
    run.compiler = text_of(m, "compiler");
    run.state_hash = text_of(m, "state_hash");
    run.attribution = text_of(m, "attribution");
    run.complete = m.value("complete", true);
    run.seed = number_of<std::int64_t>(m, "seed");
    run.threads = number_of<std::int64_t>(m, "threads");
    run.partitions = number_of<std::int64_t>(m, "partitions");
    run.events = number_of<std::int64_t>(m, "events");
    const Json& scenario = child(m, "scenario");
    run.start = text_of(scenario, "start");
    run.end = text_of(scenario, "end");
    run.date = text_of(scenario, "date");
    run.script = read_script(child(scenario, "events"));
    Json rest = scenario;
    rest.erase("events");
    flatten(rest, "", run.settings);
    std::sort(run.settings.begin(), run.settings.end(),
              [](const Setting& a, const Setting& b) { return a.path < b.path; });
    if (m.contains("reached_s")) run.reached_s = number_of<double>(m, "reached_s");
    const Json& timings = child(m, "timings_s");
    run.load_s = number_of<double>(timings, "load");
    run.simulate_s = number_of<double>(timings, "simulate");
    run.results_s = number_of<double>(timings, "results");
    for (const Json& line : child(m, "audits")) {
        run.audits.push_back({text_of(line, "name"), text_of(line, "claim"),
                              number_of<std::int64_t>(line, "left"),
                              number_of<std::int64_t>(line, "right")});
    }
    const Json& stragglers = child(m, "stragglers");
    run.straggler_count = number_of<std::int64_t>(stragglers, "count");
    for (const Json& row : child(stragglers, "rows")) {
        run.stragglers.push_back(
            {number_of<std::int64_t>(row, "trip"), text_of(row, "link"), text_of(row, "cause")});
    }
    for (const Json& input : child(m, "inputs")) {
        if (!input.is_object()) continue;
        run.inputs.push_back({text_of(input, "file"), text_of(input, "sha256")});
    }
    for (const Json& note : child(m, "notes")) {
        if (note.is_string()) run.notes.push_back(note.get<std::string>());
    }
}

std::vector<results::Kpi> parse_kpis(const std::string& text, const std::string& path) {
    std::vector<results::Kpi> kpis;
    std::size_t begin = text.find('\n');  // after the header
    while (begin != std::string::npos && begin + 1 < text.size()) {
        const std::size_t end = text.find('\n', begin + 1);
        const std::string_view line(text.data() + begin + 1,
                                    (end == std::string::npos ? text.size() : end) - begin - 1);
        begin = end;
        if (line.empty()) continue;
        const std::size_t first = line.find(','), second = line.rfind(',');
        if (first == std::string_view::npos || first == second) {
            throw CorruptFileError(path + ": a line without name, unit and value");
        }
        results::Kpi kpi{std::string(line.substr(0, first)),
                         std::string(line.substr(first + 1, second - first - 1)), kNan, ""};
        const std::string_view value = line.substr(second + 1);
        std::from_chars(value.data(), value.data() + value.size(), kpi.value);
        kpis.push_back(std::move(kpi));
    }
    return kpis;
}

TimeBins read_bins(const ResultsReader& in, const std::string& group) {
    TimeBins bins;
    bins.begin_s = in.doubles_or_empty(group, "time");
    bins.width_s = bins.count() > 1 ? bins.begin_s[1] - bins.begin_s[0] : kDefaultBinS;
    return bins;
}

// Columns that are absent or of a wrong length become `fill`.
template <class T, class From>
std::vector<T> fitted(std::vector<From> values, std::size_t size, T fill) {
    if (values.size() != size) return std::vector<T>(size, fill);
    return {values.begin(), values.end()};
}

void read_traffic(const ResultsReader& in, TrafficPart& t) {
    const std::string group = "/traffic";
    t.bins = read_bins(in, group);
    t.link = in.integers_or_empty(group, "link");
    const std::size_t n = t.link.size(), cells = n * t.bins.count();
    const auto column = [&](const char* name) {
        return fitted(in.doubles_or_empty(group, name), n, kNan);
    };
    t.length_m = column("length");
    t.free_speed_mps = column("free_speed");
    t.capacity_vph = column("capacity");
    t.from_lon = column("from_lon");
    t.from_lat = column("from_lat");
    t.to_lon = column("to_lon");
    t.to_lat = column("to_lat");
    const auto small = [&](const char* name) {
        std::vector<std::uint8_t> out;
        for (const std::int64_t value :
             fitted<std::int64_t>(in.integers_or_empty(group, name), n, 0)) {
            out.push_back(static_cast<std::uint8_t>(value));
        }
        return out;
    };
    t.road_class = small("road_class");
    t.lanes = small("lanes");
    t.flow.resize(cells, 0);
    const std::vector<std::int64_t> flow = in.integers_or_empty(group, "flow");
    for (std::size_t i = 0; i < cells && flow.size() == cells; ++i) {
        t.flow[i] = static_cast<std::uint32_t>(flow[i]);
    }
    t.travel_time_s = fitted(in.floats_or_empty(group, "travel_time"), cells,
                             std::numeric_limits<float>::quiet_NaN());
}

void read_trips(const ResultsReader& in, TripsPart& t) {
    const std::string group = "/traffic/trips";
    t.departure_s = in.doubles_or_empty(group, "departure_s");
    const std::size_t n = t.departure_s.size();
    t.arrival_s = fitted(in.doubles_or_empty(group, "arrival_s"), n, kNan);
    t.distance_m = fitted(in.doubles_or_empty(group, "distance_m"), n, kNan);
    t.vehicle_class.clear();
    for (const std::int64_t value :
         fitted<std::int64_t>(in.integers_or_empty(group, "vehicle_class"), n, 0)) {
        t.vehicle_class.push_back(static_cast<std::uint8_t>(value));
    }
}

void read_tolling(const ResultsReader& in, TollingPart& t) {
    const std::string group = "/tolling";
    t.bins = read_bins(in, group);
    const std::size_t n = in.integers_or_empty(group, "plaza").size(), cells = n * t.bins.count();
    t.name = in.texts_or_empty(group, "plaza_name");
    t.name.resize(n);
    t.lon = fitted(in.doubles_or_empty(group, "lon"), n, kNan);
    t.lat = fitted(in.doubles_or_empty(group, "lat"), n, kNan);
    t.passages.assign(cells, 0);
    const std::vector<std::int64_t> passages = in.integers_or_empty(group, "passages");
    for (std::size_t i = 0; i < cells && passages.size() == cells; ++i) {
        t.passages[i] = static_cast<std::uint32_t>(passages[i]);
    }
    t.delay_s =
        fitted(in.floats_or_empty(group, "delay"), cells, std::numeric_limits<float>::quiet_NaN());
}

// Passages of plazas by bin and cause, from the ledger; gantries are left out.
void read_settlements(const ResultsReader& in, TollingPart& t) {
    const std::string group = "/tolling/ledger";
    const std::vector<double> time_s = in.doubles_or_empty(group, "time_s");
    const std::vector<std::int64_t> site = in.integers_or_empty(group, "site");
    const std::vector<std::int64_t> cause = in.integers_or_empty(group, "cause");
    const std::size_t bins = t.bins.count(), plazas = t.name.size();
    if (time_s.empty() || site.size() != time_s.size() || cause.size() != time_s.size()) return;
    if (bins == 0 || !(t.bins.width_s > 0)) return;
    t.settled.assign(bins * plazas * tolling::kCauseCount, 0);
    for (std::size_t i = 0; i < time_s.size(); ++i) {
        const double place = std::floor((time_s[i] - t.bins.begin_s[0]) / t.bins.width_s);
        if (!(place >= 0 && place < static_cast<double>(bins))) continue;
        const auto plaza = static_cast<std::size_t>(site[i]);
        const auto settled_by = static_cast<std::size_t>(cause[i]);
        if (plaza >= plazas || settled_by >= tolling::kCauseCount) continue;
        ++t.settled[(static_cast<std::size_t>(place) * plazas + plaza) * tolling::kCauseCount +
                    settled_by];
    }
}

void read_logistics(const ResultsReader& in, LogisticsPart& l) {
    const std::string parcels = "/logistics/parcels", hubs = "/logistics";
    l.ordered_s = in.doubles_or_empty(parcels, "ordered_s");
    const std::size_t n = l.ordered_s.size();
    l.promised_s = fitted(in.doubles_or_empty(parcels, "promised_s"), n, kNan);
    l.delivered_s = fitted(in.doubles_or_empty(parcels, "delivered_s"), n, kNan);
    l.hub_name = in.texts_or_empty(hubs, "hub_name");
    l.hub_name.resize(in.integers_or_empty(hubs, "hub").size());
    l.hub_lon = fitted(in.doubles_or_empty(hubs, "lon"), l.hub_name.size(), kNan);
    l.hub_lat = fitted(in.doubles_or_empty(hubs, "lat"), l.hub_name.size(), kNan);
}

void read_telecom(const ResultsReader& in, TelecomPart& t) {
    const std::string group = "/telecom";
    t.bins = read_bins(in, group);
    t.lon = in.doubles_or_empty(group, "lon");
    t.lat = fitted(in.doubles_or_empty(group, "lat"), t.lon.size(), kNan);
    t.load = fitted(in.floats_or_empty(group, "load"), t.lon.size() * t.bins.count(),
                    std::numeric_limits<float>::quiet_NaN());
    t.last_load = in.floats_or_empty(group, "last_load");
    if (t.last_load.size() != t.lon.size()) t.last_load.clear();
    t.class_name = in.texts_or_empty(group, "class_name");
    const std::size_t n = t.class_name.size();
    t.offered_bytes = fitted(in.doubles_or_empty(group, "offered_bytes"), n, kNan);
    t.delivered_bytes = fitted(in.doubles_or_empty(group, "delivered_bytes"), n, kNan);
    t.dropped_bytes = fitted(in.doubles_or_empty(group, "dropped_bytes"), n, kNan);
    t.queued_bytes = fitted(in.doubles_or_empty(group, "queued_bytes"), n, kNan);
}

}  // namespace

double clock_seconds(std::string_view text) {
    int h = 0, m = 0, s = 0;
    const int found = std::sscanf(std::string(text).c_str(), "%3d:%2d:%2d", &h, &m, &s);
    return found >= 2 ? 3600.0 * h + 60.0 * m + s : kNan;
}

std::string setting(const RunRecord& run, std::string_view path) {
    const auto at = std::lower_bound(
        run.settings.begin(), run.settings.end(), path,
        [](const Setting& entry, std::string_view name) { return entry.path < name; });
    return at != run.settings.end() && at->path == path ? at->value : std::string();
}

namespace {

// The latest time of which anything is recorded; NaN where nothing is.
double last_record_s(const RunRecord& run) {
    double last = kNan;
    for (const auto* times : {&run.trips.arrival_s, &run.logistics.delivered_s}) {
        for (const double t : *times)
            last = std::fmax(last, t);  // fmax passes NaN over
    }
    return last;
}

}  // namespace

RunRecord read_run(const fs::path& folder) {
    RunRecord run;
    run.folder = folder;
    const fs::path manifest = folder / "manifest.json";
    std::error_code error;
    if (!fs::is_regular_file(manifest, error)) {
        throw InputError(InputFault{"E-REP-001",
                                    {folder.string(), 0, 0, ""},
                                    "no manifest.json: not the folder of a finished run",
                                    "give a folder that 'jiahe run' wrote"});
    }
    const Json parsed = Json::parse(results::read_file(manifest.string()), nullptr, false);
    if (!parsed.is_object()) throw CorruptFileError(manifest.string() + ": not a JSON object");
    read_manifest(parsed, run);
    const fs::path kpis = folder / "kpi.csv";
    if (fs::exists(kpis, error)) {
        run.kpis = parse_kpis(results::read_file(kpis.string()), kpis.string());
    }
    const fs::path h5 = folder / "results.h5";
    if (fs::exists(h5, error)) {
        const ResultsReader in(h5.string());
        read_traffic(in, run.traffic);
        read_trips(in, run.trips);
        read_tolling(in, run.tolling);
        read_settlements(in, run.tolling);
        read_logistics(in, run.logistics);
        read_telecom(in, run.telecom);
    }
    if (!run.complete && run.reached_s == kNotStopped) {
        const double last = last_record_s(run);
        if (std::isfinite(last)) run.reached_s = last;
    }
    return run;
}

}  // namespace jiahe::evaluation
