// Where a stop of a plan is best put: the cheapest feasible place among those near its neighbours.
//
// Looks just before and after each neighbour that is in a route, and at the first empty vehicle of
// each group; only where none of these will do, at every place of every route with room. Used while
// a first plan is built. Pure function of the plan; ties go to the first place met.
// Cost: O(neighbours), at worst O(stops).
#pragma once

#include <cstdint>
#include <span>

#include "routing/neighbours.h"
#include "routing/route_plan.h"

namespace jiahe::routing {

struct Place {
    std::uint32_t vehicle = kNone;
    std::size_t at = 0;
    std::int64_t cost = kInfeasible;
};

Place best_place(const RoutePlan& plan, const NeighbourLists& neighbours, std::uint32_t stop);

// Inserts each stop in the order given where that costs less than its prize; the others stay
// unassigned.
void insert_greedily(RoutePlan& plan, const NeighbourLists& neighbours,
                     std::span<const std::uint32_t> stops);

}  // namespace jiahe::routing
