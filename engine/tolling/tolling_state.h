// Rows of the tolling system's state: plain data in the StateStore, indices in place of pointers.
//
// Vehicles inside a plaza lie in its slots (apron of them), linked into its waiting list, one
// lane's list or the free list. In a lane's list the head is at the booth unless the lane is idle.
// Partition-state lifecycle; no padding (the state hash reads the bytes).
#pragma once

#include <cstdint>

#include "tolling/vehicle_kind.h"

namespace jiahe::tolling {

inline constexpr std::uint32_t kNone = 0xffffffffu;
inline constexpr std::uint16_t kWholeCapacity = 1000;  // per mille

struct VehicleSlot {
    std::int64_t entered_us;
    std::int64_t wait_us;  // entry to the beginning of its own service
    std::uint32_t vehicle;
    std::uint32_t next;        // slot
    std::uint32_t passage;     // the vehicle's how-manieth
    std::uint32_t headway_us;  // expected, as counted in its lane's work
    std::uint8_t toll_class;
    std::uint8_t payment;
    std::uint8_t cause;        // once at the booth
    std::uint8_t wants_stray;  // takes an ETC lane without a unit where it can
    std::uint8_t is_stray;     // and is in one
    std::uint8_t unused[3];
};
static_assert(sizeof(VehicleSlot) == 40);

enum class LanePhase : std::uint8_t {
    kIdle,
    kMovingUp,
    kServing,
    kServed,  // waits for room on the road
};

struct LaneState {
    std::int64_t work_us;     // expected headways of all in the lane
    std::int64_t busy_us;     // moving up and serving, ended phases only
    std::int64_t blocked_us;  // served and waiting for the road
    std::int64_t since_us;    // begin of the phase
    std::uint32_t head;       // slot
    std::uint32_t tail;
    std::uint32_t count;
    std::uint32_t served_count;
    LanePhase phase;
    std::uint8_t unused;
    std::uint16_t closed;          // closings not yet opened
    std::uint16_t limit_permille;  // of its capacity
    std::uint16_t unused2;
};
static_assert(sizeof(LaneState) == 56);

struct PlazaState {
    std::uint32_t waiting_head;  // slot; in order of entry
    std::uint32_t free_head;
    std::uint32_t waiting_count;
    std::uint32_t inside;
    std::uint32_t entered_count;
    std::uint32_t left_count;
    std::uint32_t queued;  // not at a booth, as last noted
    std::uint32_t queued_max;
    std::uint16_t closed;
    std::uint16_t limit_permille;  // of the capacity of every lane
    std::uint32_t unused;
    std::int64_t wait_max_us;
    std::int64_t degraded_since_us;
    std::int64_t full_since_us;  // while the apron is full: the road behind holds the queue
    std::int64_t full_us;
    std::int64_t degraded_us;  // ended spells
};
static_assert(sizeof(PlazaState) == 80);

struct SiteContact {
    std::int64_t lost_us;        // while out of contact
    std::int64_t list_us;        // when the list held at `pulls_from_us` (or at the loss) was made
    std::int64_t pulls_from_us;  // in contact: pulled every refresh period from here on
    std::int64_t offline_us;     // ended spells
    std::int64_t backlog_bytes;
    std::uint32_t backlog_records;
    std::uint32_t sent_records;      // at once
    std::uint32_t released_records;  // after a spell
    std::uint32_t lost_records;      // store full: the passage is lost revenue unless paid by hand
    std::uint32_t images_dropped;    // records whose images found no room
    std::uint16_t version;           // of the contact; timers of older ones are void
    std::uint8_t lost;
    std::uint8_t degraded;
};
static_assert(sizeof(SiteContact) == 64);

struct SiteCount {
    std::uint32_t passage[kPaymentCount][kTollClassCount];
    std::uint32_t cause[kCauseCount];
    std::uint32_t unused;
};
static_assert(sizeof(SiteCount) == 72);

// Of the vehicles that entered within a time bin (those still inside are not in it yet).
struct DelayBin {
    std::int64_t delay_us;  // entry to leaving the lane
    std::int64_t wait_us;
    std::uint32_t count;
    std::uint32_t queued_max;  // seen during the bin
};
static_assert(sizeof(DelayBin) == 24);

// Waits by whole seconds; the last bin takes all longer ones.
inline constexpr std::uint32_t kWaitBins = 1024;

}  // namespace jiahe::tolling
