// The rows of the logistics system: PODs without padding, indexed by hub, van, parcel or plan slot.
//
// Partition-state lifecycle; a hub owns its own row and the contiguous ranges of its vans, parcels,
// calls and planned parcels. Units: us, fen.
#pragma once

#include <cstdint>

namespace jiahe::logistics {

inline constexpr std::uint32_t kNoIndex = 0xffffffffu;

enum class ParcelStatus : std::uint8_t {
    kExpected,  // on the line haul
    kInHub,     // on the sorter, waiting, or back after a failed attempt
    kOnVan,
    kDelivered,
    kReturned,  // three attempts failed
};

struct ParcelState {
    std::int64_t ready_us = 0;  // at its chute, or back in the hub
    std::int64_t delivered_us = -1;
    std::uint32_t van = kNoIndex;
    std::uint8_t status = 0;  // ParcelStatus
    std::uint8_t attempts = 0;
    std::uint8_t first_failed = 0;
    std::uint8_t unused = 0;
};
static_assert(sizeof(ParcelState) == 24);

enum class VanStatus : std::uint8_t { kIdle, kLoading, kDriving, kAtCall };

struct VanState {
    std::int64_t since_us = 0;  // of its status
    std::int64_t busy_us = 0;   // out of the hub, all tours
    std::int64_t out_since_us = 0;
    std::int64_t toll_fen = 0;
    std::uint32_t first_call = 0;  // in the plan
    std::uint32_t call_count = 0;
    std::uint32_t position = 0;  // next or current call; call_count = on the way home
    std::uint32_t at_node = 0;
    std::uint32_t tours = 0;
    std::uint32_t status = 0;  // VanStatus
    std::uint32_t calls_done = 0;
    std::uint32_t unused = 0;
};
static_assert(sizeof(VanState) == 64);

struct PlanCall {
    std::uint32_t node = 0;
    std::uint32_t first_parcel = 0;  // in the planned parcels
    std::uint32_t parcel_count = 0;
    std::uint32_t doors = 0;
};

struct HubState {
    std::int64_t misses = 0;  // RFID gate
    std::int64_t scans = 0;
    std::uint32_t call_count = 0;  // used slots of its ranges
    std::uint32_t planned_count = 0;
    std::uint32_t lost_contact = 0;
    std::uint32_t dispatches = 0;
    std::uint32_t postponed = 0;
    std::uint32_t unused = 0;
};

}  // namespace jiahe::logistics
