// Savings construction: a first plan by joining tours of one stop where that saves most.
//
// Each stop begins alone with the nearest depot's largest vehicle; pairs of neighbours are joined
// in the order of their saving c(i,0) + c(0,j) - c(i,j), in whichever direction is feasible and
// cheapest, as long as the exact cost falls. The tours then go to the vehicles that drive them most
// cheaply, fullest first; what finds no vehicle is inserted greedily or stays unassigned.
// Pure function, deterministic. Cost: O(n k log(n k)). Source: Clarke and Wright, Oper. Res. 12,
// 1964.
#pragma once

#include "routing/neighbours.h"
#include "routing/route_plan.h"

namespace jiahe::routing {

void build_by_savings(RoutePlan& plan, const NeighbourLists& neighbours);

}  // namespace jiahe::routing
