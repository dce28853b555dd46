// Named randomness: Philox 4x32-10 (Salmon et al., SC11) and our own distributions.
//
// A draw is named, never counted through: (seed, purpose, entity, occasion, index). Then one branch
// that draws more shifts nothing else, and common random numbers hold between variants (law 4).
// The name has 240 bits, Philox's key and counter 192; so a first block, keyed by the seed, mixes
// (purpose, entity) into 128 bits, of which 64 become the key and 32 a counter word of the second
// block; occasion and index are its other three counter words. Hence, seed by seed: names that
// differ in occasion or index never meet; names that differ in purpose or entity meet with
// probability 2^-96 a pair. Cost: one block to make a Draw, one block a number.
//
// Value type; pure functions, no state anywhere. Distributions are ours because the standard
// library's differ between vendors; they use portable_math.h only.
// Invariants: 1. same name, same number, on every machine; 2. 0 < uniform() < 1, exact in 53 bits.
#pragma once

#include <array>
#include <cstdint>

#include "base/portable_math.h"

namespace jiahe {

// One Philox 4x32-10 block.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

// What a draw is for. Each system uses its own range: first value = 256 * system number.
using Purpose = std::uint16_t;

// The draws of one (seed, purpose, entity, occasion); `index` numbers those within the occasion.
class Draw {
  public:
    Draw(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint64_t occasion);

    std::uint64_t bits(std::uint32_t index = 0) const;
    // In the open interval (0, 1), a multiple of 2^-53.
    double uniform(std::uint32_t index = 0) const;
    // Uniform integer in [0, n). REQUIRES: n > 0.
    std::uint64_t below(std::uint64_t n, std::uint32_t index = 0) const;
    // False where p <= 0, true where p >= 1.
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
    // Poisson count: exact inversion up to mean 100; above it a normal draw with continuity and the
    // Cornish-Fisher term for the skew (error of the distribution function below 1e-3).
    std::uint64_t poisson(double mean, std::uint32_t index = 0) const;

  private:
    std::uint64_t occasion_;
    std::array<std::uint32_t, 2> key_;
    std::uint32_t salt_;
};

}  // namespace jiahe
