#include "base/random.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace jiahe {
namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53u;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57u;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9u;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85u;

std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product0 = std::uint64_t{kMultiplier0} * counter[0];
        const std::uint64_t product1 = std::uint64_t{kMultiplier1} * counter[2];
        counter = {high(product1) ^ counter[1] ^ key[0], low(product1),
                   high(product0) ^ counter[3] ^ key[1], low(product0)};
        key[0] += kWeyl0;
        key[1] += kWeyl1;
    }
    return counter;
}

// Key: the seed with purpose and the entity's high half folded in by one keyed block, so that
// 64 + 16 + 64 bits of name fit Philox's 64-bit key and 128-bit counter.
std::uint64_t Draw::bits(std::uint32_t index) const {
    const std::array<std::uint32_t, 4> counter = {low(entity_), high(entity_) ^ (index << 8),
                                                  low(occasion_), high(occasion_) ^ index};
    const std::array<std::uint32_t, 2> key = {low(seed_) ^ (std::uint32_t{purpose_} * kWeyl1),
                                              high(seed_) + purpose_};
    const auto block = philox4x32(counter, key);
    return (std::uint64_t{block[0]} << 32) | block[1];
}

double Draw::uniform(std::uint32_t index) const {
    return (static_cast<double>(bits(index) >> 11) + 0.5) * 0x1.0p-53;
}

std::uint64_t Draw::below(std::uint64_t n, std::uint32_t index) const {
    __extension__ using Wide = unsigned __int128;
    JIAHE_DEBUG_CHECK(n > 0, "an empty range has no draw");
    return static_cast<std::uint64_t>((Wide{bits(index)} * n) >> 64);
}

double Draw::exponential(double mean, std::uint32_t index) const {
    return -mean * std::log(uniform(index));
}

double Draw::normal(double mean, double sd, std::uint32_t index) const {
    return mean + sd * normal_quantile(uniform(index));
}

double Draw::truncated_normal(double mean, double sd, double lowest, std::uint32_t index) const {
    const double below_lowest = normal_cdf((lowest - mean) / sd);
    const double p = below_lowest + uniform(index) * (1 - below_lowest);
    return std::max(lowest, mean + sd * normal_quantile(std::min(p, 1 - 0x1.0p-53)));
}

double Draw::log_logistic(double alpha, double beta, std::uint32_t index) const {
    const double u = uniform(index);
    return alpha * std::pow(u / (1 - u), 1 / beta);
}

double Draw::lognormal(double median, double sigma, std::uint32_t index) const {
    return median * std::exp(sigma * normal_quantile(uniform(index)));
}

std::uint64_t Draw::geometric(double mean, std::uint32_t index) const {
    if (mean <= 1) return 1;
    const double p = 1 / mean;
    return 1 + static_cast<std::uint64_t>(std::floor(std::log(uniform(index)) / std::log1p(-p)));
}

std::uint64_t Draw::poisson(double mean, std::uint32_t index) const {
    if (mean <= 0) return 0;
    if (mean > 30) {
        const double x = std::floor(normal(mean, std::sqrt(mean), index) + 0.5);
        return x <= 0 ? 0 : static_cast<std::uint64_t>(x);
    }
    double p = std::exp(-mean);
    double cumulative = p;
    const double u = uniform(index);
    std::uint64_t k = 0;
    while (u > cumulative && k < 400) {
        ++k;
        p *= mean / static_cast<double>(k);
        cumulative += p;
    }
    return k;
}

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

double normal_quantile(double p) {
    static constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,
                                   -2.759285104469687e+02, 1.383577518672690e+02,
                                   -3.066479806614716e+01, 2.506628277459239e+00};
    static constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02,
                                   -1.556989798598866e+02, 6.680131188771972e+01,
                                   -1.328068155288572e+01};
    static constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01,
                                   -2.400758277161838e+00, -2.549732539343734e+00,
                                   4.374664141464968e+00,  2.938163982698783e+00};
    static constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01,
                                   2.445134137142996e+00, 3.754408661907416e+00};
    constexpr double kTail = 0.02425;
    const bool upper = p > 0.5;
    const double q = upper ? 1 - p : p;
    if (q < kTail) {
        const double r = std::sqrt(-2 * std::log(q));
        const double x = (((((c[0] * r + c[1]) * r + c[2]) * r + c[3]) * r + c[4]) * r + c[5]) /
                         ((((d[0] * r + d[1]) * r + d[2]) * r + d[3]) * r + 1);
        return upper ? -x : x;
    }
    const double s = p - 0.5;
    const double r = s * s;
    return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * s /
           (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

}  // namespace jiahe
