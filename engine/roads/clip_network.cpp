#include "roads/clip_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "roads/data_index.h"
#include "roads/strong_part.h"

namespace jiahe {

namespace {

using Ids = std::set<std::int64_t>;

// Links that may end here although no turn leaves them: those that had none before.
Ids links_without_turn(const RoadGraphData& data) {
    Ids ids;
    for (const auto& link : data.links)
        ids.insert(link.id);
    for (const auto& movement : data.movements)
        ids.erase(movement.in_link_id);
    return ids;
}

// `last_id`: the highest id of a movement before any was dropped, for plans still name them.
void turn_back_at_new_ends(RoadGraphData& data, const Ids& ended_before, std::int64_t last_id,
                           ImportReport& report) {
    const DataIndex index(data);
    const Ids ended_now = links_without_turn(data);
    for (const auto& link : data.links) {
        if (!ended_now.contains(link.id) || ended_before.contains(link.id)) continue;
        for (const std::uint32_t row : index.out_links(index.node_row(link.to_node_id))) {
            if (data.links[row].to_node_id != link.from_node_id) continue;
            data.movements.push_back(
                {++last_id, link.id, data.links[row].id, TurnType::kUturn, 0, 0, false});
            report.count("repaired: U-turns where a street was cut off");
            break;
        }
    }
}

void clean_plans(RoadGraphData& data, const Ids& nodes) {
    Ids movements;
    for (const auto& movement : data.movements)
        movements.insert(movement.id);
    for (SignalPlan& plan : data.signals) {
        bool any = false;
        for (SignalPhase& phase : plan.phases) {
            std::erase_if(phase.green_movement_ids,
                          [&](std::int64_t id) { return !movements.contains(id); });
            any = any || !phase.green_movement_ids.empty();
        }
        if (!any) plan.phases.clear();
    }
    std::erase_if(data.signals, [&](const SignalPlan& plan) {
        return !nodes.contains(plan.node_id) || plan.phases.empty();
    });
    Ids planned;
    for (const SignalPlan& plan : data.signals)
        planned.insert(plan.node_id);
    for (auto& node : data.nodes) {
        if (node.control == NodeControl::kSignal && !planned.contains(node.id))
            node.control = NodeControl::kNone;
    }
}

// Drops all but these nodes; empty movements mean "every turn" and stay empty.
RoadGraphData keep_nodes(RoadGraphData data, const Ids& kept, const std::string& where,
                         ImportReport& report) {
    const bool has_turns = !data.movements.empty();
    const Ids ended_before = links_without_turn(data);
    std::int64_t last_id = 0;
    for (const auto& movement : data.movements)
        last_id = std::max(last_id, movement.id);
    const auto before = std::pair(data.nodes.size(), data.links.size());
    std::erase_if(data.nodes, [&](const auto& n) { return !kept.contains(n.id); });
    std::erase_if(data.links, [&](const auto& l) {
        return !kept.contains(l.from_node_id) || !kept.contains(l.to_node_id);
    });
    Ids links;
    for (const auto& link : data.links)
        links.insert(link.id);
    std::erase_if(data.movements, [&](const auto& m) {
        return !links.contains(m.in_link_id) || !links.contains(m.out_link_id);
    });
    if (has_turns) turn_back_at_new_ends(data, ended_before, last_id, report);
    clean_plans(data, kept);
    report.count("links dropped outside " + where,
                 static_cast<std::int64_t>(before.second - data.links.size()));
    report.count("nodes dropped outside " + where,
                 static_cast<std::int64_t>(before.first - data.nodes.size()));
    return data;
}

}  // namespace

RoadGraphData clip_network(RoadGraphData data, const BoundingBox& box, const std::string& file,
                           ImportReport& report) {
    Ids kept;
    for (const auto& node : data.nodes) {
        if (box.contains({node.lon_deg, node.lat_deg})) kept.insert(node.id);
    }
    const std::size_t all = data.links.size();
    data = keep_nodes(std::move(data), kept, "the bounding box", report);
    if (data.links.empty()) {
        throw InputError(InputFault{
            "E-NET-112",
            {file, 0, 0, ""},
            fmt::format("none of {} links lies in the bounding box {},{},{},{}", all,
                        box.low.lon_deg, box.low.lat_deg, box.high.lon_deg, box.high.lat_deg),
            "expected west,south,east,north in degrees"});
    }
    return data;
}

RoadGraphData keep_connected_nodes(RoadGraphData data, ImportReport& report) {
    RoadGraphData free = data;
    free.signals.clear();
    free.movements = every_turn(data);
    if (free.movements.empty()) return data;
    ImportReport ignored;
    const RoadGraphData largest = keep_largest_part(std::move(free), ignored);
    if (largest.links.size() == data.links.size()) return data;
    Ids kept;
    for (const auto& node : largest.nodes)
        kept.insert(node.id);
    return keep_nodes(std::move(data), kept, "the largest strongly connected part", report);
}

}  // namespace jiahe
