// Hub line: from the truck's door to the chute, as arithmetic on one batch of parcels.
//
// Pure physics, no kernel (logistics sheet, section 2). Docks unload the trucks side by side;
// parcels are inducted one after another at the lanes' rate, or as carriers pass; each passes the
// RFID gate (rfid.h); an unread one goes to the exception lane (workers, lognormal service) and
// comes back; then the loop, with a chance a pass that the chute is full and it goes round once
// more. A carrier that goes round again is not free for induction: overload shrinks induction and
// drops nothing. A few are sorted to the wrong chute and come back hours later.
// Units: us. Invariants: 1. every parcel comes out, later than it went in; 2. the next batch is
// inducted after this one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/sim_time.h"
#include "logistics/hub_queueing.h"
#include "logistics/rfid.h"

namespace jiahe::logistics {

struct HubLine {
    int docks = 4;                                  // A
    double unload_per_h = 3000;                     // a dock's team (A)
    double induction_per_h = 6000;                  // all lanes: 4 x 1,500 (S, manual lanes)
    LoopSpec loop;                                  // 200 m at 3 m/s, a carrier each 0.6 m (S)
    double blocked_share = 0.02;                    // a pass that goes round again (A)
    int passes_max = 5;                             // then by hand to its chute (A)
    ReadModel gate{{{0.99, 1.0}, {0.01, 0.8}}, 3};  // S; three antennas
    int exception_workers = 2;                      // A
    double exception_mean_s = 40;                   // lognormal (A)
    double exception_sigma = 0.5;
    double sort_accuracy = 0.999;       // S
    SimTime missort_return = hours(4);  // A
};

struct LineResult {
    std::vector<std::int64_t> inducted_us;  // [parcel of the batch]
    std::vector<std::int64_t> out_us;       // [parcel of the batch], time at its chute
    std::int64_t line_free_us = 0;          // the next batch may be inducted
    std::uint64_t misses = 0;
    std::uint64_t passes = 0;
    std::uint64_t missorted = 0;
};

// The batch arrives whole at arrival_us on a line free from line_free_us on; draws are named by the
// parcels' numbers.
LineResult run_line(const HubLine& line, std::uint64_t seed, std::int64_t arrival_us,
                    std::int64_t line_free_us, std::span<const std::uint32_t> parcels);

}  // namespace jiahe::logistics
