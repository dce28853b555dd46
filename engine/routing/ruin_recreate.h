// RuinRecreate: takes strings of neighbouring stops out of nearby routes and puts them back better.
//
// One iteration: a seed stop is drawn, strings around its neighbours are removed (mean 10 stops,
// strings of at most 10), the removed and a few unassigned stops are inserted again greedily with
// blinks, in a drawn order; local search follows on what was touched. The result is kept by the
// rule of simulated annealing, else the touched routes are put back. The work of an iteration
// depends on route lengths, not on the number of stops. The best plan is remembered by its changed
// routes.
//
// Working state of one solver. Draws are named (seed, iteration, index): the same iterations give
// the same plan on every machine. Source: Christiaens and Vanden Berghe (Transp. Sci. 54, 2020).
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "routing/local_search.h"

namespace jiahe::routing {

struct AnnealingOptions {
    std::uint64_t seed = 1;
    std::int64_t iterations = 0;
    double first_temperature = 0;  // in cost; falls geometrically to last_temperature
    double last_temperature = 0;
};

class RuinRecreate {
  public:
    RuinRecreate(RoutePlan& plan, const NeighbourLists& neighbours, LocalSearch& search);
    // Leaves the best plan found in force.
    void run(const AnnealingOptions& options);

  private:
    void iterate(const Draw& draw, double temperature);
    void ruin(const Draw& draw);
    void remove_string(std::uint32_t stop, std::size_t most, const Draw& draw);
    void order_removed(const Draw& draw);
    void accept();
    void restore_best();

    RoutePlan& plan_;
    const Problem& problem_;
    const NeighbourLists& neighbours_;
    LocalSearch& search_;
    std::uint32_t next_ = 0;  // index within the iteration's draw
    std::vector<std::uint32_t> removed_;
    std::vector<std::int64_t> depot_distance_;  // [stop], for the order of insertion
    std::vector<std::uint8_t> ruined_;          // [vehicle], in this iteration
    std::vector<std::uint32_t> ruined_routes_;
    std::vector<std::vector<std::uint32_t>> best_;  // [vehicle]
    std::vector<std::uint8_t> differs_;             // [vehicle], from the best plan
    std::vector<std::uint32_t> differing_;
    bool has_optional_stops_ = false;
    std::int64_t best_total_ = 0;
};

}  // namespace jiahe::routing
