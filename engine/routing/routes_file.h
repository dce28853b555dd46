// Routes of a solution file (.sol): read, written, and judged against the instance alone.
//
// A file has lines `Route #k: a b c` and `Cost c` (or `Cost: c`); a number is a node of the file's
// instance, counted from 0 at the first node; 0 inside a route is a reload; where vehicles differ,
// route k belongs to vehicle k and empty routes are written. check_routes walks each route with a
// clock and its own arithmetic: nothing of the solver, its Problem or its segments is used.
// Value types, pure functions. Errors: InputError E-RTG-120..122 with file, line and column.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "routing/instance.h"
#include "routing/solution.h"

namespace jiahe::routing {

struct Routes {
    std::vector<std::vector<std::uint32_t>> nodes;  // [route], without the depot at the ends
    std::optional<double> cost;                     // as the file claims it
};

Routes read_routes(const std::filesystem::path& path);
// What the file claims, nothing where there is no such file.
std::optional<double> claimed_cost(const std::filesystem::path& path);
std::string routes_text(const Instance& instance, const Routes& routes, std::int64_t cost);
Routes routes_of(const Instance& instance, const Solution& solution);

struct RoutesVerdict {
    std::int64_t cost = 0;  // in the instance's units
    std::vector<std::string> faults;
    bool feasible() const { return faults.empty(); }
};

RoutesVerdict check_routes(const Instance& instance, const Routes& routes);

}  // namespace jiahe::routing
