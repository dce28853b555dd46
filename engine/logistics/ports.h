// The public face of the logistics system: what it accepts and what it reports. It names no other
// system; couplings (engine/coupling) tie these ports to others.
//
// Owners are the hubs; a hub owns its parcels, its vans and their tours. A van is a vehicle of
// somebody else's roads: VanLeaves asks for a ride, VanArrived ends it. A place is a road node.
#pragma once

#include <cstdint>

#include "base/sim_time.h"

namespace jiahe::logistics {

// Events (entity: the hub).
enum class EventKind : std::uint8_t {
    kVanArrived,   // payload: van; it stands at the node it was sent to
    kBookToll,     // payload: van | fen << 32
    kLoseContact,  // the hub's office is cut off; its dispatcher is blind, its scans wait
    kRegainContact,
    kLineHaulArrives,  // own timers from here; payload: wave
    kDispatch,         // payload: how often it was put off
    kScanTick,         // payload: parcels read in the last minute
    kVanStarts,        // payload: van
    kCallDone,         // payload: van
};

// Records (entity: the hub).
enum class RecordKind : std::uint8_t {
    kVanLeaves,        // a: van, b: node it leaves, c: node it goes to
    kScansMade,        // a: node, or kAtHub, b: scans, c: bytes
    kPositionsSent,    // a: node, b: reports, c: bytes
    kParcelDelivered,  // a: parcel, b: time promised in us, c: attempts
    kParcelFailed,     // a: parcel, b: time promised in us, c: attempts
    kParcelReturned,   // a: parcel, c: attempts
    kTourPlanned,      // a: van, b: calls, c: parcels
};

inline constexpr std::uint32_t kAtHub = 0xffffffffu;

// Least time between a hub and its vans' rides, bookings and network.
inline constexpr SimTime kRideDelay = whole_seconds(2);
inline constexpr SimTime kNoticeDelay = whole_seconds(1);

}  // namespace jiahe::logistics
