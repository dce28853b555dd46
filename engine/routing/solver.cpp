#include "routing/solver.h"

#include <algorithm>

#include "routing/local_search.h"
#include "routing/ruin_recreate.h"
#include "routing/savings.h"

namespace jiahe::routing {
namespace {

// Of the mean cost of an arc; the best of eight pairs on four X instances at 6 s.
constexpr double kFirstTemperature = 0.5;
constexpr double kLastTemperature = 0.02;

double mean_arc_cost(const RoutePlan& plan) {
    std::int64_t cost = 0, arcs = 0;
    for (std::uint32_t v = 0; v < plan.problem().vehicle_count(); ++v) {
        const RoutePlan::Route& route = plan.route(v);
        if (route.stops.empty()) continue;
        cost += route.cost - plan.problem().vehicles()[v].fixed_cost;
        arcs += static_cast<std::int64_t>(route.stops.size()) + 1;
    }
    return arcs == 0 ? 0 : static_cast<double>(cost) / static_cast<double>(arcs);
}

}  // namespace

Solution solve(const Problem& problem, const SolveOptions& options) {
    RoutePlan plan(problem);
    if (problem.stop_count() == 0 || problem.vehicle_count() == 0) return plan.solution();
    const NeighbourLists wide(problem, std::max(options.savings_neighbours, options.neighbours));
    build_by_savings(plan, wide);
    const NeighbourLists neighbours = wide.shortened(options.neighbours);
    LocalSearch search(plan, neighbours);
    search.improve_all();
    if (options.iterations == 0) return plan.solution();
    const double arc = mean_arc_cost(plan);
    const NearStops near(problem, neighbours);
    RuinRecreate annealing(problem, near, plan.solution());
    annealing.run({options.seed, options.iterations, kFirstTemperature * arc,
                   kLastTemperature * arc, options.spent});
    return annealing.best();
}

}  // namespace jiahe::routing
