// Orders: which parcels come to a city on one day, drawn zone by zone.
//
// A zone expects parcels in proportion to its residents and jobs. Orders come in a non-homogeneous
// Poisson process over the day's slots, each order a geometric number of parcels for one address
// (compound Poisson: variance / mean = 2 m - 1). An order is made on the day before; the line haul
// brings it with one of the batches of its wave: orders of the early slots with the morning wave,
// the others with the afternoon one. The promise of a wave is its deadline.
//
// City lifecycle: an OrderBook is immutable; mutable rows of parcels are the system's. Draws are
// named by (seed, zone, day): what one zone draws shifts nothing for another. Units: us since the
// scenario's start (batches and orders may lie before it), g, ml.
// Invariants: 1. parcels ascend by (hub, batch, a drawn key): a truck is well mixed; 2. a batch's
// parcels of a hub are one contiguous range. Errors: InputError E-LOG-010..012 (options).
// Source: logistics sheet, section 1 (Changshu orders: slots and parcels an address).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/sim_time.h"
#include "logistics/logistics_sites.h"

namespace jiahe::logistics {

inline constexpr std::size_t kSlotCount = 7;

// Where a parcel is handed over.
enum class Handover : std::uint8_t { kDoor, kLocker, kStation };
inline constexpr std::size_t kHandoverCount = 3;

// A dispatch wave: the batches that feed it, when its tours are planned, what is promised.
struct Wave {
    std::vector<SimTime> batches;  // arrivals of line-haul trucks, since the scenario's start
    SimTime plan_at;
    SimTime deadline;
    std::size_t first_slot = 0;  // of the orders that it serves; up to the next wave's
};

struct DemandOptions {
    std::uint64_t seed = 1;
    double parcels_a_day = 0;        // expected, over all zones; see expected_parcels()
    double job_share = 0.2;          // A: of parcels that go to jobs instead of residents
    double parcels_an_order = 1.48;  // C
    std::array<double, kSlotCount> slot_share{.172, .287, .122, .061, .129, .184, .045};  // C
    SimTime first_slot_at = hours(7);  // of the day before, since its midnight; A
    SimTime slot_width = hours(2);     // A
    SimTime start_of_day;              // today's midnight, since the scenario's start (<= 0)
    std::array<double, kHandoverCount> handover_share{.25, .25, .50};  // A
    double weight_median_g = 1000, weight_sigma = 1.0;                 // A
    double weight_most_g = 50'000;
    double density_g_per_ml = 0.15;  // A: 150 kg/m3
    std::vector<Wave> waves;
};

// N_d = P * r * k_dow * k_promo * share.
double expected_parcels(double residents, double parcels_a_person, double k_dow, double k_promo,
                        double share);

struct ParcelSpec {
    std::int64_t ordered_us = 0;   // the day before
    std::int64_t deadline_us = 0;  // promised
    std::uint32_t zone = 0;
    std::uint32_t order = 0;  // parcels of one order go to one address
    std::uint32_t weight_g = 0;
    std::uint32_t volume_ml = 0;
    std::uint16_t batch = 0;  // counted over all waves
    std::uint8_t wave = 0;
    Handover handover = Handover::kDoor;
};

class OrderBook {
  public:
    OrderBook(const LogisticsSites& sites, const DemandOptions& options);

    std::span<const ParcelSpec> parcels() const { return parcels_; }
    std::size_t parcel_count() const { return parcels_.size(); }
    std::uint32_t order_count() const { return order_count_; }
    const std::vector<Wave>& waves() const { return waves_; }
    std::uint32_t batch_count() const { return static_cast<std::uint32_t>(batch_at_.size()); }
    SimTime batch_at(std::uint32_t batch) const { return batch_at_[batch]; }
    // Parcels [first, last) of a hub's batch, and of the hub.
    std::pair<std::uint32_t, std::uint32_t> batch_range(std::uint32_t hub,
                                                        std::uint32_t batch) const;
    std::pair<std::uint32_t, std::uint32_t> hub_range(std::uint32_t hub) const;

  private:
    std::vector<ParcelSpec> parcels_;
    std::vector<Wave> waves_;
    std::vector<SimTime> batch_at_;
    std::vector<std::uint32_t> range_;  // [hub * batches + batch], and the end
    std::uint32_t order_count_ = 0;
};

// The orders of one zone on one day: (slot, parcels) each. Pure; for tests and generators.
struct OrderDraw {
    std::uint8_t slot = 0;
    double share_of_slot = 0;  // when in the slot
    std::uint32_t parcel_count = 1;
};
std::vector<OrderDraw> draw_orders(const DemandOptions& options, double mean_parcels,
                                   std::uint32_t zone, std::uint32_t day);

// Mean parcels of each zone; sums to options.parcels_a_day.
std::vector<double> zone_means(const LogisticsSites& sites, const DemandOptions& options);

}  // namespace jiahe::logistics
