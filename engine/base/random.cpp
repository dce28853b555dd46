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

// Fourth counter word of the block that mixes a name; any constant, "name" in ASCII.
constexpr std::uint32_t kNameBlock = 0x6e616d65u;

std::uint32_t low(std::uint64_t x) {
    return static_cast<std::uint32_t>(x);
}
std::uint32_t high(std::uint64_t x) {
    return static_cast<std::uint32_t>(x >> 32);
}

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

Draw::Draw(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint64_t occasion)
    : occasion_(occasion) {
    const auto mixed =
        philox4x32({low(entity), high(entity), purpose, kNameBlock}, {low(seed), high(seed)});
    key_ = {mixed[0], mixed[1]};
    salt_ = mixed[2];
}

std::uint64_t Draw::bits(std::uint32_t index) const {
    const auto block = philox4x32({low(occasion_), high(occasion_), index, salt_}, key_);
    return (std::uint64_t{block[0]} << 32) | block[1];
}

// 52 bits and a half step: with 53 the sum would round up to 1 for the largest draw.
double Draw::uniform(std::uint32_t index) const {
    return (static_cast<double>(bits(index) >> 12) + 0.5) * 0x1.0p-52;
}

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
