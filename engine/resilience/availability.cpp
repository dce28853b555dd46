#include "resilience/availability.h"

#include <vector>

#include "base/check.h"

namespace jiahe::resilience {

double k_of_n(int k, std::span<const double> up_probability) {
    JIAHE_CHECK(k >= 0 && static_cast<std::size_t>(k) <= up_probability.size(), "0 <= k <= n");
    // exactly[j]: probability that j of the parts seen so far are up.
    std::vector<double> exactly(up_probability.size() + 1, 0);
    exactly[0] = 1;
    std::size_t seen = 0;
    for (const double p : up_probability) {
        JIAHE_CHECK(p >= 0 && p <= 1, "a probability lies in 0..1");
        ++seen;
        for (std::size_t j = seen; j > 0; --j)
            exactly[j] = exactly[j] * (1 - p) + exactly[j - 1] * p;
        exactly[0] *= 1 - p;
    }
    double sum = 0;
    for (std::size_t j = exactly.size(); j-- > static_cast<std::size_t>(k);)
        sum += exactly[j];
    return sum;
}

double in_series(std::span<const double> up_probability) {
    double all = 1;
    for (const double p : up_probability)
        all *= p;
    return all;
}

double in_parallel(std::span<const double> up_probability) {
    double none = 1;
    for (const double p : up_probability)
        none *= 1 - p;
    return 1 - none;
}

double renewal_availability(double mean_up_h, double mean_down_h) {
    JIAHE_CHECK(mean_up_h > 0 && mean_down_h >= 0, "mean times are positive");
    return mean_up_h / (mean_up_h + mean_down_h);
}

double downtime_minutes_per_year(double availability) {
    return (1 - availability) * 365 * 24 * 60;
}

}  // namespace jiahe::resilience
