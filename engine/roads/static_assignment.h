// Static assignment: the link flows at which no traveller gains by another way.
//
// Planner mode; pure. User equilibrium minimises Beckmann's objective
//   Z = sum over links of the integral of cost from 0 to flow;
// system optimum minimises the total cost, as the user equilibrium of marginal costs. Both by
// bushes (origin_bush.h), one an origin.
// Relative gap = (TSTT - SPTT) / TSTT, TSTT = sum of flow x cost, SPTT = sum of trips x shortest
// cost at those costs, both at marginal costs for a system optimum. Average excess cost =
// (TSTT - SPTT) / trips. The gap stated is that of the flows returned, over the whole network.
// Determinism: flow is shifted origin by origin in their order and every sum runs in a fixed order;
// only reading work is shared by threads, so the bits do not depend on their number.
// Errors: none; `converged` tells which limit ended it.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "roads/assignment_network.h"

namespace jiahe {

enum class AssignmentGoal : std::uint8_t { kUserEquilibrium, kSystemOptimum };

struct AssignmentStep {
    int iteration = 0;
    double relative_gap = 0;
    double objective = 0;
};

struct AssignmentOptions {
    AssignmentGoal goal = AssignmentGoal::kUserEquilibrium;
    double gap = 1e-6;
    int max_iterations = 1000;
    int threads = 1;
    std::function<void(const AssignmentStep&)> trace;  // told of every iteration; may be empty
};

struct AssignmentResult {
    bool converged = false;  // to the gap asked for
    int iterations = 0;
    double relative_gap = 0;
    double average_excess_cost = 0;
    double objective = 0;                      // what was minimised
    double total_cost = 0;                     // flow x cost, the links' own costs
    std::vector<double> link_flow, link_cost;  // by link; own costs
};

AssignmentResult assign(const AssignmentNetwork& network, const AssignmentOptions& options);

}  // namespace jiahe
