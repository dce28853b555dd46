#include "traffic/traffic_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/check.h"
#include "base/error.h"

namespace jiahe::traffic {
namespace {

constexpr std::uint32_t kGroupsPerNodeMax = 64;  // a node's waiting groups are bits of one word

}  // namespace

TrafficNetwork::TrafficNetwork(const RoadGraph& graph, NetworkOptions options)
    : graph_(graph), options_(std::move(options)) {
    JIAHE_CHECK(!options_.classes.empty() && options_.classes.size() <= 16,
                "1 to 16 vehicle classes");
    derive_links();
    make_groups();
    compile_signals();
    place_gates();
}

void TrafficNetwork::derive_links() {
    double pce_max = 0;
    for (const VehicleClassSpec& c : options_.classes) {
        pce_max = std::max(pce_max, c.pce);
        class_mpcu.push_back(static_cast<std::int64_t>(std::llround(c.pce * kMilliPcu)));
    }
    const std::size_t links = graph_.link_count();
    travel_us_.resize(options_.classes.size() * links);
    for (std::size_t l = 0; l < links; ++l) {
        LinkInput input;
        input.length_m = graph_.link_length_m[l];
        input.free_speed_mps = graph_.link_free_speed_mps[l];
        input.lane_count = graph_.link_lane_count[l];
        input.capacity_pcuph = graph_.link_capacity_pcuph[l];
        input.jam_density_pcu_per_m = options_.jam_density_pcu_per_m;
        input.wave_speed_max_mps = options_.wave_speed_max_mps;
        input.pce_max = pce_max;
        physics.push_back(derive_link_physics(input));
        if (physics.back().capacity_pcuph < input.capacity_pcuph * (1 - 1e-9))
            ++limited_capacity_count;
        for (std::size_t c = 0; c < options_.classes.size(); ++c) {
            const double speed = std::min(input.free_speed_mps, options_.classes[c].speed_max_mps);
            travel_us_[c * links + l] =
                std::max(physics.back().free_us, ceil_seconds(input.length_m / speed).us);
        }
    }
}

// Lanes joined by movements that use several of them; one group a joined set.
std::uint32_t TrafficNetwork::add_lane_groups(LinkId link) {
    const auto [begin, end] = graph_.movements_of(link);
    const int lanes = graph_.link_lane_count[link.index()];
    std::vector<int> root(static_cast<std::size_t>(lanes) + 1);
    std::iota(root.begin(), root.end(), 0);
    const auto range = [&](std::uint32_t m) {
        int first = graph_.movement_first_lane[m];
        int last = graph_.movement_last_lane[m];
        if (first < 1 || last < first || last > lanes) {
            first = 1;
            last = lanes;
        }
        return std::pair{first, last};
    };
    for (std::uint32_t m = begin.value; m < end.value; ++m) {
        const auto [first, last] = range(m);
        const int joined = root[static_cast<std::size_t>(first)];
        for (int lane = first; lane <= last; ++lane) {
            const int old = root[static_cast<std::size_t>(lane)];
            std::replace(root.begin(), root.end(), std::max(old, joined), std::min(old, joined));
        }
    }
    std::map<int, std::uint32_t> group_of_root;
    std::map<int, int> lanes_of_root;
    int used = 0;
    for (std::uint32_t m = begin.value; m < end.value; ++m) {
        const int r = root[static_cast<std::size_t>(range(m).first)];
        if (group_of_root.contains(r)) continue;
        group_of_root[r] = 0;
        lanes_of_root[r] = static_cast<int>(std::count(root.begin() + 1, root.end(), r));
        used += lanes_of_root[r];
    }
    const double per_lane = physics[link.index()].capacity_pcuph / lanes;
    if (group_of_root.empty()) {
        group_of_root[0] = 0;
        lanes_of_root[0] = used = lanes;
    }
    for (auto& [r, group] : group_of_root) {
        group = static_cast<std::uint32_t>(group_link.size());
        // Lanes that no movement names serve all groups alike.
        const double share = lanes_of_root[r] * static_cast<double>(lanes) / used;
        group_link.push_back(link.value);
        group_is_origin.push_back(0);
        group_headway_fp.push_back(headway_fp(per_lane * share));
    }
    for (std::uint32_t m = begin.value; m < end.value; ++m) {
        turn_group[m] = group_of_root[root[static_cast<std::size_t>(range(m).first)]];
    }
    return static_cast<std::uint32_t>(group_of_root.size());
}

void TrafficNetwork::make_groups() {
    const std::size_t links = graph_.link_count();
    turn_group.assign(graph_.movement_count() + links, kNoIndex);
    turn_out_link.resize(turn_group.size());
    for (std::size_t m = 0; m < graph_.movement_count(); ++m) {
        turn_out_link[m] = graph_.movement_out_link[m].value;
    }
    first_group.resize(links);
    lane_group_count.resize(links);
    origin_group.resize(links);
    for (std::size_t n = 0; n < graph_.node_count(); ++n) {
        node_first_group.push_back(static_cast<std::uint32_t>(group_link.size()));
        for (const LinkId link : graph_.in_links(NodeId(n))) {
            first_group[link.index()] = static_cast<std::uint32_t>(group_link.size());
            lane_group_count[link.index()] = add_lane_groups(link);
        }
        for (const LinkId link : graph_.out_links(NodeId(n))) {
            const auto group = static_cast<std::uint32_t>(group_link.size());
            origin_group[link.index()] = group;
            turn_group[origin_turn(link)] = group;
            turn_out_link[origin_turn(link)] = link.value;
            group_link.push_back(link.value);
            group_is_origin.push_back(1);
            group_headway_fp.push_back(physics[link.index()].headway_fp);
        }
        const std::size_t groups = group_link.size() - node_first_group.back();
        if (groups > kGroupsPerNodeMax) {
            throw InputError(InputFault{
                "E-TRF-001",
                {graph_.source, 0, 0, fmt::format("node {}", graph_.node_external_id[n])},
                fmt::format("{} lane groups and origins at one node, at most {} are possible",
                            groups, kGroupsPerNodeMax),
                "split the node"});
        }
    }
    node_first_group.push_back(static_cast<std::uint32_t>(group_link.size()));
}

void TrafficNetwork::refuse_endless_red(std::uint32_t movement) const {
    const LinkId in(group_link[turn_group[movement]]);
    const NodeId node = graph_.link_to[in.index()];
    throw InputError(InputFault{
        "E-TRF-003",
        {graph_.source, 0, 0, fmt::format("node {}", graph_.node_external_id[node.index()])},
        fmt::format("movement {} from link {} to link {} has a signal that never shows green",
                    graph_.movement_external_id[movement], graph_.link_external_id[in.index()],
                    graph_.link_external_id[turn_out_link[movement]]),
        "name the movement in a phase with green, or mark it as not signalised"});
}

void TrafficNetwork::compile_signals() {
    const auto us = [](double s) { return static_cast<std::int64_t>(std::llround(s * 1e6)); };
    cycle_us.assign(graph_.node_count(), 0);
    offset_us.assign(graph_.node_count(), 0);
    std::map<std::int64_t, std::uint32_t> movement_of;
    for (std::uint32_t m = 0; m < graph_.movement_count(); ++m) {
        movement_of[graph_.movement_external_id[m]] = m;
    }
    std::vector<std::vector<GreenInterval>> green(turn_group.size());
    for (std::size_t n = 0; n < graph_.node_count(); ++n) {
        if (graph_.node_signal[n] < 0) continue;
        const SignalPlan& plan = graph_.signals[static_cast<std::size_t>(graph_.node_signal[n])];
        cycle_us[n] = us(plan.cycle_s());
        offset_us[n] = us(plan.offset_s);
        double at_s = 0;
        for (const SignalPhase& phase : plan.phases) {
            const double loss_s = std::min(options_.start_up_loss_s, 0.5 * phase.green_s);
            const GreenInterval interval{us(at_s + loss_s), us(at_s + phase.green_s)};
            at_s += phase.green_s + phase.clearance_s;
            if (interval.end_us <= interval.start_us) continue;
            for (const std::int64_t id : phase.green_movement_ids) {
                green[movement_of.at(id)].push_back(interval);
            }
        }
    }
    green_offset_.push_back(0);
    for (std::uint32_t t = 0; t < turn_group.size(); ++t) {
        const bool signalised = t < graph_.movement_count() && graph_.movement_signalised[t] != 0;
        if (signalised && green[t].empty()) refuse_endless_red(t);
        if (signalised) greens_.insert(greens_.end(), green[t].begin(), green[t].end());
        green_offset_.push_back(static_cast<std::uint32_t>(greens_.size()));
    }
}

void TrafficNetwork::place_gates() {
    node_gate.assign(graph_.node_count(), -1);
    has_detector.assign(graph_.link_count(), 0);
    for (std::size_t g = 0; g < options_.gates.size(); ++g) {
        const NodeId node = graph_.link_to[options_.gates[g].link.index()];
        const auto fault = [&](const std::string& what) {
            return InputError(
                InputFault{"E-TRF-002",
                           {graph_.source, 0, 0,
                            fmt::format("node {}", graph_.node_external_id[node.index()])},
                           what,
                           ""});
        };
        if (node_gate[node.index()] >= 0) throw fault("two gates at one node");
        if (graph_.in_links(node).size() != 1 || graph_.out_links(node).size() != 1) {
            throw fault("a gate stands where one link enters and one link leaves");
        }
        if (options_.gates[g].apron < 1) throw fault("a gate has room for at least one vehicle");
        node_gate[node.index()] = static_cast<std::int32_t>(g);
    }
    for (const LinkId link : options_.detectors)
        has_detector[link.index()] = 1;
}

}  // namespace jiahe::traffic
