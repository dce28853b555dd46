#include "roads/import_gmns.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "base/error.h"
#include "roads/csv_table.h"
#include "roads/road_class_defaults.h"

namespace jiahe {
namespace {

constexpr std::int64_t kIdMax = std::int64_t{1} << 62;

struct Units {
    double length_m = 1;
    double speed_mps = 1 / 3.6;
};

Units read_units(const std::filesystem::path& folder) {
    CsvTable config(folder / "config.csv", {"long_length", "speed"});
    Units units;
    if (!config.next()) return units;
    const std::map<std::string, double> lengths = {
        {"m", 1}, {"km", 1000}, {"mi", 1609.344}, {"ft", 0.3048}};
    const std::map<std::string, double> speeds = {
        {"km/h", 1 / 3.6}, {"kph", 1 / 3.6}, {"mph", 0.44704}, {"m/s", 1}};
    if (!lengths.contains(config.text(0))) config.fail(0, "one of m, km, mi, ft");
    if (!speeds.contains(config.text(1))) config.fail(1, "one of km/h, kph, mph, m/s");
    return {lengths.at(config.text(0)), speeds.at(config.text(1))};
}

void read_nodes(const std::filesystem::path& folder, RoadGraphData& data) {
    CsvTable table(folder / "node.csv", {"node_id", "x_coord", "y_coord", "ctrl_type"});
    while (table.next()) {
        const bool signal = table.text(3) == "signal";
        data.nodes.push_back({table.integer(0, -kIdMax, kIdMax), table.number(1, -180, 180),
                              table.number(2, -90, 90),
                              signal ? NodeControl::kSignal : NodeControl::kNone});
    }
}

void read_links(const std::filesystem::path& folder, const Units& units, RoadGraphData& data) {
    CsvTable table(folder / "link.csv",
                   {"link_id", "from_node_id", "to_node_id", "length", "lanes", "free_speed"});
    while (table.next()) {
        RoadGraphData::Link link;
        link.id = table.integer(0, -kIdMax, kIdMax);
        link.from_node_id = table.integer(1, -kIdMax, kIdMax);
        link.to_node_id = table.integer(2, -kIdMax, kIdMax);
        link.length_m = table.number(3, 1e-6, 1e7) * units.length_m;
        link.lane_count = static_cast<int>(table.integer(4, 1, 32));
        link.free_speed_mps = table.number(5, 0.1, 500) * units.speed_mps;
        link.road_class = class_of_speed(link.free_speed_mps);
        data.links.push_back(link);
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

}  // namespace

RoadGraphData import_gmns(const std::filesystem::path& folder, ImportReport& report) {
    RoadGraphData data;
    data.source = folder.filename().string();
    const Units units = read_units(folder);
    read_nodes(folder, data);
    read_links(folder, units, data);
    read_movements(folder, data);
    read_signals(folder, data, report);
    report.count("nodes", static_cast<std::int64_t>(data.nodes.size()));
    report.count("links", static_cast<std::int64_t>(data.links.size()));
    report.count("movements", static_cast<std::int64_t>(data.movements.size()));
    report.count("signals", static_cast<std::int64_t>(data.signals.size()));
    return data;
}

}  // namespace jiahe
