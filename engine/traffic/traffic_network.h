// TrafficNetwork: the road graph compiled for the node model.
//
// City lifecycle: built once from RoadGraph and options, immutable, shared by const reference.
// A lane group is a queue at a link's downstream end: movements that share lanes share a group. An
// origin group is the point queue of vehicles that start at a node towards one out-link (or have
// been released from a gate); it is an in-link of the node like any other.
//
// Shapes: per link, per group (node by node: lane groups of the in-links, then origin groups of the
// out-links, so that a node's groups are contiguous), per turn (movements, then one per origin
// group). Units: us, fixed-point us (link_physics.h), 1/1000 pcu.
// Errors: InputError E-TRF-001 more than 64 groups at a node, -002 a gate where none can stand,
// -003 a signal that never shows green. Of a green shorter than twice the start-up loss half is
// lost.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "roads/road_graph.h"
#include "traffic/link_physics.h"
#include "traffic/ports.h"
#include "traffic/signal_timing.h"

namespace jiahe::traffic {

inline constexpr std::uint32_t kNoIndex = 0xffffffffu;

struct NetworkOptions {
    std::vector<VehicleClassSpec> classes = {VehicleClassSpec{}};
    double jam_density_pcu_per_m = 1 / 7.5;
    double wave_speed_max_mps = 25 / 3.6;
    double start_up_loss_s = 2.0;  // A
    std::vector<GateSpec> gates;
    std::vector<LinkId> detectors;  // links whose leavers are recorded
};

class TrafficNetwork {
  public:
    TrafficNetwork(const RoadGraph& graph, NetworkOptions options);

    const RoadGraph& graph() const { return graph_; }
    const NetworkOptions& options() const { return options_; }
    std::size_t class_count() const { return options_.classes.size(); }
    std::size_t group_count() const { return group_link.size(); }
    std::size_t turn_count() const { return turn_group.size(); }
    std::int64_t travel_us(std::uint8_t vehicle_class, LinkId link) const {
        return travel_us_[vehicle_class * graph_.link_count() + link.index()];
    }
    std::span<const GreenInterval> greens(std::uint32_t turn) const {
        return {greens_.data() + green_offset_[turn],
                green_offset_[turn + 1] - green_offset_[turn]};
    }
    // Turn of an origin group towards `link`.
    std::uint32_t origin_turn(LinkId link) const {
        return static_cast<std::uint32_t>(graph_.movement_count() + link.index());
    }

    // Per link.
    std::vector<LinkPhysics> physics;
    std::vector<std::uint32_t> first_group, lane_group_count;  // lane groups at its downstream end
    std::vector<std::uint32_t> origin_group;
    std::vector<std::uint8_t> has_detector;

    // Per node.
    std::vector<std::uint32_t> node_first_group;  // size node_count + 1
    std::vector<std::int32_t> node_gate;          // index into options().gates, -1 = none
    std::vector<std::int64_t> cycle_us, offset_us;

    // Per group.
    std::vector<std::uint32_t> group_link;  // in-link, or out-link of an origin group
    std::vector<std::uint8_t> group_is_origin;
    std::vector<std::int64_t> group_headway_fp;  // per pcu

    // Per turn.
    std::vector<std::uint32_t> turn_group, turn_out_link;

    // Per class.
    std::vector<std::int64_t> class_mpcu;

    std::size_t limited_capacity_count = 0;  // links whose capacity was lowered to keep w <= w_max

  private:
    void derive_links();
    void make_groups();
    void compile_signals();
    [[noreturn]] void refuse_endless_red(std::uint32_t movement) const;
    void place_gates();
    std::uint32_t add_lane_groups(LinkId link);

    const RoadGraph& graph_;
    NetworkOptions options_;
    std::vector<std::int64_t> travel_us_;  // [class][link]
    std::vector<GreenInterval> greens_;
    std::vector<std::uint32_t> green_offset_;
};

}  // namespace jiahe::traffic
