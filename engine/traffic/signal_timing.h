// Fixed-time signals as green intervals of a cycle, one list a movement.
//
// Pure; knows no simulation. A movement may go in [start, end) of each cycle; start-up loss is
// already taken from the front of each green. O(intervals) by modulo, no state.
// Invariants: 1. 0 <= start < end <= cycle; 2. intervals of a movement ascend and do not overlap.
#pragma once

#include <cstdint>
#include <span>

namespace jiahe::traffic {

struct GreenInterval {
    std::int64_t start_us = 0;
    std::int64_t end_us = 0;
};

// First time >= at_us at which the movement has green. REQUIRES: intervals not empty.
std::int64_t next_green_us(std::span<const GreenInterval> intervals, std::int64_t cycle_us,
                           std::int64_t offset_us, std::int64_t at_us);

// End of the green that holds at at_us. REQUIRES: at_us lies in a green.
std::int64_t green_end_us(std::span<const GreenInterval> intervals, std::int64_t cycle_us,
                          std::int64_t offset_us, std::int64_t at_us);

}  // namespace jiahe::traffic
