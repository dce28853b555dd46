#include "roads/import_gmns.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "roads/csv_table.h"
#include "roads/default_signals.h"
#include "roads/network_faults.h"
#include "roads/road_class_defaults.h"

namespace jiahe {
namespace {

struct Units {
    double length_m = 1;
    double speed_mps = 1 / 3.6;
    CoordinateSystem crs;
};

// The values of a column, each with what it means; fails with the list where it is none of them.
template <class Value>
Value word_of(const CsvTable& table, std::size_t column,
              const std::map<std::string, Value>& words) {
    const auto it = words.find(table.text(column));
    if (it != words.end()) return it->second;
    std::vector<std::string> names;
    std::string list;
    for (const auto& [name, value] : words) {
        if (name.empty()) continue;
        names.push_back(name);
        list += (list.empty() ? "" : ", ") + name;
    }
    const std::string near = did_you_mean(table.text(column), names);
    table.fail(column, "one of " + list + (near.empty() ? "" : "; " + near));
}

void note_unused(const CsvTable& table, const std::string& file, ImportReport& report) {
    for (const std::string& column : table.unused_columns())
        report.remark("columns that are not read", file + ": " + column);
}

// The unit of link lengths is config's long_length where there is one (as the standard has it).
Units read_units(const std::filesystem::path& folder, const CoordinateSystem& crs,
                 ImportReport& report) {
    Units units;
    units.crs = crs;
    if (!std::filesystem::exists(folder / "config.csv")) {
        report.remark("assumed: lengths in m and speeds in km/h", "no config.csv");
        return units;
    }
    CsvTable config(folder / "config.csv", {"long_length", "speed"}, {"crs"});
    if (!config.next()) return units;
    units.length_m = word_of<double>(
        config, 0, {{"m", 1}, {"km", 1000}, {"mi", 1609.344}, {"mile", 1609.344}, {"ft", 0.3048}});
    units.speed_mps = word_of<double>(
        config, 1, {{"km/h", 1 / 3.6}, {"kph", 1 / 3.6}, {"mph", 0.44704}, {"m/s", 1}});
    if (!config.text(2).empty()) {
        const Place place = config.place(2);
        const CoordinateSystem declared = CoordinateSystem::of(config.text(2), place);
        units.crs = declared.has_epsg() || declared.is_wgs84()
                        ? crs.beside_declared(declared.has_epsg() ? declared.epsg() : 4326, place)
                        : declared;
    }
    return units;
}

// Ids of rows, to find the ones that are given twice and the ones that do not exist.
class KnownIds {
  public:
    std::int64_t add(const CsvTable& table, std::size_t column) {
        const std::int64_t id = table.id(column);
        if (!ids_.insert(id).second) table.fail(column, "an id that no earlier row has");
        return id;
    }
    std::int64_t need(const CsvTable& table, std::size_t column, const char* of) const {
        const std::int64_t id = table.id(column);
        if (!ids_.contains(id)) table.fail(column, fmt::format("the id of a row of {}", of));
        return id;
    }
    bool contains(std::int64_t id) const { return ids_.contains(id); }

  private:
    std::set<std::int64_t> ids_;
};

KnownIds read_nodes(const std::filesystem::path& folder, const Units& units, RoadGraphData& data,
                    ImportReport& report) {
    const std::map<std::string, NodeControl> controls = {
        {"", NodeControl::kNone},           {"none", NodeControl::kNone},
        {"no_control", NodeControl::kNone}, {"yield", NodeControl::kGiveWay},
        {"stop", NodeControl::kStop},       {"4_stop", NodeControl::kStop},
        {"signal", NodeControl::kSignal},   {"roundabout", NodeControl::kRoundabout}};
    CsvTable table(folder / "node.csv", {"node_id", "x_coord", "y_coord"}, {"ctrl_type"});
    note_unused(table, "node.csv", report);
    KnownIds ids;
    while (table.next()) {
        const std::int64_t id = ids.add(table, 0);
        const double x = table.number(1, -1e9, 1e9);
        const double y = table.number(2, -1e9, 1e9);
        const auto at = units.crs.to_wgs84(x, y);
        if (!at) {
            table.fail(1, fmt::format("with y_coord {} a place on earth in {}", table.text(2),
                                      units.crs.name()));
        }
        data.nodes.push_back({id, at->lon_deg, at->lat_deg, word_of(table, 3, controls)});
    }
    return ids;
}

RoadClass class_of(const CsvTable& table, std::size_t column, double free_speed_mps,
                   ImportReport& report) {
    if (const auto named = road_class_of(table.text(column))) return *named;
    if (!table.text(column).empty()) {
        report.remark("facility types that are none of ours, class by speed",
                      fmt::format("line {}: {}", table.line(), table.text(column)));
    } else {
        report.count("links with a class guessed from their speed");
    }
    return class_of_speed(free_speed_mps);
}

RoadGraphData::Link link_of_row(const CsvTable& table, const Units& units, const KnownIds& nodes,
                                ImportReport& report) {
    RoadGraphData::Link link;
    link.from_node_id = nodes.need(table, 1, "node.csv");
    link.to_node_id = nodes.need(table, 2, "node.csv");
    link.length_m = table.number(3, 1e-6, 1e7) * units.length_m;
    link.lane_count = static_cast<int>(table.integer(4, 1, 32));
    link.free_speed_mps = table.number(5, 0.1, 500) * units.speed_mps;
    if (!table.text(7).empty()) {  // the standard's capacity is a lane's
        link.capacity_pcuph = table.number(7, 1, 1e5) * link.lane_count;
    } else {
        report.count("links with the capacity of their class and speed");
    }
    link.road_class = class_of(table, 8, link.free_speed_mps, report);
    link.name = table.text(9);
    return link;
}

KnownIds read_links(const std::filesystem::path& folder, const Units& units, const KnownIds& nodes,
                    RoadGraphData& data, ImportReport& report) {
    const std::map<std::string, bool> directed = {
        {"", true},       {"true", true},   {"TRUE", true},   {"True", true}, {"1", true},
        {"false", false}, {"FALSE", false}, {"False", false}, {"0", false}};
    CsvTable table(folder / "link.csv",
                   {"link_id", "from_node_id", "to_node_id", "length", "lanes", "free_speed"},
                   {"directed", "capacity", "facility_type", "name"});
    note_unused(table, "link.csv", report);
    KnownIds ids;
    std::vector<RoadGraphData::Link> reverses;
    std::int64_t next_id = 0;
    while (table.next()) {
        const std::int64_t id = ids.add(table, 0);
        RoadGraphData::Link link = link_of_row(table, units, nodes, report);
        link.id = id;
        next_id = std::max(next_id, link.id);
        if (!word_of(table, 6, directed)) {
            reverses.push_back(link);
            std::swap(reverses.back().from_node_id, reverses.back().to_node_id);
        }
        data.links.push_back(std::move(link));
    }
    for (auto& link : reverses) {
        link.id = ++next_id;
        report.count("links added for the other direction of undirected ones");
        data.links.push_back(std::move(link));
    }
    return ids;
}

KnownIds read_movements(const std::filesystem::path& folder, const KnownIds& links,
                        RoadGraphData& data, ImportReport& report) {
    const std::map<std::string, TurnType> turns = {{"left", TurnType::kLeft},
                                                   {"thru", TurnType::kThru},
                                                   {"right", TurnType::kRight},
                                                   {"uturn", TurnType::kUturn}};
    const std::map<std::string, bool> signalised = {
        {"", false},       {"no_control", false},     {"none", false},
        {"yield", false},  {"stop", false},           {"stop_2_way", false},
        {"4_stop", false}, {"stop_4_way", false},     {"roundabout", false},
        {"signal", true},  {"signal_with_RTOR", true}};
    KnownIds ids;
    if (!std::filesystem::exists(folder / "movement.csv")) return ids;
    CsvTable table(folder / "movement.csv", {"mvmt_id", "ib_link_id", "ob_link_id", "start_ib_lane",
                                             "end_ib_lane", "type", "ctrl_type"});
    note_unused(table, "movement.csv", report);
    while (table.next()) {
        RoadGraphData::Movement m;
        m.id = ids.add(table, 0);
        m.in_link_id = links.need(table, 1, "link.csv");
        m.out_link_id = links.need(table, 2, "link.csv");
        m.first_lane = static_cast<int>(table.integer(3, 0, 32));
        m.last_lane = static_cast<int>(table.integer(4, 0, 32));
        m.turn = word_of(table, 5, turns);
        m.signalised = word_of(table, 6, signalised);
        data.movements.push_back(m);
    }
    return ids;
}

void read_signals(const std::filesystem::path& folder, const KnownIds& nodes,
                  const KnownIds& movements, RoadGraphData& data, ImportReport& report) {
    if (!std::filesystem::exists(folder / "signal_phases.csv")) return;
    CsvTable table(folder / "signal_phases.csv", {"node_id", "phase", "green_mvmt_ids",
                                                  "default_green_s", "default_clearance_s"});
    note_unused(table, "signal_phases.csv", report);
    std::map<std::int64_t, SignalPlan> plans;
    while (table.next()) {
        const std::int64_t node = nodes.need(table, 0, "node.csv");
        const std::vector<std::int64_t> green = table.integers(2);
        for (const std::int64_t id : green) {
            if (!movements.contains(id)) table.fail(2, "ids of rows of movement.csv");
        }
        if (table.text(3).empty()) {
            report.count("signal phases outside the default plan");
            continue;
        }
        plans[node].node_id = node;
        plans[node].phases.push_back({green, table.number(3, 0, 3600), table.number(4, 0, 600)});
    }
    std::set<std::int64_t> timed;
    for (auto& [node, plan] : plans) {
        for (const SignalPhase& phase : plan.phases) {
            timed.insert(phase.green_movement_ids.begin(), phase.green_movement_ids.end());
        }
        data.signals.push_back(std::move(plan));
    }
    for (auto& m : data.movements) {
        if (!m.signalised || timed.contains(m.id)) continue;
        m.signalised = false;
        report.count(m.turn == TurnType::kRight
                         ? "right turns with green always"
                         : "signal movements without a phase, left uncontrolled");
    }
}

bool has_signal_without_plan(const RoadGraphData& data) {
    std::set<std::int64_t> planned;
    for (const SignalPlan& plan : data.signals)
        planned.insert(plan.node_id);
    return std::any_of(data.nodes.begin(), data.nodes.end(), [&](const auto& node) {
        return node.control == NodeControl::kSignal && !planned.contains(node.id);
    });
}

}  // namespace

RoadGraphData import_gmns(const std::filesystem::path& folder, ImportReport& report,
                          const CoordinateSystem& crs) {
    RoadGraphData data;
    data.source = folder.filename().string();
    const Units units = read_units(folder, crs, report);
    const KnownIds nodes = read_nodes(folder, units, data, report);
    const KnownIds links = read_links(folder, units, nodes, data, report);
    const KnownIds movements = read_movements(folder, links, data, report);
    read_signals(folder, nodes, movements, data, report);
    if (has_signal_without_plan(data)) {
        check_network(data, folder.string());
        add_default_signals(data, report);
    }
    report.count("nodes", static_cast<std::int64_t>(data.nodes.size()));
    report.count("links", static_cast<std::int64_t>(data.links.size()));
    report.count("movements", static_cast<std::int64_t>(data.movements.size()));
    report.count("signals", static_cast<std::int64_t>(data.signals.size()));
    return data;
}

}  // namespace jiahe
