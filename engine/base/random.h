// Named randomness: Philox 4x32-10 (Salmon et al., SC11) and our own distributions.
//
// A draw is named, never counted through: key = (seed, purpose, entity), counter = (occasion,
// index). Then one branch that draws more shifts nothing else, and common random numbers hold
// between variants (law 4). Pure functions and one small value type; no state anywhere.
//
// Distributions are ours because the standard library's differ between vendors. Uniforms use the
// top 53 bits; normal by Acklam's inverse (relative error < 1.2e-9), gamma-free on purpose.
// Invariants: 1. same name, same number, on every machine; 2. uniform() lies in (0, 1).
#pragma once

#include <array>
#include <cstdint>

namespace jiahe {

// One Philox 4x32-10 block.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

// What a draw is for. Each system uses its own range: first value = 256 * system number.
using Purpose = std::uint16_t;

// The draws of one (seed, purpose, entity, occasion); `index` numbers those within the occasion.
class Draw {
  public:
    Draw(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint64_t occasion)
        : seed_(seed), entity_(entity), occasion_(occasion), purpose_(purpose) {}

    std::uint64_t bits(std::uint32_t index = 0) const;
    // In the open interval (0, 1).
    double uniform(std::uint32_t index = 0) const;
    // Uniform integer in [0, n). REQUIRES: n > 0.
    std::uint64_t below(std::uint64_t n, std::uint32_t index = 0) const;
    bool bernoulli(double p, std::uint32_t index = 0) const { return uniform(index) < p; }
    double exponential(double mean, std::uint32_t index = 0) const;
    double normal(double mean, double sd, std::uint32_t index = 0) const;
    // Normal truncated below at `lowest`, by inversion. REQUIRES: sd > 0.
    double truncated_normal(double mean, double sd, double lowest, std::uint32_t index = 0) const;
    // Log-logistic with median `alpha` and shape `beta`: alpha * (u/(1-u))^(1/beta).
    double log_logistic(double alpha, double beta, std::uint32_t index = 0) const;
    double lognormal(double median, double sigma, std::uint32_t index = 0) const;
    // Number of trials up to the first success, in {1, 2, ...}, with the given mean >= 1.
    std::uint64_t geometric(double mean, std::uint32_t index = 0) const;
    // Poisson count: inversion below mean 30, normal approximation with continuity above.
    std::uint64_t poisson(double mean, std::uint32_t index = 0) const;

  private:
    std::uint64_t seed_;
    std::uint64_t entity_;
    std::uint64_t occasion_;
    Purpose purpose_;
};

// Standard normal distribution function and its inverse (0 < p < 1).
double normal_cdf(double x);
double normal_quantile(double p);

}  // namespace jiahe
