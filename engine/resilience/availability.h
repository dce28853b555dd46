// Availability of redundant parts in closed form: k of n, parallel, renewal, minutes a year.
//
// Parts fail independently; common causes are modelled by events, not here. Pure functions; a year
// has 365 days. Source: Barlow and Proschan, Mathematical Theory of Reliability, chapters 2 and 5.
#pragma once

#include <span>

namespace jiahe::resilience {

// Probability that at least k of the parts are up. REQUIRES: 0 <= k <= size, 0 <= p <= 1.
double k_of_n(int k, std::span<const double> up_probability);
// All, and any.
double in_series(std::span<const double> up_probability);
double in_parallel(std::span<const double> up_probability);
// Share of time up of a part that fails after a mean `up` and is repaired after a mean `down`.
double renewal_availability(double mean_up_h, double mean_down_h);
double downtime_minutes_per_year(double availability);

}  // namespace jiahe::resilience
