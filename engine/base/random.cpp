#include "base/random.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace jiahe {

std::uint64_t Draw::below(std::uint64_t n, std::uint32_t index) const {
    __extension__ using Wide = unsigned __int128;
    JIAHE_DEBUG_CHECK(n > 0, "an empty range has no draw");
    return static_cast<std::uint64_t>((Wide{bits(index)} * n) >> 64);
}

double Draw::exponential(double mean, std::uint32_t index) const {
    return -mean * portable_log(uniform(index));
}

double Draw::normal(double mean, double sd, std::uint32_t index) const {
    return mean + sd * normal_quantile(uniform(index));
}

// Inverts the upper tail, so that a bound far above the mean loses no digits.
double Draw::truncated_normal(double mean, double sd, double lowest, std::uint32_t index) const {
    const double mass = normal_cdf((mean - lowest) / sd);
    if (mass < 1e-300) return lowest;
    return std::max(lowest, mean - sd * normal_quantile(uniform(index) * mass));
}

double Draw::log_logistic(double alpha, double beta, std::uint32_t index) const {
    const double u = uniform(index);
    return alpha * portable_pow(u / (1 - u), 1 / beta);
}

double Draw::lognormal(double median, double sigma, std::uint32_t index) const {
    return median * portable_exp(sigma * normal_quantile(uniform(index)));
}

std::uint64_t Draw::geometric(double mean, std::uint32_t index) const {
    if (mean <= 1) return 1;
    const double log_failure = portable_log1p(-1 / mean);
    return 1 + static_cast<std::uint64_t>(std::floor(portable_log(uniform(index)) / log_failure));
}

std::uint64_t Draw::poisson(double mean, std::uint32_t index) const {
    if (mean <= 0) return 0;
    const double u = uniform(index);
    if (mean > 100) {
        const double z = normal_quantile(u);
        const double x = std::floor(mean + std::sqrt(mean) * z + (z * z - 1) / 6 + 0.5);
        return x <= 0 ? 0 : static_cast<std::uint64_t>(x);
    }
    double p = portable_exp(-mean);
    double cumulative = p;
    std::uint64_t k = 0;
    while (u > cumulative && k < 400) {
        ++k;
        p *= mean / static_cast<double>(k);
        cumulative += p;
    }
    return k;
}

}  // namespace jiahe
