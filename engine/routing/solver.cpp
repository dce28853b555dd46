#include "routing/solver.h"

#include <algorithm>

#include "routing/local_search.h"
#include "routing/ruin_recreate.h"
#include "routing/savings.h"

namespace jiahe::routing {
namespace {

// Of the mean cost of an arc, first and last; the best of several pairs at 6 and 10 s on published
// instances of 500 to 1,000 stops. Windows, depots and mixed fleets make steps dearer.
struct Temperatures {
    double first, last;
};
constexpr Temperatures kPlain{0.5, 0.02}, kManifold{1.5, 0.05};

Temperatures temperatures_for(const Problem& problem) {
    const bool plain = TourTimes(problem).rule() == TourTimes::Rule::kUntimed &&
                       problem.vehicles_of_group().size() == 1;
    return plain ? kPlain : kManifold;
}

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
    const Temperatures t = temperatures_for(problem);
    annealing.run({options.seed, options.iterations, t.first * arc, t.last * arc, options.spent});
    return annealing.best();
}

}  // namespace jiahe::routing
