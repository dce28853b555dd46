// The node model: which waiting heads may go at this instant, and when to look again.
//
// Each out-link is shared by start-time fair queueing among the heads that want it and are free to
// go on their own account (headway, signal): the least max(virtual time of the out-link, finish tag
// of the turn) is chosen, ties by group; a grant sets the virtual time to that start tag, and the
// finish tag to it + p * headway of the group. Idleness earns no credit, and the choice is a pure
// function of the state, so a superfluous decision changes nothing.
#include <algorithm>
#include <array>
#include <bit>

#include "traffic/traffic_system.h"

namespace jiahe::traffic {

struct TrafficSystem::Decision {
    std::uint32_t node = 0;
    std::uint32_t first_group = 0;
    std::int32_t gate = -1;
    std::int64_t wake_us = kNever.us;
    std::array<Candidate, 64> candidates;
    std::size_t candidate_count = 0;

    void wake_not_after(std::int64_t at_us) { wake_us = std::min(wake_us, at_us); }
};

void TrafficSystem::decide(kernel::Context& context, std::uint32_t node) {
    std::int64_t& wake_us = node_wake_us_[node];
    if (wake_us <= context.now().us) wake_us = kNever.us;
    Decision decision;
    decision.node = node;
    decision.first_group = network_.node_first_group[node];
    decision.gate = network_.node_gate[node];
    // Each round but the last moves at least one vehicle, so there are at most as many as vehicles.
    while (grant_round(context, decision)) {
    }
    if (decision.wake_us < wake_us) {
        wake_us = decision.wake_us;
        context.wake_at({decision.wake_us});
    }
}

bool TrafficSystem::grant_round(kernel::Context& context, Decision& decision) {
    decision.wake_us = kNever.us;
    decision.candidate_count = 0;
    bool moved = false;
    for (std::uint64_t bits = node_[decision.node].waiting; bits != 0; bits &= bits - 1) {
        const auto local = static_cast<std::uint32_t>(std::countr_zero(bits));
        moved = consider_head(context, decision, decision.first_group + local) || moved;
    }
    for (std::size_t i = 0; i < decision.candidate_count; ++i) {
        const Candidate& mine = decision.candidates[i];
        bool chosen = true;
        bool has_rival = false;
        for (std::size_t k = 0; k < decision.candidate_count; ++k) {
            const Candidate& other = decision.candidates[k];
            if (k == i || other.out_link != mine.out_link) continue;
            has_rival = true;
            if (std::pair{other.start_tag, other.group} < std::pair{mine.start_tag, mine.group}) {
                chosen = false;
            }
        }
        if (chosen) moved = try_enter(context, decision, mine, has_rival) || moved;
    }
    return moved;
}

// True where the head left the road or went into the gate; else it becomes a candidate or the time
// to look again is noted.
bool TrafficSystem::consider_head(kernel::Context& context, Decision& decision,
                                  std::uint32_t group) {
    const GroupState& g = group_[group];
    const std::int64_t now_us = context.now().us;
    const std::uint32_t vehicle = g.head;
    const std::uint32_t turn = vehicle_[vehicle].turn;
    std::int64_t free_us = std::max(now_us, ceil_fp(g.next_exit_fp));
    if (turn != kNoIndex) {
        const auto greens = network_.greens(turn);
        if (!greens.empty()) {
            free_us = next_green_us(greens, network_.cycle_us[decision.node],
                                    network_.offset_us[decision.node], free_us);
        }
    }
    if (free_us > now_us) {
        decision.wake_not_after(free_us);
        return false;
    }
    if (turn == kNoIndex) {
        leave_road(context, decision, group);
        return true;
    }
    if (decision.gate >= 0 && network_.group_is_origin[group] == 0) {
        const GateSpec& gate = network_.options().gates[static_cast<std::size_t>(decision.gate)];
        if (node_[decision.node].in_gate >= gate.apron) return false;
        enter_gate(context, decision, group);
        return true;
    }
    const std::uint32_t out = network_.turn_out_link[turn];
    const std::int64_t tag = std::max(entry_[out].virtual_time, finish_tag_[turn]);
    decision.candidates[decision.candidate_count++] = {group, vehicle, turn, out, tag};
    return false;
}

bool TrafficSystem::try_enter(kernel::Context& context, Decision& decision,
                              const Candidate& candidate, bool has_rival) {
    const std::uint32_t out = candidate.out_link;
    LinkEntry& entry = entry_[out];
    if (entry.closed != 0 || entry.capacity_permille == 0) return false;
    const std::int64_t due_us = ceil_fp(entry.next_entry_fp);
    if (due_us > context.now().us) {
        decision.wake_not_after(due_us);
        if (has_rival) wait_for_turn(context, decision, candidate);
        return false;
    }
    const std::uint8_t vclass = vehicle_class(VehicleId(candidate.vehicle));
    const std::int64_t needed =
        entry.entered_mpcu + network_.class_mpcu[vclass] - network_.physics[out].storage_mpcu;
    if (needed > entry.freed_mpcu) {
        const std::int64_t visible = context.visible_value(hole_log_[out]);
        if (needed > visible) {
            context.wake_when(hole_log_[out], needed);
            if (has_rival) wait_for_turn(context, decision, candidate);
            return false;
        }
        // Only a grant may write this: a decision that moves nothing must change nothing.
        entry.freed_mpcu = visible;
    }
    enter_link(context, decision, candidate);
    return true;
}

// The chosen head is held up by the out-link: when its green ends, a rival's turn comes.
void TrafficSystem::wait_for_turn(const kernel::Context& context, Decision& decision,
                                  const Candidate& candidate) {
    const auto greens = network_.greens(candidate.turn);
    if (greens.empty()) return;
    decision.wake_not_after(green_end_us(greens, network_.cycle_us[decision.node],
                                         network_.offset_us[decision.node], context.now().us));
}

// The vehicle's place at the end of its in-link (or in its origin queue) becomes free.
void TrafficSystem::leave_link_end(kernel::Context& context, std::uint32_t group,
                                   std::uint32_t vehicle) {
    const std::int64_t now_us = context.now().us;
    const std::uint8_t vclass = vehicle_class(VehicleId(vehicle));
    const std::int64_t mpcu = network_.class_mpcu[vclass];
    if (network_.group_is_origin[group] != 0) return;
    const std::uint32_t link = network_.group_link[group];
    const std::int64_t entered_us = vehicle_[vehicle].entered_us;
    LinkExit& exit = exit_[link];
    exit.left_mpcu += mpcu;
    exit.travel_sum_us += now_us - entered_us;
    ++exit.travel_count;
    ++exit.left_count;
    --exit.queued_count;
    context.append(hole_log_[link], {now_us + network_.physics[link].hole_us}, exit.left_mpcu);
    const auto held_ms = static_cast<std::uint32_t>((now_us - vehicle_[vehicle].queued_us) / 1000);
    context.record(static_cast<std::uint8_t>(RecordKind::kVehicleLeftLink), link,
                   static_cast<std::int64_t>(kernel::pack(vehicle, held_ms)), entered_us, vclass);
    if (network_.has_detector[link] != 0) {
        context.record(static_cast<std::uint8_t>(RecordKind::kVehiclePassedDetector), link, vehicle,
                       entered_us, vclass);
    }
}

// A head that was kept waiting by the out-link's headway alone, taking turns with others, is paced
// from the time at which it could have gone (at most one headway of the out-link ago): else a group
// near its capacity would lose what the turns' raster takes from it.
void TrafficSystem::pace_group(std::int64_t now_us, const Candidate& candidate, std::int64_t mpcu) {
    GroupState& g = group_[candidate.group];
    const bool took_turns = ceil_fp(entry_[candidate.out_link].next_entry_fp) == now_us;
    if (!took_turns || !network_.greens(candidate.turn).empty()) {
        g.next_exit_fp = next_passage_fp(g.next_exit_fp, now_us,
                                         network_.group_headway_fp[candidate.group], mpcu);
        return;
    }
    const std::int64_t patience_fp = network_.physics[candidate.out_link].headway_fp * mpcu / 1000;
    const std::int64_t could_go_fp =
        std::max({g.next_exit_fp, vehicle_[candidate.vehicle].queued_us << kHeadwayFraction,
                  (now_us << kHeadwayFraction) - patience_fp});
    g.next_exit_fp = could_go_fp + network_.group_headway_fp[candidate.group] * mpcu / 1000;
}

void TrafficSystem::enter_link(kernel::Context& context, Decision& decision,
                               const Candidate& candidate) {
    const std::int64_t now_us = context.now().us;
    const std::uint32_t vehicle = pop_head(decision.node, candidate.group);
    VehicleState& v = vehicle_[vehicle];
    const std::uint8_t vclass = vehicle_class(VehicleId(vehicle));
    pace_group(now_us, candidate, network_.class_mpcu[vclass]);
    leave_link_end(context, candidate.group, vehicle);
    if (network_.group_is_origin[candidate.group] != 0) {
        if (decision.gate >= 0 && v.link != kNoIndex) {
            --node_[decision.node].in_gate;
            context.record(static_cast<std::uint8_t>(RecordKind::kVehicleLeftGate), vehicle,
                           decision.gate, 0, vclass);
        } else {
            trip_[vehicle].inserted_us = now_us;
        }
    }
    const std::uint32_t out = candidate.out_link;
    const std::int64_t mpcu = network_.class_mpcu[vclass];
    LinkEntry& entry = entry_[out];
    entry.entered_mpcu += mpcu;
    ++entry.entered_count;
    const std::int64_t headway = network_.physics[out].headway_fp * 1000 / entry.capacity_permille;
    entry.next_entry_fp = next_passage_fp(entry.next_entry_fp, now_us, headway, mpcu);
    entry.virtual_time = candidate.start_tag;
    finish_tag_[candidate.turn] =
        candidate.start_tag + network_.group_headway_fp[candidate.group] * mpcu / 1000;
    const std::int64_t travel_us = network_.travel_us(vclass, LinkId(out));
    v.free_us += travel_us;
    std::int64_t ready_us = now_us + travel_us;
    if (graph_.link_lane_count[out] == 1) ready_us = std::max(ready_us, entry.last_ready_us);
    entry.last_ready_us = ready_us;
    v.entered_us = now_us;
    v.link = out;
    ++v.position;
    v.distance_dm += static_cast<std::uint32_t>(graph_.link_length_m[out] * 10 + 0.5);
    status_[vehicle] = static_cast<std::uint8_t>(VehicleStatus::kOnLink);
    context.send(entity(graph_.link_to[out].value), {ready_us},
                 static_cast<std::uint8_t>(EventKind::kArriveAtNode), kernel::pack(vehicle, out));
}

void TrafficSystem::enter_gate(kernel::Context& context, Decision& decision, std::uint32_t group) {
    const std::uint32_t vehicle = pop_head(decision.node, group);
    group_[group].next_exit_fp = next_passage_fp(
        group_[group].next_exit_fp, context.now().us, network_.group_headway_fp[group],
        network_.class_mpcu[vehicle_class(VehicleId(vehicle))]);
    leave_link_end(context, group, vehicle);
    ++node_[decision.node].in_gate;
    vehicle_[vehicle].entered_us = context.now().us;
    status_[vehicle] = static_cast<std::uint8_t>(VehicleStatus::kInGate);
    context.record(static_cast<std::uint8_t>(RecordKind::kVehicleReachedGate), vehicle,
                   decision.gate, 0, vehicle_class(VehicleId(vehicle)));
}

void TrafficSystem::leave_road(kernel::Context& context, Decision& decision, std::uint32_t group) {
    const std::uint32_t vehicle = pop_head(decision.node, group);
    group_[group].next_exit_fp = next_passage_fp(
        group_[group].next_exit_fp, context.now().us, network_.group_headway_fp[group],
        network_.class_mpcu[vehicle_class(VehicleId(vehicle))]);
    leave_link_end(context, group, vehicle);
    status_[vehicle] = static_cast<std::uint8_t>(VehicleStatus::kArrived);
    vehicle_[vehicle].link = kNoIndex;
    trip_[vehicle].arrived_us = context.now().us;
    context.record(static_cast<std::uint8_t>(RecordKind::kVehicleArrived), vehicle,
                   trip_[vehicle].departed_us, 0, vehicle_class(VehicleId(vehicle)));
}

}  // namespace jiahe::traffic
