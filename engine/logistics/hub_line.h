// Hub line: from the truck's door to the chute, as arithmetic on one batch of parcels.
//
// Pure physics, no kernel (logistics sheet, section 2). Parcels are inducted one after another at
// the lanes' rate; each passes the RFID gate (heterogeneous readability: most items always read, a
// few with p = 0.8 a read); an unread one goes to the exception lane (workers, lognormal service)
// and comes back; then the loop, with a chance a pass that the chute is full and it goes round once
// more. Oracles: batch of 600 at 2,000/h: last out 1,080 s; miss with three reads 8.0e-5.
// Units: us. Invariant: every parcel comes out, later than it went in.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/sim_time.h"

namespace jiahe::logistics {

struct HubLine {
    double induction_per_h = 6000;   // all lanes: 4 x 1,500 (S, manual lanes)
    double loop_s = 66.667;          // 200 m at 3 m/s (S)
    double blocked_share = 0.02;     // a pass that goes round again (A)
    int passes_max = 5;              // then by hand to its chute (A)
    double hard_item_share = 0.01;   // items that are hard to read (S)
    double hard_item_read = 0.8;     // probability a read
    int reads = 3;                   // antennas
    int exception_workers = 2;       // A
    double exception_median_s = 35;  // lognormal, mean 40 s (A)
    double exception_sigma = 0.5;
};

// P(miss) = sum s_g (1 - p_g)^k.
double miss_probability(const HubLine& line);
// Sustainable input of the loop, items/h: carrier flow * (1 - q).
double sustainable_input_per_h(double carriers_per_h, double blocked_share);

struct LineResult {
    std::vector<std::int64_t> out_us;  // [parcel of the batch], time at its chute
    std::uint64_t misses = 0;
    std::uint64_t passes = 0;
};

// The batch arrives whole at arrival_us; draws are named by the parcels' numbers.
LineResult run_line(const HubLine& line, std::uint64_t seed, std::int64_t arrival_us,
                    std::span<const std::uint32_t> parcels);

}  // namespace jiahe::logistics
