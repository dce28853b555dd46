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

constexpr std::int64_t kIdMax = std::int64_t{1} << 62;

struct Units {
    double length_m = 1;
    double speed_mps = 1 / 3.6;
};

// The unit of link lengths is config's long_length where there is one (as the standard has it).
Units read_units(const std::filesystem::path& folder, ImportReport& report) {
    Units units;
    if (!std::filesystem::exists(folder / "config.csv")) {
        report.remark("assumed: lengths in m and speeds in km/h", "no config.csv");
        return units;
    }
    CsvTable config(folder / "config.csv", {"long_length", "speed"});
    if (!config.next()) return units;
    const std::map<std::string, double> lengths = {
        {"m", 1}, {"km", 1000}, {"mi", 1609.344}, {"mile", 1609.344}, {"ft", 0.3048}};
    const std::map<std::string, double> speeds = {
        {"km/h", 1 / 3.6}, {"kph", 1 / 3.6}, {"mph", 0.44704}, {"m/s", 1}};
    if (!lengths.contains(config.text(0))) config.fail(0, "one of m, km, mi, mile, ft");
    if (!speeds.contains(config.text(1))) config.fail(1, "one of km/h, kph, mph, m/s");
    return {lengths.at(config.text(0)), speeds.at(config.text(1))};
}

void read_nodes(const std::filesystem::path& folder, RoadGraphData& data) {
    const std::map<std::string, NodeControl> controls = {
        {"", NodeControl::kNone},           {"none", NodeControl::kNone},
        {"no_control", NodeControl::kNone}, {"yield", NodeControl::kGiveWay},
        {"stop", NodeControl::kStop},       {"4_stop", NodeControl::kStop},
        {"signal", NodeControl::kSignal},   {"roundabout", NodeControl::kRoundabout}};
    CsvTable table(folder / "node.csv", {"node_id", "x_coord", "y_coord"}, {"ctrl_type"});
    while (table.next()) {
        const std::string& control = table.text(3);
        if (!controls.contains(control)) {
            table.fail(3, "none, no_control, yield, stop, 4_stop, signal or roundabout");
        }
        data.nodes.push_back({table.integer(0, -kIdMax, kIdMax), table.number(1, -180, 180),
                              table.number(2, -90, 90), controls.at(control)});
    }
}

RoadClass class_of(const CsvTable& table, std::size_t column, double free_speed_mps,
                   ImportReport& report) {
    if (const auto named = road_class_of(table.text(column))) return *named;
    report.count("links with a class guessed from their speed");
    return class_of_speed(free_speed_mps);
}

void read_links(const std::filesystem::path& folder, const Units& units, RoadGraphData& data,
                ImportReport& report) {
    CsvTable table(folder / "link.csv",
                   {"link_id", "from_node_id", "to_node_id", "length", "lanes", "free_speed"},
                   {"directed", "capacity", "facility_type", "name"});
    std::vector<RoadGraphData::Link> reverses;
    while (table.next()) {
        RoadGraphData::Link link;
        link.id = table.integer(0, -kIdMax, kIdMax);
        link.from_node_id = table.integer(1, -kIdMax, kIdMax);
        link.to_node_id = table.integer(2, -kIdMax, kIdMax);
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
        const std::string& directed = table.text(6);
        if (directed == "false" || directed == "FALSE" || directed == "0") {
            reverses.push_back(link);
            std::swap(reverses.back().from_node_id, reverses.back().to_node_id);
        }
        data.links.push_back(std::move(link));
    }
    std::int64_t next_id = 0;
    for (const auto& link : data.links)
        next_id = std::max(next_id, link.id);
    for (auto& link : reverses) {
        link.id = ++next_id;
        report.count("links added for the other direction of undirected ones");
        data.links.push_back(std::move(link));
    }
}

TurnType turn_of(const CsvTable& table, std::size_t column) {
    const std::string& text = table.text(column);
    if (text == "left") return TurnType::kLeft;
    if (text == "thru") return TurnType::kThru;
    if (text == "right") return TurnType::kRight;
    if (text == "uturn") return TurnType::kUturn;
    table.fail(column, "left, thru, right or uturn");
}

void read_movements(const std::filesystem::path& folder, RoadGraphData& data) {
    if (!std::filesystem::exists(folder / "movement.csv")) return;
    CsvTable table(folder / "movement.csv", {"mvmt_id", "ib_link_id", "ob_link_id", "start_ib_lane",
                                             "end_ib_lane", "type", "ctrl_type"});
    while (table.next()) {
        RoadGraphData::Movement m;
        m.id = table.integer(0, -kIdMax, kIdMax);
        m.in_link_id = table.integer(1, -kIdMax, kIdMax);
        m.out_link_id = table.integer(2, -kIdMax, kIdMax);
        m.first_lane = static_cast<int>(table.integer(3, 0, 32));
        m.last_lane = static_cast<int>(table.integer(4, 0, 32));
        m.turn = turn_of(table, 5);
        m.signalised = table.text(6) == "signal";
        data.movements.push_back(m);
    }
}

void read_signals(const std::filesystem::path& folder, RoadGraphData& data, ImportReport& report) {
    if (!std::filesystem::exists(folder / "signal_phases.csv")) return;
    CsvTable table(folder / "signal_phases.csv", {"node_id", "phase", "green_mvmt_ids",
                                                  "default_green_s", "default_clearance_s"});
    std::map<std::int64_t, SignalPlan> plans;
    while (table.next()) {
        if (table.text(3).empty()) {
            report.count("signal phases outside the default plan");
            continue;
        }
        const std::int64_t node = table.integer(0, -kIdMax, kIdMax);
        plans[node].node_id = node;
        plans[node].phases.push_back(
            {table.integers(2), table.number(3, 0, 3600), table.number(4, 0, 600)});
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

RoadGraphData import_gmns(const std::filesystem::path& folder, ImportReport& report) {
    RoadGraphData data;
    data.source = folder.filename().string();
    const Units units = read_units(folder, report);
    read_nodes(folder, data);
    read_links(folder, units, data, report);
    read_movements(folder, data);
    read_signals(folder, data, report);
    if (has_signal_without_plan(data)) {
        check_nodes_and_links(data);
        check_movements_and_signals(data);
        add_default_signals(data, report);
    }
    report.count("nodes", static_cast<std::int64_t>(data.nodes.size()));
    report.count("links", static_cast<std::int64_t>(data.links.size()));
    report.count("movements", static_cast<std::int64_t>(data.movements.size()));
    report.count("signals", static_cast<std::int64_t>(data.signals.size()));
    return data;
}

}  // namespace jiahe
