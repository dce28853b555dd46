// solve: a good plan for a Problem within a budget of iterations, the same on every machine.
//
//     routing::Problem problem(depots, vehicles, stops, routing::TravelTable::from_matrices(...));
//     routing::Solution plan = routing::solve(problem, {.iterations = 20'000});
//
// Savings construction, local search, then ruin-and-recreate with simulated annealing, some
// 300,000 iterations a second where nothing depends on time. Integer costs, named draws, no clock:
// equal inputs give equal plans. Runs on the caller's thread; solve several problems in parallel
// instead. Scratch memory is O(n * neighbours).
// Errors: none beyond the Problem's own; stops that fit nowhere are unassigned.
#pragma once

#include <cstdint>
#include <functional>

#include "routing/problem.h"
#include "routing/solution.h"

namespace jiahe::routing {

struct SolveOptions {
    std::uint64_t seed = 1;
    std::int64_t iterations = 10'000;  // of ruin and recreate; 0 = construction and descent only
    std::size_t neighbours = 40;       // a stop, for search
    std::size_t savings_neighbours = 60;
    // Share of the budget that is used up, 0 to 1, asked now and then: the search cools by it and
    // ends at 1 or when the iterations are done, whichever is first. Not reproducible if it looks
    // at a clock.
    std::function<double()> spent{};
};

Solution solve(const Problem& problem, const SolveOptions& options = {});

}  // namespace jiahe::routing
