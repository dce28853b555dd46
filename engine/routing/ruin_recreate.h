// RuinRecreate: takes strings of neighbouring stops out of nearby tours and puts them back better.
//
// One iteration: a seed stop is drawn, strings around its neighbours are removed (mean 10 stops,
// strings of at most 10, half of them split), the removed and a few unassigned stops are inserted
// again greedily with blinks, in a drawn order. The result is kept by the rule of simulated
// annealing, else its steps are taken back. Where stops that must be served stand outside, a
// result is also kept if those outside have stood there for fewer iterations, so that the hard
// ones find a place (the paper's rule for small fleets). An iteration's work does not depend on the
// number of stops, nor, where nothing depends on time, on the length of tours. The best plan is
// remembered by its changed tours.
//
// Working state of one search. Draws come from one named stream: the same iterations give the same
// plan on every machine. Source: Christiaens and Vanden Berghe (Transp. Sci. 54, 2020).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "routing/random_stream.h"
#include "routing/recreate.h"
#include "routing/tour_list.h"

namespace jiahe::routing {

struct AnnealingOptions {
    std::uint64_t seed = 1;
    std::int64_t iterations = 0;
    double first_temperature = 0;  // in cost; falls geometrically to last_temperature
    double last_temperature = 0;
    std::function<double()> spent;  // share of the budget that is used up, instead of iterations
};

class RuinRecreate {
  public:
    RuinRecreate(const Problem& problem, const NearStops& near, const Solution& start);
    void run(const AnnealingOptions& options);
    Solution best() const;
    std::int64_t iterations_done() const { return iterations_done_; }

  private:
    void iterate(double temperature, RandomStream& random);
    void ruin(RandomStream& random);
    void remove_string(std::uint32_t stop, std::size_t most, RandomStream& random);
    void call_waiting(RandomStream& random);
    void order_removed(RandomStream& random);
    std::int64_t order_key(std::uint32_t rule, std::uint32_t stop) const;
    std::int64_t draw_generosity(RandomStream& random) const;
    void drop_unworthy();
    void change_vehicles();
    std::int64_t most_for_insertions(std::int64_t total_before, double allowed) const;
    std::uint64_t absence() const;
    void count_absence();
    void accept();

    const Problem& problem_;
    const NearStops& near_;
    TourList tours_;
    Recreate recreate_;
    std::vector<std::uint32_t> removed_;
    std::vector<std::pair<std::int64_t, std::uint32_t>> keyed_;
    std::vector<std::int64_t> depot_distance_;  // [stop], for the order of insertion
    std::vector<std::uint32_t> absences_;       // [stop], iterations that it stood outside
    std::vector<std::uint8_t> ruined_;          // [vehicle], in this iteration
    std::vector<std::uint32_t> ruined_tours_;
    std::vector<std::vector<std::uint32_t>> best_;  // [vehicle]
    std::vector<std::uint8_t> differs_;             // [vehicle], from the best plan
    std::vector<std::uint32_t> differing_;
    std::int64_t best_total_ = 0;
    std::int64_t iterations_done_ = 0;
    bool has_optional_stops_ = false;
};

}  // namespace jiahe::routing
