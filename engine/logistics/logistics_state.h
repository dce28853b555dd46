// The rows of the logistics system: PODs without padding, indexed by hub, van, parcel or plan slot.
//
// Partition-state lifecycle; a hub owns its own row and the contiguous ranges of its vans, parcels,
// calls and planned parcels. Units: us, m, fen.
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
    std::int64_t told_us = 0;  // promised when its tour was planned, 0: not told
    std::uint32_t van = kNoIndex;
    std::uint8_t status = 0;  // ParcelStatus
    std::uint8_t attempts = 0;
    std::uint8_t first_failed = 0;
    std::uint8_t diverted = 0;  // to the pick-up station, after a failed attempt
};
static_assert(sizeof(ParcelState) == 32);

enum class VanStatus : std::uint8_t { kIdle, kLoading, kDriving, kAtCall };

struct VanState {
    std::int64_t since_us = 0;  // of its status
    std::int64_t busy_us = 0;   // out of the hub, all tours
    std::int64_t out_since_us = 0;
    std::int64_t toll_fen = 0;
    std::int64_t planned_m = 0;    // of all tours
    std::uint32_t first_call = 0;  // in the plan
    std::uint32_t call_count = 0;
    std::uint32_t position = 0;  // next or current call; call_count = on the way home
    std::uint32_t at_node = 0;
    std::uint32_t drive_home_ms = 0;  // planned, from the last call
    std::uint32_t tours = 0;
    std::uint32_t status = 0;  // VanStatus
    std::uint32_t calls_done = 0;
    std::uint32_t loaded = 0;  // parcels, all tours
    std::uint32_t unused = 0;
};
static_assert(sizeof(VanState) == 80);

struct PlanCall {
    std::int64_t arrival_us = 0;  // planned; since the tour's start until the van leaves
    std::uint32_t drive_ms = 0;   // planned, from the place before
    std::uint32_t node = 0;
    std::uint32_t first_parcel = 0;  // in the planned parcels
    std::uint32_t parcel_count = 0;
    std::uint32_t doors = 0;
    std::uint32_t handover = 0;  // Handover
};
static_assert(sizeof(PlanCall) == 32);

struct HubState {
    std::int64_t line_free_us = 0;  // the next batch may be inducted
    std::int64_t inducted = 0, misses = 0, passes = 0, missorted = 0;
    std::int64_t entered = 0, delivered = 0, returned = 0;  // parcels
    std::int64_t scans = 0, scans_waiting = 0;  // made; made out of contact and not yet sent
    std::int64_t planned_drive_us = 0, actual_drive_us = 0;  // of finished drives
    std::int64_t toll_fen = 0;
    std::uint32_t call_count = 0;  // used slots of its ranges
    std::uint32_t planned_count = 0;
    std::uint32_t lost_contact = 0;
    std::uint32_t dispatches = 0;
    std::uint32_t postponed = 0;
    std::uint32_t unused = 0;
};
static_assert(sizeof(HubState) == 128);

// Histogram of |arrival - plan| at calls, a row a hub; the last bin takes the rest.
inline constexpr std::uint32_t kEtaBins = 128;
inline constexpr std::int64_t kEtaBin_us = 60'000'000;

}  // namespace jiahe::logistics
