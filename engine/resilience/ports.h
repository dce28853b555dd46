// The public face of the resilience system: the scenario's script of events, told as orders.
//
// It names no other system. Its one owner reads the script; each change of a target's state is told
// as a record ahead of its effect, so that couplings (engine/coupling) can send it to the target's
// owner for its exact time over a channel of `notice` (ResilienceSystem::notice). Overlapping
// events are merged before: a target is ordered to fail once and restored when the last event ends;
// a restore gives back the whole of it, a limit its share, also to what had failed. Roads are told
// as their links.
#pragma once

#include <cstdint>

#include "base/sim_time.h"
#include "kernel/event.h"

namespace jiahe::resilience {

// Events: the system's own.
enum class EventKind : std::uint8_t {
    kReadScript,  // issue what is due; payload: index of the next order
};

// Records, one kind for each kind of target. a: the target's index as the directory gave it; aux:
// pack_order(); b: per mille (limit: capacity left; surge: multiple of demand; else 1000);
// c: time in us at which it takes effect, at least `notice` after the record.
enum class RecordKind : std::uint8_t {
    kLinkOrdered,  // road link: fail and close both mean that nobody may enter
    kLaneOrdered,  // a: plaza; the lane is in aux
    kPlazaOrdered,
    kCellOrdered,
    kBackhaulOrdered,
    kDataCentreOrdered,
    kDemandOrdered,
};

enum class Order : std::uint8_t { kFail, kRestore, kLimit, kClose, kSurge };

constexpr std::uint16_t pack_order(Order order, std::uint32_t lane = 0) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(order) | (lane << 4));
}
constexpr Order order_of(std::uint16_t aux) {
    return static_cast<Order>(aux & 0xf);
}
constexpr std::uint32_t lane_of(std::uint16_t aux) {
    return aux >> 4;
}

// The script's owner.
inline constexpr std::uint32_t kScriptOwner = 0;

}  // namespace jiahe::resilience
