#include "world/default_signals.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "roads/default_turns.h"

namespace jiahe {
namespace {

constexpr double kPi = 3.14159265358979323846;

struct Approach {
    std::int64_t link_id;
    double heading_rad;
};

// Approaches of each signalised node, links in the order of the data.
std::map<std::int64_t, std::vector<Approach>> approaches_of(const RoadGraphData& data) {
    std::map<std::int64_t, const RoadGraphData::Node*> node_of;
    for (const auto& n : data.nodes)
        node_of[n.id] = &n;
    std::map<std::int64_t, std::vector<Approach>> approaches;
    for (const auto& l : data.links) {
        const auto* to = node_of.at(l.to_node_id);
        if (to->control != NodeControl::kSignal) continue;
        approaches[l.to_node_id].push_back(
            {l.id, heading_at_end_rad(*node_of.at(l.from_node_id), *to, l)});
    }
    for (const auto& plan : data.signals)
        approaches.erase(plan.node_id);
    return approaches;
}

}  // namespace

void add_default_signals(RoadGraphData& data, double green_s, double clearance_s) {
    struct Place {
        std::int64_t node_id;
        std::size_t phase;
    };
    std::map<std::int64_t, Place> place_of_link;
    for (auto& [node, list] : approaches_of(data)) {
        std::sort(list.begin(), list.end(),
                  [](const Approach& a, const Approach& b) { return a.link_id < b.link_id; });
        for (const Approach& a : list) {
            const double off = std::abs(angle_between_rad(a.heading_rad, list.front().heading_rad));
            const bool along = off < kPi / 4 || off > 3 * kPi / 4;
            place_of_link[a.link_id] = {node, along ? 0u : 1u};
        }
    }
    std::map<std::int64_t, SignalPlan> plans;
    for (auto& m : data.movements) {
        const auto it = place_of_link.find(m.in_link_id);
        if (it == place_of_link.end()) continue;
        m.signalised = true;
        SignalPlan& plan = plans[it->second.node_id];
        plan.phases.resize(2, SignalPhase{{}, green_s, clearance_s});
        plan.phases[it->second.phase].green_movement_ids.push_back(m.id);
    }
    for (auto& [node, plan] : plans) {
        plan.node_id = node;
        std::erase_if(plan.phases,
                      [](const SignalPhase& p) { return p.green_movement_ids.empty(); });
        data.signals.push_back(std::move(plan));
    }
}

}  // namespace jiahe
