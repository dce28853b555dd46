// The public face of the traffic system: what it accepts, what it reports, which fields it owns and
// which it needs. It names no other system; couplings (engine/coupling) tie these ports to others.
//
// Owners are road nodes: a node owns the downstream end of its in-links and the upstream end of its
// out-links. Vehicles are rows that travel with the events that carry them.
#pragma once

#include <cstdint>

#include "base/ids.h"
#include "base/sim_time.h"
#include "kernel/event.h"

namespace jiahe::traffic {

// Events: what will happen at a node (own kinds; the entity is the node).
enum class EventKind : std::uint8_t {
    kDepartTrip,       // payload: vehicle; its route is set
    kDepartVehicle,    // payload: vehicle | destination node << 32; a fleet vehicle starts here
    kArriveAtNode,     // payload: vehicle | link << 32; it reaches the link's downstream end
    kAdoptRoute,       // payload: vehicle | first route slot << 32, aux: length; an epoch's act
    kReleaseFromGate,  // payload: vehicle; whoever holds the gate lets it go
    kCloseLink,        // payload: link; no vehicle may enter (entity: its from-node)
    kOpenLink,         // payload: link
    kLimitLink,        // payload: link | capacity in per mille << 32 (entity: its from-node)
};

// Records: what has happened at a node (entity: the node).
enum class RecordKind : std::uint8_t {
    kVehicleLeftLink,        // a: link, aux: class, b: vehicle | ms at the stop line << 32,
                             // c: time of entry in us
    kVehiclePassedDetector,  // a: link, aux: class, b: vehicle, c: time of entry in us
    kVehicleReachedGate,     // a: vehicle, aux: class, b: gate
    kVehicleLeftGate,        // a: vehicle, aux: class, b: gate
    kVehicleDeparted,        // a: vehicle, aux: class, b: origin node
    kVehicleArrived,         // a: vehicle, aux: class, b: time of departure in us
};

// Vehicle classes in the order of the scenario's list; the first is the passenger car.
struct VehicleClassSpec {
    double pce = 1.0;            // passenger-car equivalents on links
    double speed_max_mps = 1e9;  // free speed is the least of this and the link's
    double value_of_time_fen_ph = 0;
};
inline constexpr std::uint8_t kCarClass = 0;
inline constexpr std::uint8_t kTruckClass = 1;
inline constexpr std::uint8_t kVanClass = 2;

// A gate: a place on the road where a vehicle must be released by somebody else. It stands at the
// to-node of `link`, which has one way in and one way out for this direction; at most `apron`
// vehicles are inside, the others queue back along the link.
struct GateSpec {
    LinkId link;
    std::uint32_t apron = 1;
};

// Least time between traffic and the holder of a gate (they share a partition).
inline constexpr SimTime kGateDelay = kTick;
// Least time between a dispatcher and a fleet vehicle's start, and its arrival and the report.
inline constexpr SimTime kFleetDelay = whole_seconds(2);

// Fields owned (published at the routing epochs, indexed by link):
//   link_travel_time_us  int64, mean time of the vehicles that left in the last period
//   link_vehicle_count   uint32, vehicles between entry and exit

}  // namespace jiahe::traffic
