// solve: a good plan for a Problem within a budget of iterations, the same on every machine.
//
//     routing::Problem problem(depots, vehicles, stops, routing::TravelTable::from_matrices(...));
//     routing::Solution plan = routing::solve(problem, {.iterations = 20'000});
//
// Savings construction, local search, then ruin-and-recreate with simulated annealing. Integer
// costs, named draws, no clock: equal inputs give equal plans. Runs on the caller's thread; solve
// several problems in parallel instead. Scratch memory is O(n * neighbours).
// Errors: none beyond the Problem's own; stops that fit nowhere are unassigned.
#pragma once

#include <cstdint>

#include "routing/problem.h"
#include "routing/solution.h"

namespace jiahe::routing {

struct SolveOptions {
    std::uint64_t seed = 1;
    std::int64_t iterations = 10'000;  // of ruin and recreate; 0 = construction and descent only
    std::size_t neighbours = 24;       // a stop, for search
    std::size_t savings_neighbours = 60;
};

Solution solve(const Problem& problem, const SolveOptions& options = {});

}  // namespace jiahe::routing
