// Where a stop is best put: the cheapest feasible place among those near its neighbours.
//
// Looks just before and after each neighbour that is in a route, and at the first empty vehicle of
// each group; only where none of these will do, at every place of every route with room. A place
// is passed over with probability `blink` (Christiaens and Vanden Berghe, Transp. Sci. 54, 2020),
// which makes the greedy rule explore. Pure function of the plan; ties go to the first place met.
// Cost: O(neighbours), at worst O(stops).
#pragma once

#include <cstdint>
#include <span>

#include "base/random.h"
#include "routing/neighbours.h"
#include "routing/route_plan.h"

namespace jiahe::routing {

struct Place {
    std::uint32_t vehicle = kNone;
    std::size_t at = 0;
    std::int64_t cost = kInfeasible;
};

// Blinks are taken from one draw by counting `next` upwards; no draw, no blinks.
struct Blinking {
    const Draw* draw = nullptr;
    double rate = 0;
    std::uint32_t next = 0;
    bool blink() { return draw != nullptr && draw->bernoulli(rate, next++); }
};

Place best_place(const RoutePlan& plan, const NeighbourLists& neighbours, std::uint32_t stop,
                 Blinking& blinking);

// Inserts each stop in the order given where that costs less than `generosity` times its prize; the
// others stay unassigned.
void insert_greedily(RoutePlan& plan, const NeighbourLists& neighbours,
                     std::span<const std::uint32_t> stops, Blinking& blinking,
                     std::int64_t generosity = 1);

// Takes out stops that cost more than their prizes, and whole tours that do, of changed routes.
void drop_unworthy(RoutePlan& plan);

}  // namespace jiahe::routing
