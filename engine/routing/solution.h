// Solution: tours and what they cost, and an independent judge of both.
//
// check_solution recomputes everything from the Problem by walking each tour with a clock, without
// the segment algebra that the search uses. Value types; pure function.
//
// Invariants of a solution of this folder: 1. each stop is in exactly one tour or unassigned; 2.
// one tour a vehicle at most; 3. no capacity, window, release or shift is violated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "routing/problem.h"

namespace jiahe::routing {

struct Tour {
    std::uint32_t vehicle = 0;
    std::vector<std::uint32_t> stops;  // never empty
    bool operator==(const Tour&) const = default;
};

struct Solution {
    std::vector<Tour> tours;                // by vehicle
    std::vector<std::uint32_t> unassigned;  // ascending
    std::int64_t cost = 0;                  // of the tours
    std::int64_t lost_prizes = 0;           // of the unassigned
    std::int64_t objective() const { return cost + lost_prizes; }
    bool operator==(const Solution&) const = default;
};

// When a tour starts and reaches its stops, waiting as late as possible at the depot.
struct Schedule {
    std::int64_t start = 0, end = 0;
    std::int64_t distance = 0;
    std::vector<std::int64_t> arrival;  // [stop of the tour]
    std::vector<std::int64_t> begin;    // of service
    bool feasible = true;               // windows, releases and shift
};

// By forward and backward pass. REQUIRES: the tour is not empty.
Schedule schedule_of(const Problem& problem, const Tour& tour);

struct Verdict {
    std::vector<std::string> faults;  // empty: the solution is valid and its costs are true
    std::int64_t cost = 0;
    std::int64_t lost_prizes = 0;
    bool valid() const { return faults.empty(); }
};

Verdict check_solution(const Problem& problem, const Solution& solution);

}  // namespace jiahe::routing
