// DurationDistribution: how long a vehicle takes at the booth or to move up to it.
//
// Four shapes: fixed, truncated normal, lognormal, histogram. The mean and standard deviation given
// are those of the durations drawn: the parent of the truncated normal is solved for, so that
// cutting at `lowest` does not lengthen the mean (Yang's ETC lane would lose 4 % of its capacity).
// City lifecycle: built once, then immutable and shared. Unit: s.
//
// Invariants: 1. samples are >= lowest_s (histogram: >= its first edge); 2. a sample
// takes exactly one draw index (common random numbers); 3. portable arithmetic only. Errors:
// InputError E-TOL-001 where the moments cannot be had.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"

namespace jiahe::tolling {

enum class DurationShape : std::uint8_t { kTruncatedNormal, kLognormal, kFixed, kHistogram };

class DurationDistribution {
  public:
    // A duration of exactly mean_s, which may be 0 here alone.
    static DurationDistribution fixed(double mean_s);
    // REQUIRES: lowest_s < mean_s; sd_s < mean_s - lowest_s (else no truncated normal has them).
    static DurationDistribution truncated_normal(double mean_s, double sd_s, double lowest_s = 0.5);
    static DurationDistribution lognormal(double mean_s, double sd_s);
    // Bin i spans edges_s[i] to edges_s[i + 1] evenly, with the given share of the weight.
    static DurationDistribution histogram(std::vector<double> edges_s,
                                          std::span<const double> weight);

    static DurationDistribution of_shape(DurationShape shape, double mean_s, double sd_s);

    double sample_s(const Draw& draw, std::uint32_t index = 0) const;
    double mean_s() const { return mean_s_; }
    double variance_s2() const { return variance_s2_; }
    DurationShape shape() const { return shape_; }

  private:
    DurationShape shape_ = DurationShape::kFixed;
    double mean_s_ = 0;
    double variance_s2_ = 0;
    double location_ = 0;  // parent mean of the normal, median of the lognormal
    double scale_ = 0;     // parent deviation of the normal, sigma of the lognormal
    double lowest_s_ = 0;
    std::vector<double> edge_s_;
    std::vector<double> cumulative_;  // share of the weight up to the end of bin i
};

// Yang et al. 2011, ETC lane of Fuyong, times at the booth, read off the bars (sum 101, scaled).
DurationDistribution yang_etc_histogram();

}  // namespace jiahe::tolling
