// Parcel orders of a day: a compound Poisson law over zones, two waves (logistics sheet, section
// 1).
//
// City lifecycle: drawn once from residents, options and seed; immutable. Each zone expects
// residents * rate * share parcels a day; orders K ~ Poisson, parcels an order geometric with mean
// 1.48 (C, 602 orders and 407 user-days a day), so that Var X / E X = 2 m - 1. An order is for one
// door, or for the locker or pick-up station of its zone. Rows are sorted by (hub, zone, order): a
// hub's parcels are contiguous. Draws are named by (zone, order): what one zone draws shifts
// nothing for another. Units: us since the run's start, ml. Invariants: 1. a parcel has one hub and
// one node; 2. promise is the end of its wave's window.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.h"
#include "base/sim_time.h"
#include "world/city.h"

namespace jiahe::logistics {

struct Wave {
    SimTime line_haul;   // the trucks from the province hub arrive, since the run's start
    SimTime dispatch;    // tours are planned
    SimTime promise;     // delivered by
    double share = 0.5;  // of the day's parcels
};

// Where a parcel is handed over.
enum class Handover : std::uint8_t { kDoor, kLocker, kStation };
inline constexpr std::size_t kHandoverCount = 3;

struct OrderOptions {
    std::uint64_t seed = 1;
    double parcels_per_resident = 0.34;  // a day (S, national press figures 2024)
    double share = 1;                    // of the city's parcels that this fleet carries
    double parcels_per_door = 1.48;      // C
    std::array<double, kHandoverCount> handover_share{1, 0, 0};  // sheet's China: .25 .25 .50 (A)
    double weight_median_kg = 1, weight_sigma = 1;               // A, log-normal
    double weight_most_kg = 50;                                  // A
    double density_kg_per_l = 0.15;                              // A: 150 kg/m3
    std::vector<Wave> waves;
};

struct ParcelOrders {
    std::vector<std::uint32_t> hub_first;  // [hub + 1], parcels
    // Per parcel.
    std::vector<NodeId> node;
    std::vector<std::uint32_t> door;  // parcels of one order share the number
    std::vector<std::uint8_t> wave;
    std::vector<Handover> handover;
    std::vector<std::uint32_t> volume_ml;

    std::size_t size() const { return node.size(); }
};

ParcelOrders draw_orders(const City& city, const OrderOptions& options);

// Parcels of each order of a zone that expects `mean_parcels`. Pure.
std::vector<std::uint32_t> draw_zone_orders(const OrderOptions& options, std::uint64_t zone,
                                            double mean_parcels);

}  // namespace jiahe::logistics
