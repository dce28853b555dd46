// Weighted max-min fair sharing of links among flows, and the fate of traffic that does not yield.
//
// A flow f has a path of links, a weight w_f > 0 and a cap c_f. Rates x_f are weighted max-min fair
// iff every flow is at its cap or has a bottleneck: a saturated link on which x_f / w_f is largest.
// Water-filling raises a level h with x_f = w_f h and freezes flows at caps and on saturated links.
//
// Pure mathematics: no clock, no kernel. A MaxMinSolver is scratch memory, reused between solves
// and used by one thread at a time. Any unit of rate (bit/s, or bytes a period). Shapes: flows as
// CSR (flow_first has flow_count + 1 entries); a path names a link at most once.
//
// Invariants: 1. the sum over a link's flows <= its capacity (within rounding); 2. x_f <= c_f;
// 3. the result depends on values and indices only, with ties settled by index. Cost: O((links +
// sum of path lengths) log links). Source: Bertsekas and Gallager, Data Networks, section 6.5.2.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jiahe::telecom {

struct SharingProblem {
    std::vector<double> link_capacity;
    std::vector<std::uint32_t> flow_first = {0};
    std::vector<std::uint32_t> flow_link;
    std::vector<double> flow_weight;
    std::vector<double> flow_cap;  // kNoCap where there is none

    std::size_t flow_count() const { return flow_weight.size(); }
    // Forgets flows and links, keeps the memory.
    void clear();
    std::uint32_t add_link(double capacity);
    // REQUIRES: weight > 0, cap >= 0, a link or a finite cap.
    std::uint32_t add_flow(std::span<const std::uint32_t> path, double weight, double cap);
};

inline constexpr double kNoCap = 1e300;

class MaxMinSolver {
  public:
    // Rate of each flow and level of each link: the largest x_f / w_f on a saturated link, kNoCap
    // where the link is not saturated. The spans live until the next solve.
    struct Shares {
        std::span<const double> flow_rate;
        std::span<const double> link_level;
        std::span<const double> link_load;
    };
    Shares solve(const SharingProblem& problem);

  private:
    struct Candidate {
        double level;
        std::uint32_t link;
    };
    void index_links(const SharingProblem& problem);
    void push(Candidate candidate);
    double level_of(const SharingProblem& problem, std::uint32_t link) const;
    void freeze(const SharingProblem& problem, std::uint32_t flow, double rate);

    std::vector<double> rate_, level_, load_, open_weight_;
    std::vector<std::uint32_t> link_first_, link_flow_, by_cap_, open_count_;
    std::vector<std::uint8_t> frozen_;
    std::vector<Candidate> heap_;
};

// Unresponsive traffic (attack, constant rate) is served first: what it leaves to the others, and
// the share 1 - C/U that it loses itself where U > C.
struct UnresponsiveShare {
    double residual = 0;
    double lost_share = 0;
};
UnresponsiveShare serve_unresponsive(double capacity, double unresponsive);

// Rate that one more flow of weight 1 would find on a link: its idle capacity, or the level of
// those that already share it, whichever is more.
double share_for_newcomer(double capacity, double load, double level);

}  // namespace jiahe::telecom
