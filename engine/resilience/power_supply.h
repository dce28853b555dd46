// Battery clocks: when a node behind grid, battery and generator is without power.
//
// Losing the grid starts the battery's clock; a generator takes over after its start-up and runs
// until its fuel is gone; while grid or generator feed, the battery recharges, by default in four
// times the time of its discharge (A). Fuel is not replenished between outages. All clocks are
// integers, so the answers are exact.
//
// Pure function, no kernel. Units: SimTime. Source of the defaults: telecom sheet, section 6 (A).
// Invariant: down times lie within outages, ascend and do not touch.
#pragma once

#include <span>
#include <vector>

#include "base/sim_time.h"

namespace jiahe::resilience {

struct PowerSupply {
    SimTime battery;                   // hold-up of the full battery
    SimTime generator_start = kNever;  // after the grid's loss; kNever: no generator
    SimTime fuel;                      // running time of the generator
    std::int64_t recharge_factor = 4;  // recharge time over discharge time; 0: never recharges
};

inline constexpr PowerSupply kMacroCellSupply{hours(3), kNever, {}, 4};
inline constexpr PowerSupply kGantrySupply{hours(1), kNever, {}, 4};
inline constexpr PowerSupply kDataCentreSupply{minutes(12), whole_seconds(30), hours(12), 4};

struct Interval {
    SimTime from, until;
    bool operator==(const Interval&) const = default;
};

// REQUIRES: outages ascend and do not overlap. The battery starts full, the tank too.
std::vector<Interval> times_without_power(const PowerSupply& supply,
                                          std::span<const Interval> grid_outages);

}  // namespace jiahe::resilience
