#include "scenario/core_sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/error_codes.h"

namespace jiahe::scenario {
namespace {

const std::vector<std::string> kActions = {"fail", "restore", "limit", "close", "surge"};
const std::vector<std::string> kTargetKinds = {"link",     "lane",        "plaza", "cell",
                                               "backhaul", "data_centre", "road",  "demand"};

void declare_head(Setting& root) {
    root.name("name", "Name of the run; also that of its folder.").required();
    root.text("title", "What the report calls it.");
    root.date("date", "Calendar day of the first midnight, for maps with a time axis.")
        .by_default("2024-05-06");
    root.time_of_day("start", "Clock time at which the run starts.").by_default("00:00");
    root.time_of_day("end", "Clock time at which it ends; may pass midnight, up to 48:00.")
        .by_default("24:00");
    root.integer("seed", "Seed of all named draws.").at_least("0").by_default("1");
}

void declare_network(Setting& city) {
    Setting& network = city.section("network", "A road network from a file.").optional();
    network.file_or_folder("file", "The network; a folder for GMNS and TNTP.").required();
    network
        .choice("format", "Format of the file; auto goes by its name.",
                {"auto", "gpkg", "osm", "gmns", "tntp"})
        .by_default("auto");
    network.text("crs", "Coordinate system of this file; by default city.crs.");
    network
        .boolean("keep_largest_part", "Drop what lies outside the largest strongly connected part.")
        .by_default("true");
}

void declare_generator(Setting& city) {
    Setting& generator =
        city.section("generator", "A network made by our deterministic generator.").optional();
    generator
        .choice("kind",
                "grid: a town of equal blocks; region: towns, expressways and barriers "
                "from a table of facts.",
                {"grid", "region"})
        .by_default("grid");
    generator
        .folder("facts", "Published facts of the region (kind region): a folder with units.csv.")
        .holding("units.csv");
    generator.integer("links", "Number of links to aim at (kind region).")
        .range("100", "2000000")
        .by_default("60000");
    generator.integer("rows", "Junctions from north to south (kind grid).")
        .range("2", "1000")
        .by_default("10");
    generator.integer("columns", "Junctions from west to east (kind grid).")
        .range("2", "1000")
        .by_default("10");
    generator.length("block", "Distance between junctions (kind grid).")
        .range("30 m", "5 km")
        .by_default("300 m")
        .source("A");
    generator.integer("lanes", "Lanes in one direction (kind grid).")
        .range("1", "6")
        .by_default("2");
    generator.speed("speed_limit", "Speed limit (kind grid).")
        .range("10 km/h", "130 km/h")
        .by_default("50 km/h");
}

void declare_city(Setting& root) {
    Setting& city = root.section("city", "Where the city comes from.");
    city.text("crs",
              "Coordinate system of the city's files: EPSG:n, wgs84, gcj02 or bd09; by default "
              "what each file says, else WGS 84.");
    declare_network(city);
    declare_generator(city);
    city.one_of_or({"network", "generator"}, "generator");
    Setting& layer = city.named("layers", "Geographic layers by name: residents, jobs.")
                         .size_range(0, 100)
                         .of_sections();
    layer.file("file", "GeoPackage, GeoJSON, Shapefile, FlatGeobuf, or CSV with lon and lat.")
        .required();
    layer.text("layer", "Layer within the file; by default the first.");
    layer.text("column", "Column that holds the number; by default the layer's name.");
    layer.text("crs", "Coordinate system of this file; by default city.crs.");
    city.named("data", "Further data files by the name under which a system asks for them.")
        .size_range(0, 1000)
        .of_files();
}

void declare_events(Setting& root) {
    Setting& event = root.list("events", "What happens to the city at given times.")
                         .size_range(0, 100'000)
                         .of_sections();
    event.time_of_day("time", "When it happens.").required();
    event.time_of_day("until", "When it is undone; by default never.");
    event
        .choice("action", "fail and restore; limit to a share of capacity; close; surge of demand.",
                kActions)
        .required();
    Setting& target = event.section("target", "What it happens to.");
    target.choice("kind", "Kind of the target.", kTargetKinds).required();
    target.text("name", "Name or external id of the target; for demand: all.");
    target.integer("lane", "Index of the lane, 0 at the kerb (kind lane).").range("0", "100");
    event.number("factor", "limit: share of capacity that is left; surge: multiple of demand.")
        .range("0", "100");
}

void declare_output(Setting& root) {
    Setting& output = root.section("output", "What a run writes.");
    output.duration("link_epoch", "Width of the time bins of figures for links and sites.")
        .range("1 s", "24 h")
        .by_default("15 min");
    output.duration("snapshot_every", "Simulated time between snapshots; by default none.")
        .at_least("1 s");
    output.boolean("trips", "Write one row for each vehicle trip.").by_default("true");
    output.boolean("parcels", "Write one row for each parcel.").by_default("true");
    output.boolean("passages", "Write one row for each charged toll passage.").by_default("true");
    output.boolean("map", "Write layers.gpkg after the run.").by_default("true");
}

// Which actions a kind of target knows.
bool suits(Action action, TargetKind kind) {
    switch (action) {
        case Action::kSurge:
            return kind == TargetKind::kDemand;
        case Action::kClose:
            return kind == TargetKind::kLink || kind == TargetKind::kLane ||
                   kind == TargetKind::kPlaza || kind == TargetKind::kRoad;
        case Action::kFail:
        case Action::kRestore:
        case Action::kLimit:
            return kind != TargetKind::kDemand;
    }
    return false;
}

bool takes_factor(Action action) {
    return action == Action::kLimit || action == Action::kSurge;
}

void check_factor(const Value& event, Action action, FaultList& faults) {
    const bool has = event.has("factor");
    const std::string name(action_name(action));
    if (takes_factor(action) && !has) {
        faults.add(event["action"].fault(code::kEventTarget,
                                         fmt::format("action '{}' needs a 'factor'", name)));
    } else if (!takes_factor(action) && has) {
        faults.add(event["factor"].fault(code::kEventTarget,
                                         fmt::format("action '{}' takes no 'factor'", name)));
    } else if (action == Action::kLimit && event["factor"].number() > 1) {
        faults.add(event["factor"].fault(
            code::kOutOfRange, fmt::format("a limit leaves at most the whole capacity, factor 1")));
    } else if (action == Action::kSurge && event["factor"].number() < 1) {
        faults.add(event["factor"].fault(
            code::kOutOfRange, "a surge multiplies demand by at least 1, the whole of it"));
    }
}

void check_target(const Value& event, Action action, FaultList& faults) {
    const Value target = event["target"];
    const auto kind = target["kind"].choice<TargetKind>();
    const std::string kind_text(target_kind_name(kind));
    if (!suits(action, kind)) {
        faults.add(event["action"].fault(
            code::kEventTarget, fmt::format("action '{}' does not suit a target of kind '{}'",
                                            action_name(action), kind_text)));
    }
    if (kind != TargetKind::kDemand && !target.has("name")) {
        faults.add(target.fault(code::kMissingKey,
                                fmt::format("a target of kind '{}' needs a 'name'", kind_text)));
    }
    if (kind == TargetKind::kLane && !target.has("lane")) {
        faults.add(target.fault(code::kMissingKey, "a target of kind 'lane' needs a 'lane'"));
    } else if (kind != TargetKind::kLane && target.has("lane")) {
        faults.add(target["lane"].fault(
            code::kEventTarget, fmt::format("a target of kind '{}' has no 'lane'", kind_text)));
    }
}

void check_times(const Value& root, const Value& event, Action action, FaultList& faults) {
    const SimTime time = event["time"].time_of_day();
    const SimTime start = root["start"].time_of_day();
    const SimTime end = root["end"].time_of_day();
    if (time < start || time >= end) {
        faults.add(event["time"].fault(
            code::kEventOutside,
            fmt::format("the event at {} lies outside the run from {} to {}",
                        format_time_of_day(time.us), format_time_of_day(start.us),
                        format_time_of_day(end.us))));
    }
    if (!event.has("until")) return;
    const Value until = event["until"];
    if (until.time_of_day() <= time) {
        faults.add(until.fault(
            code::kTimeOrder,
            fmt::format("'until' ({}) is not after 'time' ({})",
                        format_time_of_day(until.time_of_day().us), format_time_of_day(time.us))));
    }
    if (action == Action::kRestore) {
        faults.add(until.fault(code::kEventTarget, "action 'restore' takes no 'until'"));
    }
}

void check_core(const Value& root, FaultList& faults) {
    const Value end = root["end"];
    if (end.time_of_day() <= root["start"].time_of_day()) {
        // The later written of the two is to blame; a default has the place of the whole file.
        const Value blamed = end.written() || !root["start"].written() ? end : root["start"];
        faults.add(blamed.fault(code::kTimeOrder,
                                fmt::format("'end' ({}) is not after 'start' ({})",
                                            format_time_of_day(end.time_of_day().us),
                                            format_time_of_day(root["start"].time_of_day().us))));
        return;
    }
    const Value generator = root["city"]["generator"];
    if (root["city"].has("generator") && generator["kind"].text() == "region" &&
        !generator.has("facts")) {
        faults.add(
            generator.fault(code::kMissingKey, "a generator of kind 'region' needs 'facts'"));
    }
    for (const Value& event : root["events"].items()) {
        const auto action = event["action"].choice<Action>();
        check_times(root, event, action, faults);
        check_target(event, action, faults);
        check_factor(event, action, faults);
    }
}

}  // namespace

void declare_core(Schema& schema) {
    Setting& root = schema.root();
    declare_head(root);
    declare_city(root);
    declare_events(root);
    declare_output(root);
    schema.add_check(check_core);
}

OutputOptions read_output(const Scenario& scenario) {
    const Value output = scenario["output"];
    OutputOptions options;
    options.bin_width = output["link_epoch"].duration();
    if (output.has("snapshot_every")) options.snapshot_every = output["snapshot_every"].duration();
    options.trips = output["trips"].boolean();
    options.parcels = output["parcels"].boolean();
    options.passages = output["passages"].boolean();
    options.map = output["map"].boolean();
    return options;
}

RunWindow read_window(const Scenario& scenario) {
    RunWindow window;
    window.name = scenario["name"].text();
    window.date = scenario["date"].text();
    window.start = scenario["start"].time_of_day();
    window.end = scenario["end"].time_of_day();
    window.duration = window.end - window.start;
    window.seed = static_cast<std::uint64_t>(scenario["seed"].integer());
    return window;
}

std::vector<TimedEvent> read_events(const Scenario& scenario) {
    std::vector<TimedEvent> events;
    for (const Value& value : scenario["events"].items()) {
        const Value target = value["target"];
        TimedEvent event{.time = value["time"].since_start(),
                         .until = value.has("until") ? value["until"].since_start() : kNever,
                         .action = value["action"].choice<Action>(),
                         .target = target["kind"].choice<TargetKind>(),
                         .name = target.has("name") ? target["name"].text() : "all",
                         .lane = std::nullopt,
                         .factor = value.has("factor") ? value["factor"].number() : 1,
                         .value = value};
        if (target.has("lane")) event.lane = target["lane"].integer();
        events.push_back(std::move(event));
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const TimedEvent& a, const TimedEvent& b) { return a.time < b.time; });
    return events;
}

std::string_view action_name(Action action) {
    return kActions[static_cast<std::size_t>(action)];
}

std::string_view target_kind_name(TargetKind kind) {
    return kTargetKinds[static_cast<std::size_t>(kind)];
}

}  // namespace jiahe::scenario
