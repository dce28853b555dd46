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

// One Philox 4x32-10 block. Inline: a handler's draws are a good part of its time.
inline std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                               std::array<std::uint32_t, 2> key) {
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product0 = std::uint64_t{0xD2511F53u} * counter[0];
        const std::uint64_t product1 = std::uint64_t{0xCD9E8D57u} * counter[2];
        counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(product1),
                   static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(product0)};
        key[0] += 0x9E3779B9u;  // Weyl sequence of the golden ratio
        key[1] += 0xBB67AE85u;  // and of sqrt(3) - 1
    }
    return counter;
}

// What a draw is for. Each system uses its own range: first value = 256 * system number.
using Purpose = std::uint16_t;

// The first half of a name, mixed: an owner that draws often keeps it and saves a block a Draw.
// A row of state may hold one; it follows from (seed, purpose, entity) alone.
class DrawName {
  public:
    DrawName() = default;
    DrawName(std::uint64_t seed, Purpose purpose, std::uint64_t entity) {
        // "name" in ASCII: any constant that marks the block which mixes a name.
        constexpr std::uint32_t kNameBlock = 0x6e616d65u;
        const auto mixed =
            philox4x32({static_cast<std::uint32_t>(entity),
                        static_cast<std::uint32_t>(entity >> 32), purpose, kNameBlock},
                       {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
        key_ = {mixed[0], mixed[1]};
        salt_ = mixed[2];
    }

  private:
    friend class Draw;
    std::array<std::uint32_t, 2> key_{};
    std::uint32_t salt_ = 0;
};

// The draws of one (seed, purpose, entity, occasion); `index` numbers those within the occasion.
class Draw {
  public:
    Draw(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint64_t occasion)
        : Draw(DrawName(seed, purpose, entity), occasion) {}
    Draw(const DrawName& name, std::uint64_t occasion) : occasion_(occasion), name_(name) {}

    std::uint64_t bits(std::uint32_t index = 0) const { return both_bits(index)[0]; }
    // bits(index) and 64 more that are independent of them, for the price of one.
    std::array<std::uint64_t, 2> both_bits(std::uint32_t index = 0) const {
        const auto block =
            philox4x32({static_cast<std::uint32_t>(occasion_),
                        static_cast<std::uint32_t>(occasion_ >> 32), index, name_.salt_},
                       name_.key_);
        return {(std::uint64_t{block[0]} << 32) | block[1],
                (std::uint64_t{block[2]} << 32) | block[3]};
    }
    // In the open interval (0, 1), a multiple of 2^-53.
    double uniform(std::uint32_t index = 0) const { return to_uniform(bits(index)); }
    // 52 bits and a half step: with 53 the sum would round up to 1 for the largest draw.
    static double to_uniform(std::uint64_t bits) {
        return (static_cast<double>(static_cast<std::int64_t>(bits >> 12)) + 0.5) * 0x1.0p-52;
    }
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
    DrawName name_;
};

}  // namespace jiahe
