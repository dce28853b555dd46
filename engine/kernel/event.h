// Event: what will happen at one owner; exactly 32 bytes, moved by value.
//
// kind   = phase (2 bits) | system (6 bits) | the system's own kind (8 bits)
// entity, sender = system (5 bits) | index (27 bits); entity is the owner that handles the event
// aux    = slot or version; payload = two u32, an int64, a double or an arena index
//
// Invariants: 1. the order (time, kind, entity, sender, sequence) is total: sequence counts per
// sender, and never mentions arrival, thread, partition or address (law 3); 2. phases sort before
// systems, so that at one instant acts precede facts and facts precede decisions; 3. only wakes
// may tie fully: they have sequence 0 and a superfluous one changes nothing.
#pragma once

#include <bit>
#include <cstdint>
#include <tuple>

#include "base/sim_time.h"

namespace jiahe::kernel {

enum class Phase : std::uint16_t { kAct = 0, kFact = 1, kDecide = 2 };

using SystemId = std::uint8_t;  // < kSystemMax
inline constexpr int kSystemMax = 32;
inline constexpr std::uint32_t kIndexBits = 27;
inline constexpr std::uint32_t kIndexMax = (1u << kIndexBits) - 1;  // reserved: "the epoch itself"

// An owner of state: index within a system's owners.
struct EntityId {
    std::uint32_t value = 0xffffffffu;

    constexpr EntityId() = default;
    constexpr EntityId(SystemId system, std::uint32_t index)
        : value((std::uint32_t{system} << kIndexBits) | index) {}
    static constexpr EntityId from_raw(std::uint32_t raw) {
        EntityId id;
        id.value = raw;
        return id;
    }
    constexpr SystemId system() const { return static_cast<SystemId>(value >> kIndexBits); }
    constexpr std::uint32_t index() const { return value & kIndexMax; }
    constexpr auto operator<=>(const EntityId&) const = default;
};

constexpr std::uint16_t make_kind(Phase phase, SystemId system, std::uint8_t own) {
    return static_cast<std::uint16_t>((static_cast<unsigned>(phase) << 14) |
                                      (unsigned{system} << 8) | own);
}

struct Event {
    std::int64_t time_us = 0;
    std::uint16_t kind = 0;
    std::uint16_t aux = 0;
    std::uint32_t entity = 0;
    std::uint32_t sender = 0;
    std::uint32_t sequence = 0;
    std::uint64_t payload = 0;

    SimTime time() const { return {time_us}; }
    Phase phase() const { return static_cast<Phase>(kind >> 14); }
    std::uint8_t own_kind() const { return static_cast<std::uint8_t>(kind & 0xff); }
    EntityId owner() const { return EntityId::from_raw(entity); }
    std::uint32_t owner_index() const { return entity & kIndexMax; }
    std::uint32_t payload_low() const { return static_cast<std::uint32_t>(payload); }
    std::uint32_t payload_high() const { return static_cast<std::uint32_t>(payload >> 32); }
    std::int64_t payload_int() const { return static_cast<std::int64_t>(payload); }
    double payload_double() const { return std::bit_cast<double>(payload); }
};
static_assert(sizeof(Event) == 32);

constexpr std::uint64_t pack(std::uint32_t low, std::uint32_t high) {
    return (std::uint64_t{high} << 32) | low;
}

// Same place in the order: an error, except for wakes.
inline bool ties(const Event& a, const Event& b) {
    return a.time_us == b.time_us && a.kind == b.kind && a.entity == b.entity &&
           a.sender == b.sender && a.sequence == b.sequence;
}

inline bool operator<(const Event& a, const Event& b) {
    if (a.time_us != b.time_us) return a.time_us < b.time_us;
    const auto key = [](const Event& e) {
        return std::pair{(std::uint64_t{e.kind} << 32) | e.entity,
                         (std::uint64_t{e.sender} << 32) | e.sequence};
    };
    return key(a) < key(b);
}

}  // namespace jiahe::kernel
