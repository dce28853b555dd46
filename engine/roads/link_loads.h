// Flow, cost and slope of every link during static assignment; they always agree.
//
// Solver lifecycle, one owner. Shapes: one entry a link. `shift` moves flow and brings the link's
// cost and slope up to date; flows never fall below 0.
#pragma once

#include <vector>

#include "roads/assignment_network.h"

namespace jiahe {

class LinkLoads {
  public:
    explicit LinkLoads(const std::vector<VolumeDelay>& delay)
        : flow_(delay.size(), 0.0), cost_(delay.size()), slope_(delay.size()), delay_(&delay) {
        set_flows(flow_);
    }

    double flow(std::uint32_t link) const { return flow_[link]; }
    double cost(std::uint32_t link) const { return cost_[link]; }
    double slope(std::uint32_t link) const { return slope_[link]; }
    const std::vector<double>& flows() const { return flow_; }

    void shift(std::uint32_t link, double by) {
        const double flow = flow_[link] + by;
        flow_[link] = flow > 0 ? flow : 0;
        (*delay_)[link].cost_and_slope(flow_[link], cost_[link], slope_[link]);
    }
    void set_flows(const std::vector<double>& flows) {
        flow_ = flows;
        for (std::size_t l = 0; l < flow_.size(); ++l)
            (*delay_)[l].cost_and_slope(flow_[l], cost_[l], slope_[l]);
    }
    // Sum of flow times cost, in the order of links.
    double total_cost() const {
        double sum = 0;
        for (std::size_t l = 0; l < flow_.size(); ++l)
            sum += flow_[l] * cost_[l];
        return sum;
    }

  private:
    std::vector<double> flow_, cost_, slope_;
    const std::vector<VolumeDelay>* delay_;
};

}  // namespace jiahe
