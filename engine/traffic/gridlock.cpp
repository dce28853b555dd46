#include "traffic/gridlock.h"

#include <fmt/format.h>

#include <algorithm>

namespace jiahe::traffic {
namespace {

bool is_full(const TrafficSystem& traffic, std::size_t link) {
    const LinkEntry& entry = traffic.link_entries()[link];
    const LinkExit& exit = traffic.link_exits()[link];
    const auto storage = traffic.network().physics[link].storage_mpcu;
    return entry.entered_mpcu - exit.left_mpcu + traffic.network().class_mpcu[0] > storage &&
           exit.queued_count == entry.entered_count - exit.left_count && exit.queued_count > 0;
}

// Does some head of the link wait for anything but a link of the set?
bool can_move(const TrafficSystem& traffic, std::size_t link,
              const std::vector<std::uint8_t>& in_set) {
    const TrafficNetwork& network = traffic.network();
    const std::uint32_t first = network.first_group[link];
    for (std::uint32_t g = first; g < first + network.lane_group_count[link]; ++g) {
        const std::uint32_t head = traffic.groups()[g].head;
        if (head == kNoIndex) continue;
        const std::uint32_t turn = traffic.vehicles()[head].turn;
        if (turn == kNoIndex || in_set[network.turn_out_link[turn]] == 0) return true;
    }
    return false;
}

std::string cause_of(const TrafficSystem& traffic, VehicleId vehicle,
                     const std::vector<std::uint8_t>& in_knot) {
    const TrafficNetwork& network = traffic.network();
    const VehicleState& v = traffic.vehicles()[vehicle.index()];
    switch (traffic.status(vehicle)) {
        case VehicleStatus::kPlanned:
            return "not yet departed";
        case VehicleStatus::kNoRoute:
            return "no permitted route to its destination";
        case VehicleStatus::kAtOrigin:
            return fmt::format("waits at its origin for room on link {}",
                               network.graph().link_external_id[network.turn_out_link[v.turn]]);
        case VehicleStatus::kOnLink:
            return in_knot[v.link] != 0 ? "on a link of a knot" : "under way";
        case VehicleStatus::kQueued:
            if (in_knot[v.link] != 0) return "stands in a knot of full links";
            if (v.turn == kNoIndex) return "queued at its destination";
            return fmt::format("queued for link {}",
                               network.graph().link_external_id[network.turn_out_link[v.turn]]);
        case VehicleStatus::kInGate:
            return "inside a toll plaza";
        case VehicleStatus::kArrived:
        case VehicleStatus::kParked:
            return "";
    }
    check_failed("a known status", __FILE__, __LINE__, "vehicle status out of range");
}

}  // namespace

Gridlock find_gridlock(const TrafficSystem& traffic) {
    const std::size_t links = traffic.link_entries().size();
    std::vector<std::uint8_t> in_set(links, 0);
    for (std::size_t l = 0; l < links; ++l)
        in_set[l] = is_full(traffic, l) ? 1 : 0;
    // Each round but the last takes out at least one link.
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t l = 0; l < links; ++l) {
            if (in_set[l] == 0 || !can_move(traffic, l, in_set)) continue;
            in_set[l] = 0;
            changed = true;
        }
    }
    Gridlock gridlock;
    for (std::size_t l = 0; l < links; ++l) {
        if (in_set[l] == 0) continue;
        gridlock.links.push_back(LinkId(l));
        gridlock.vehicle_count += traffic.link_exits()[l].queued_count;
    }
    return gridlock;
}

std::vector<Straggler> find_stragglers(const TrafficSystem& traffic, const Gridlock& gridlock) {
    std::vector<std::uint8_t> in_knot(traffic.link_entries().size(), 0);
    for (const LinkId link : gridlock.links)
        in_knot[link.index()] = 1;
    std::vector<Straggler> stragglers;
    for (std::uint32_t v = 0; v < traffic.trip_count(); ++v) {
        if (traffic.status(VehicleId(v)) == VehicleStatus::kArrived) continue;
        LinkId link;
        if (traffic.vehicles()[v].link != kNoIndex) link = LinkId(traffic.vehicles()[v].link);
        stragglers.push_back({VehicleId(v), link, cause_of(traffic, VehicleId(v), in_knot)});
    }
    return stragglers;
}

}  // namespace jiahe::traffic
