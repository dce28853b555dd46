// The rows of the traffic system: PODs without padding, indexed by link, group, turn, node or
// vehicle.
//
// Partition-state lifecycle. Owners: LinkEntry belongs to the link's from-node, LinkExit and lane
// groups to its to-node, origin groups to their node, a vehicle's row to whoever holds it (the
// right to write passes with the event that carries the vehicle). Units: us, us << 16 (_fp), 1/1000
// pcu.
#pragma once

#include <cstdint>

#include "traffic/traffic_network.h"

namespace jiahe::traffic {

enum class VehicleStatus : std::uint8_t {
    kPlanned,   // not yet departed
    kAtOrigin,  // in the point queue of its origin
    kOnLink,    // driving
    kQueued,    // at the stop line
    kInGate,
    kArrived,
    kNoRoute,  // no permitted way to its destination
    kParked,   // a fleet vehicle off the road
};

// Upstream end of a link.
struct LinkEntry {
    std::int64_t entered_mpcu = 0;
    std::int64_t next_entry_fp = 0;
    std::int64_t last_ready_us = 0;  // FIFO of one-lane links
    std::int64_t virtual_time = 0;   // start tag of the last grant (start-time fair queueing)
    std::int64_t freed_mpcu = 0;     // holes seen at the last grant that had to look
    std::uint32_t entered_count = 0;
    std::uint16_t capacity_permille = 0;  // scenario limit; 1000 = none
    std::uint16_t closed = 0;
};

// Downstream end of a link.
struct LinkExit {
    std::int64_t left_mpcu = 0;
    std::int64_t travel_sum_us = 0;  // of vehicles that left since the last routing epoch
    std::uint32_t travel_count = 0;
    std::uint32_t left_count = 0;
    std::uint32_t queued_count = 0;  // at the stop line, all groups
    std::uint32_t unused = 0;
};

struct GroupState {
    std::int64_t next_exit_fp = 0;
    std::uint32_t head = kNoIndex;  // vehicle
    std::uint32_t tail = kNoIndex;
    std::uint32_t count = 0;
    std::uint32_t unused = 0;
};

struct NodeState {
    std::uint64_t waiting = 0;  // bit i: group node_first_group + i has vehicles
    std::uint32_t in_gate = 0;
    std::uint32_t unused = 0;
};

struct VehicleState {
    std::int64_t entered_us = 0;    // its link, or its origin queue
    std::int64_t queued_us = 0;     // when it reached the stop line
    std::int64_t free_us = 0;       // free-flow time of the links entered so far, of its class
    std::uint32_t route_first = 0;  // slot in the route pool
    std::uint16_t route_length = 0;
    std::uint16_t position = 0;  // of the next link to enter
    std::uint32_t link = kNoIndex;
    std::uint32_t group = kNoIndex;
    std::uint32_t turn = kNoIndex;  // kNoIndex: leaves the road here
    std::uint32_t next_in_queue = kNoIndex;
    std::uint32_t distance_dm = 0;
    std::uint32_t reroute_count = 0;
};

// The cold part of a trip, for results.
struct TripState {
    std::int64_t departed_us = -1;  // scheduled departure
    std::int64_t inserted_us = -1;  // entry to its first link
    std::int64_t arrived_us = -1;
    std::uint32_t origin = kNoIndex;
    std::uint32_t destination = kNoIndex;
};

}  // namespace jiahe::traffic
