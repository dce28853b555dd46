// Gridlock: knots of full links whose every head waits inside the knot (traffic sheet, section 2).
//
// Pure function of the state while the simulator stands still. A link is full where no hole is free
// or in flight: entered - left + 1 pcu > storage, and all its vehicles stand at the stop line. The
// knots are the greatest set of full links in which every lane group's head waits for a link of the
// set. Cost O(links + heads).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "traffic/traffic_system.h"

namespace jiahe::traffic {

struct Gridlock {
    std::vector<LinkId> links;  // ascending; empty where there is none
    std::uint64_t vehicle_count = 0;
};

Gridlock find_gridlock(const TrafficSystem& traffic);

// Why a vehicle has not arrived, in words, with the link or node named by its external id.
struct Straggler {
    VehicleId vehicle;
    LinkId link;  // invalid: not on the road
    std::string cause;
};
std::vector<Straggler> find_stragglers(const TrafficSystem& traffic, const Gridlock& gridlock);

}  // namespace jiahe::traffic
