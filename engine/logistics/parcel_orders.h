// Parcel orders of a day: a compound Poisson law over zones, two waves (logistics sheet, section
// 1).
//
// City lifecycle: drawn once from residents, options and seed; immutable. Each zone expects
// residents * rate * share parcels a day; doors K ~ Poisson, parcels a door geometric with mean
// 1.48 (C, 602 orders and 407 user-days a day), so that Var X / E X = 2 m - 1. Rows are sorted by
// (hub, zone, door): a hub's parcels are contiguous. Draws are named by (zone, door).
// Units: us since the run's start. Invariants: 1. a parcel has one hub and one node; 2. promise is
// the end of its wave's window.
#pragma once

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

struct OrderOptions {
    std::uint64_t seed = 1;
    double parcels_per_resident = 0.34;  // a day (S, national press figures 2024)
    double share = 1;                    // of the city's parcels that this fleet carries
    double parcels_per_door = 1.48;      // C
    std::vector<Wave> waves;
};

struct ParcelOrders {
    std::vector<std::uint32_t> hub_first;  // [hub + 1], parcels
    // Per parcel.
    std::vector<NodeId> node;
    std::vector<std::uint32_t> door;  // parcels of one door share the number
    std::vector<std::uint8_t> wave;

    std::size_t size() const { return node.size(); }
};

ParcelOrders draw_orders(const City& city, const OrderOptions& options);

}  // namespace jiahe::logistics
