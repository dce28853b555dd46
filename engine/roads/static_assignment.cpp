#include "roads/static_assignment.h"

#include <algorithm>

#include "roads/link_loads.h"
#include "roads/origin_bush.h"
#include "roads/parallel_for.h"

namespace jiahe {

namespace {

// Between two looks at the whole network, flows are shifted until this share of the excess is left
// or so many passes were made. Tuned on Chicago-Sketch and Berlin-Center; neither is critical.
constexpr double kExcessLeft = 0.05;
constexpr int kMaxPasses = 20;
// Origins that are loaded together at the start: the next ones see their flows.
constexpr std::size_t kLoadedTogether = 8;

std::vector<VolumeDelay> delays_for(const AssignmentNetwork& network, AssignmentGoal goal) {
    std::vector<VolumeDelay> delays = network.delay;
    if (goal == AssignmentGoal::kSystemOptimum) {
        for (VolumeDelay& delay : delays)
            delay = delay.marginal();
    }
    return delays;
}

class Solver {
  public:
    Solver(const AssignmentNetwork& network, const AssignmentOptions& options)
        : network_(network),
          options_(options),
          threads_(std::max(1, options.threads)),
          delay_(delays_for(network, options.goal)),
          loads_(delay_),
          shortest_cost_(network.origins.size(), 0.0) {
        for (int t = 0; t < threads_; ++t)
            scratch_.emplace_back(network);
        for (const AssignmentNetwork::Origin& origin : network.origins)
            bushes_.emplace_back(network, origin);
    }

    AssignmentResult run() {
        AssignmentResult result;
        load_shortest_trees();
        for (;; ++result.iterations) {
            refresh_flows();
            const double excess = look_for_better_ways(result);
            result.converged = result.relative_gap <= options_.gap;
            trace(result);
            if (result.converged || result.iterations >= options_.max_iterations) break;
            equilibrate(excess);
        }
        finish(result);
        return result;
    }

  private:
    void load_shortest_trees() {
        for (std::size_t first = 0; first < bushes_.size(); first += kLoadedTogether) {
            const std::size_t count = std::min(kLoadedTogether, bushes_.size() - first);
            parallel_for(count, threads_, [&](std::size_t i, int thread) {
                bushes_[first + i].grow_tree(loads_, scratch_of(thread));
            });
            for (std::size_t i = first; i < first + count; ++i)
                bushes_[i].add_to(loads_);
        }
    }

    // Flows anew from the bushes, so that the rounding of many shifts does not pile up.
    void refresh_flows() {
        parallel_for(bushes_.size(), threads_, [&](std::size_t o, int thread) {
            bushes_[o].restore_balance(scratch_of(thread));
        });
        std::vector<double> flow(network_.link_count(), 0.0);
        for (const OriginBush& bush : bushes_)
            bush.add_flows(flow);
        loads_.set_flows(flow);
    }

    // The gap over the whole network; the bushes take up the links that help. Returns TSTT - SPTT.
    double look_for_better_ways(AssignmentResult& result) {
        parallel_for(bushes_.size(), threads_, [&](std::size_t o, int thread) {
            shortest_cost_[o] = bushes_[o].improve(loads_, scratch_of(thread));
        });
        double least = 0;
        for (const double cost : shortest_cost_)
            least += cost;
        const double total = loads_.total_cost();
        const double excess = std::max(0.0, total - least);
        result.relative_gap = total > 0 ? excess / total : 0;
        result.average_excess_cost =
            network_.assigned_trips > 0 ? excess / network_.assigned_trips : 0;
        return excess;
    }

    // One origin after the other: each sees what those before it did.
    void equilibrate(double excess_before) {
        for (int pass = 0; pass < kMaxPasses; ++pass) {
            double left = 0;
            for (OriginBush& bush : bushes_) {
                const double excess = bush.excess(loads_, scratch_[0]);
                left += excess;
                if (excess > 0) bush.shift_flows(loads_, scratch_[0]);
            }
            if (left <= kExcessLeft * excess_before) break;
        }
    }

    double objective() const {
        double sum = 0;
        for (std::size_t l = 0; l < delay_.size(); ++l)
            sum += delay_[l].integral(loads_.flows()[l]);
        return sum;
    }

    void trace(const AssignmentResult& result) const {
        if (!options_.trace) return;
        options_.trace({result.iterations, result.relative_gap, objective()});
    }

    void finish(AssignmentResult& result) const {
        result.objective = objective();
        result.link_flow = loads_.flows();
        for (std::size_t l = 0; l < result.link_flow.size(); ++l) {
            result.link_cost.push_back(network_.delay[l].cost(result.link_flow[l]));
            result.total_cost += result.link_flow[l] * result.link_cost[l];
        }
    }

    BushScratch& scratch_of(int thread) { return scratch_[static_cast<std::size_t>(thread)]; }

    const AssignmentNetwork& network_;
    const AssignmentOptions& options_;
    int threads_;
    std::vector<VolumeDelay> delay_;
    LinkLoads loads_;
    std::vector<double> shortest_cost_;  // by origin, trips x shortest cost
    std::vector<BushScratch> scratch_;   // by thread
    std::vector<OriginBush> bushes_;     // by origin
};

}  // namespace

AssignmentResult assign(const AssignmentNetwork& network, const AssignmentOptions& options) {
    return Solver(network, options).run();
}

}  // namespace jiahe
