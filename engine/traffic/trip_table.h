// TripTable: the demand of a run as plain vectors, one row a trip, in the order of external ids.
//
// City lifecycle. The row number is the VehicleId. A trip has a fixed route (row of `route_links`)
// or none, and then gets one at the routing epoch before its departure. Invariants (checked by the
// traffic system): 1. all vectors have one row a trip; 2. a fixed route is a chain of permitted
// turns from origin to destination.
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/sim_time.h"

namespace jiahe::traffic {

struct TripTable {
    std::vector<std::int64_t> departure_us;
    std::vector<NodeId> origin, destination;
    std::vector<std::uint8_t> vehicle_class;
    std::vector<std::uint32_t> route;  // index of a route, kNoRoute = to be found

    static constexpr std::uint32_t kNoRoute = 0xffffffffu;
    std::vector<std::uint64_t> route_offset = {0};  // size route_count + 1
    std::vector<LinkId> route_links;

    std::size_t size() const { return departure_us.size(); }
    std::size_t route_count() const { return route_offset.size() - 1; }
};

}  // namespace jiahe::traffic
