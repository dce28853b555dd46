// What each hub's planner knows of the roads: quickest ways between the hub and its parcels'
// places.
//
// City lifecycle: computed once from the city and the day's orders by `threads` threads, whose
// number changes nothing; the system keeps a reference. Times are those that drivers expect of
// ordinary roads (expected_link_us); how slow the day is, the hub learns from its vans. Shapes: one
// matrix a hub. Errors: InputError E-LOG-003 where a hub serves more places than a dense matrix
// should hold (kHubPlacesMost: 0.5 GB).
#pragma once

#include <vector>

#include "logistics/parcel_orders.h"
#include "roads/travel_matrix.h"
#include "world/city.h"

namespace jiahe::logistics {

inline constexpr std::size_t kHubPlacesMost = 8'000;

std::vector<TravelMatrix> travel_of_hubs(const City& city, const ParcelOrders& orders,
                                         double van_speed_most_mps, int threads = 1);

}  // namespace jiahe::logistics
