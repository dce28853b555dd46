// The public face of the tolling system: what it accepts, what it reports, which fields it needs.
// It names no other system; couplings (engine/coupling) tie these ports to others.
//
// Owners are the plazas (0 .. plaza_count - 1), then the gantries. A vehicle's stay: EnterPlaza ->
// lane -> VehicleServed -> (it waits in its lane for room on the road) -> LeavePlazaLane -> only
// then its follower moves up. Whoever lets vehicles in admits at most `apron` at a time; the others
// queue on the road.
#pragma once

#include <cstdint>

#include "base/sim_time.h"
#include "kernel/event.h"
#include "tolling/vehicle_kind.h"

namespace jiahe::tolling {

// Events. The first group is for couplings, in the order in which facts of one instant are taken
// in.
enum class EventKind : std::uint8_t {
    kLeavePlazaLane,    // payload: vehicle; it has left its lane into the road
    kEnterPlaza,        // payload: passing_payload()
    kPassGantry,        // payload: passing_payload()
    kLosePlazaContact,  // no answer from the back office; repeated ones change nothing
    kRegainPlazaContact,
    kLoseGantryContact,
    kRegainGantryContact,
    kCloseLane,   // payload: lane; its queue is shared out, who is at the booth is served
    kOpenLane,    // payload: lane; closings are counted, each needs its opening
    kClosePlaza,  // nobody is served; who is at a booth is finished
    kOpenPlaza,
    kLimitLane,   // payload: limit_payload(); everything in the lane takes 1000 / per mille as long
    kLimitPlaza,  // payload: limit_payload(0, per mille); all its lanes, on top of their own limit
    kDegradeDue,  // own timers from here
    kMoveUpDone,
    kServiceDone,
};

// Records (entity: plaza or gantry).
enum class RecordKind : std::uint8_t {
    kVehicleServed,     // a: vehicle, aux: lane, b: time of entry in us, c: wait in us
    kVehicleLeftPlaza,  // a: vehicle, aux: lane, b: time of entry in us, c: wait in us
    kTollCharged,       // a: vehicle, aux: pack_settlement(), b: fee | discount << 32 (fen),
                        // c: section | vehicle's passage << 32
    kPassageRecorded,   // a: vehicle, aux: pack_settlement(), b: bytes to send now
    kBacklogReleased,   // a: passages, b: bytes stored while out of contact, to send now
    kLaneDegraded,      // a: lane; ETC vehicles are served by hand from now on
    kLaneRestored,      // a: lane
};

// Fields needed, zero where unbound: path_delay_s[plaza], mean one-way-and-back time to the back
// office without service, as last published (TollingSystem::bind_path_delay_s).

// Least time between a plaza or gantry and its road node (they share a partition). All couplings of
// vehicles use this one delay: a vehicle's account is written at one site at a time.
inline constexpr SimTime kRoadDelay = kTick;
// Least time between a site and whoever tells it that contact is lost.
inline constexpr SimTime kContactDelay = whole_seconds(1);

constexpr std::uint64_t passing_payload(std::uint32_t vehicle, TollClass toll_class,
                                        Payment payment) {
    return kernel::pack(vehicle, static_cast<std::uint32_t>(toll_class) |
                                     (static_cast<std::uint32_t>(payment) << 8));
}

// 1 <= per mille <= 1000, the share of its capacity that a lane or plaza keeps.
constexpr std::uint64_t limit_payload(std::uint32_t lane, std::uint32_t per_mille) {
    return kernel::pack(lane, per_mille);
}

constexpr std::uint16_t pack_settlement(TollClass toll_class, Payment payment, Cause cause) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(toll_class) |
                                      (static_cast<unsigned>(payment) << 4) |
                                      (static_cast<unsigned>(cause) << 8));
}

struct Settlement {
    TollClass toll_class;
    Payment payment;
    Cause cause;
};

constexpr Settlement unpack_settlement(std::uint16_t packed) {
    return {static_cast<TollClass>(packed & 0xf), static_cast<Payment>((packed >> 4) & 0xf),
            static_cast<Cause>(packed >> 8)};
}

}  // namespace jiahe::tolling
