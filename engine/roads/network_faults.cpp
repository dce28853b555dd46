#include "roads/network_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "roads/data_index.h"

namespace jiahe {

void FaultList::push(InputFault fault) {
    if (++count_ <= kMaxListed) faults_.push_back(std::move(fault));
}

void FaultList::add(const char* code, std::string feature, std::string message, std::string hint) {
    push({code, {file_, 0, 0, std::move(feature)}, std::move(message), std::move(hint)});
}

void FaultList::add_at(const char* code, int line, std::string message, std::string hint) {
    push({code, {file_, line, 1, {}}, std::move(message), std::move(hint)});
}

void FaultList::throw_if_any() const {
    if (count_ == 0) return;
    std::vector<InputFault> faults = faults_;
    if (count_ > kMaxListed) {
        faults.back().hint += fmt::format(
            "{}and {} more faults", faults.back().hint.empty() ? "" : "; ", count_ - kMaxListed);
    }
    throw InputError(std::move(faults));
}

namespace {

using Node = RoadGraphData::Node;
using Link = RoadGraphData::Link;
using Movement = RoadGraphData::Movement;

constexpr std::size_t kMaxRows = 0xfffffff0u;
constexpr int kMaxLanes = 255;

bool is_positive(double value) {
    return std::isfinite(value) && value > 0;
}

std::vector<std::int64_t> repeated(std::vector<std::int64_t> ids) {
    std::sort(ids.begin(), ids.end());
    std::vector<std::int64_t> twice;
    for (std::size_t i = 1; i < ids.size(); ++i) {
        if (ids[i] == ids[i - 1] && (twice.empty() || twice.back() != ids[i]))
            twice.push_back(ids[i]);
    }
    return twice;
}

template <class Row>
void check_ids(const std::vector<Row>& rows, const char* code, const char* word,
               FaultList& faults) {
    std::vector<std::int64_t> ids;
    ids.reserve(rows.size());
    for (const Row& row : rows)
        ids.push_back(row.id);
    for (const std::int64_t id : repeated(std::move(ids))) {
        faults.add(code, fmt::format("{} {}", word, id), "the id occurs more than once",
                   "every id must be unique");
    }
}

void check_link(const Link& link, const DataIndex& index, FaultList& faults) {
    const std::string feature = fmt::format("link {}", link.id);
    for (const std::int64_t node_id : {link.from_node_id, link.to_node_id}) {
        if (index.node_row(node_id) == DataIndex::kNone) {
            faults.add("E-NET-004", feature, fmt::format("node {} does not exist", node_id));
        }
    }
    if (link.from_node_id == link.to_node_id) {
        faults.add("E-NET-005", feature,
                   fmt::format("leads from node {} to itself", link.to_node_id),
                   "split the loop at a node of its own");
    }
    if (!is_positive(link.length_m)) {
        faults.add("E-NET-006", feature,
                   fmt::format("length is {} m, expected a positive number", link.length_m));
    }
    if (!is_positive(link.free_speed_mps)) {
        faults.add(
            "E-NET-007", feature,
            fmt::format("free speed is {} m/s, expected a positive number", link.free_speed_mps));
    }
    if (link.lane_count < 1 || link.lane_count > kMaxLanes) {
        faults.add("E-NET-008", feature,
                   fmt::format("has {} lanes, expected 1 to {}", link.lane_count, kMaxLanes));
    }
    if (!std::isfinite(link.capacity_pcuph) || link.capacity_pcuph < 0) {
        faults.add(
            "E-NET-009", feature,
            fmt::format("capacity is {} pcu/h, expected a positive number or 0 for the class "
                        "default",
                        link.capacity_pcuph));
    }
    for (const auto& [lon, lat] : link.shape) {
        if (is_valid({lon, lat})) continue;
        faults.add("E-NET-010", feature, fmt::format("shape has the point ({}, {})", lon, lat),
                   "longitude in -180..180 and latitude in -90..90 degrees are expected");
        break;
    }
}

void check_movement(const RoadGraphData& data, const Movement& movement, const DataIndex& index,
                    FaultList& faults) {
    const std::string feature = fmt::format("movement {}", movement.id);
    const std::uint32_t in_row = index.link_row(movement.in_link_id);
    const std::uint32_t out_row = index.link_row(movement.out_link_id);
    if (in_row == DataIndex::kNone || out_row == DataIndex::kNone) {
        const std::int64_t missing =
            in_row == DataIndex::kNone ? movement.in_link_id : movement.out_link_id;
        faults.add("E-NET-013", feature, fmt::format("link {} does not exist", missing));
        return;
    }
    const Link& in_link = data.links[in_row];
    const Link& out_link = data.links[out_row];
    if (in_link.to_node_id != out_link.from_node_id) {
        faults.add("E-NET-014", feature,
                   fmt::format("link {} ends at node {} but link {} begins at node {}", in_link.id,
                               in_link.to_node_id, out_link.id, out_link.from_node_id));
    }
    const bool all_lanes = movement.first_lane == 0 && movement.last_lane == 0;
    if (!all_lanes && (movement.first_lane < 1 || movement.last_lane < movement.first_lane ||
                       movement.last_lane > in_link.lane_count)) {
        faults.add("E-NET-016", feature,
                   fmt::format("uses lanes {} to {} of link {}, which has {}", movement.first_lane,
                               movement.last_lane, in_link.id, in_link.lane_count));
    }
}

void check_turns_once(const RoadGraphData& data, FaultList& faults) {
    std::vector<std::pair<std::int64_t, std::int64_t>> turns;
    for (const Movement& movement : data.movements) {
        turns.emplace_back(movement.in_link_id, movement.out_link_id);
    }
    std::sort(turns.begin(), turns.end());
    for (std::size_t i = 1; i < turns.size(); ++i) {
        if (turns[i] != turns[i - 1]) continue;
        faults.add("E-NET-015", fmt::format("link {}", turns[i].first),
                   fmt::format("the turn to link {} is given twice", turns[i].second));
    }
}

void check_plan_times(const SignalPlan& plan, const std::string& feature, FaultList& faults) {
    bool good = !plan.phases.empty() && std::isfinite(plan.offset_s);
    for (const SignalPhase& phase : plan.phases) {
        good = good && std::isfinite(phase.green_s) && phase.green_s >= 0 &&
               std::isfinite(phase.clearance_s) && phase.clearance_s >= 0;
    }
    if (good && plan.cycle_s() > 0) return;
    faults.add("E-NET-020", feature,
               "the plan needs phases with greens and clearances of at least 0 s and a cycle above "
               "0 s");
}

void check_plan_movements(const RoadGraphData& data, const SignalPlan& plan, const DataIndex& index,
                          const std::vector<std::pair<std::int64_t, std::size_t>>& movement_rows,
                          FaultList& faults) {
    for (const SignalPhase& phase : plan.phases) {
        for (const std::int64_t id : phase.green_movement_ids) {
            const auto it = std::lower_bound(movement_rows.begin(), movement_rows.end(),
                                             std::pair{id, std::size_t{0}});
            const std::string feature = fmt::format("signal at node {}", plan.node_id);
            if (it == movement_rows.end() || it->first != id) {
                faults.add("E-NET-019", feature, fmt::format("movement {} does not exist", id));
                continue;
            }
            const Movement& movement = data.movements[it->second];
            const Link& in_link = data.links[index.link_row(movement.in_link_id)];
            if (in_link.to_node_id == plan.node_id) continue;
            faults.add("E-NET-019", feature,
                       fmt::format("movement {} belongs to node {}", id, in_link.to_node_id));
        }
    }
}

void check_signals(const RoadGraphData& data, const DataIndex& index, FaultList& faults) {
    std::vector<std::pair<std::int64_t, std::size_t>> movement_rows;
    for (std::size_t row = 0; row < data.movements.size(); ++row) {
        movement_rows.emplace_back(data.movements[row].id, row);
    }
    std::sort(movement_rows.begin(), movement_rows.end());
    std::vector<std::int64_t> plan_nodes;
    for (const SignalPlan& plan : data.signals) {
        const std::string feature = fmt::format("signal at node {}", plan.node_id);
        plan_nodes.push_back(plan.node_id);
        if (index.node_row(plan.node_id) == DataIndex::kNone) {
            faults.add("E-NET-017", feature, "the node does not exist");
        }
        check_plan_times(plan, feature, faults);
        check_plan_movements(data, plan, index, movement_rows, faults);
    }
    for (const std::int64_t id : repeated(std::move(plan_nodes))) {
        faults.add("E-NET-018", fmt::format("signal at node {}", id), "the node has two plans");
    }
}

void check_nodes_and_links_of(const RoadGraphData& data, const std::string& file) {
    FaultList faults(file);
    if (data.nodes.empty() || data.links.empty()) {
        faults.add("E-NET-011", "",
                   fmt::format("the network has {} nodes and {} links", data.nodes.size(),
                               data.links.size()),
                   "at least one link between two nodes is needed");
    }
    if (std::max(data.nodes.size(), data.links.size()) > kMaxRows) {
        faults.add("E-NET-021", "", "more than 4,294,967,280 nodes or links");
        faults.throw_if_any();
    }
    check_ids(data.nodes, "E-NET-001", "node", faults);
    check_ids(data.links, "E-NET-003", "link", faults);
    for (const Node& node : data.nodes) {
        if (is_valid({node.lon_deg, node.lat_deg})) continue;
        faults.add("E-NET-002", fmt::format("node {}", node.id),
                   fmt::format("the position is ({}, {})", node.lon_deg, node.lat_deg),
                   "longitude in -180..180 and latitude in -90..90 degrees are expected");
    }
    const DataIndex index(data);
    for (const Link& link : data.links)
        check_link(link, index, faults);
    faults.throw_if_any();
}

void check_movements_and_signals_of(const RoadGraphData& data, const std::string& file) {
    FaultList faults(file);
    if (data.movements.size() > kMaxRows) faults.add("E-NET-021", "", "too many movements");
    check_ids(data.movements, "E-NET-012", "movement", faults);
    const DataIndex index(data);
    for (const Movement& movement : data.movements) {
        check_movement(data, movement, index, faults);
    }
    faults.throw_if_any();
    check_turns_once(data, faults);
    check_signals(data, index, faults);
    faults.throw_if_any();
}

}  // namespace

void check_nodes_and_links(const RoadGraphData& data) {
    check_nodes_and_links_of(data, data.source);
}

void check_movements_and_signals(const RoadGraphData& data) {
    check_movements_and_signals_of(data, data.source);
}

void check_network(const RoadGraphData& data, const std::string& file) {
    check_nodes_and_links_of(data, file);
    check_movements_and_signals_of(data, file);
}

}  // namespace jiahe
