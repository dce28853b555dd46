// RandomStream: the numbers of one search task, four to a Philox block.
//
// The stream is named by (seed, purpose, entity): a Draw gives its key, then blocks are counted
// through, because a search uses tens of numbers an iteration and none of them has a meaning that
// another run could share. Equal names give equal streams on every machine. Value type, one owner.
// Source: Philox 4x32-10 as in base/random.h; bounded numbers by Lemire's multiplication (ACM
// TOMACS 29, 2019), without rejection: the bias is below n / 2^32.
#pragma once

#include <array>
#include <cstdint>

#include "base/random.h"

namespace jiahe::routing {

class RandomStream {
  public:
    RandomStream(std::uint64_t seed, Purpose purpose, std::uint64_t entity) {
        const std::uint64_t key = Draw(seed, purpose, entity, 0).bits();
        key_ = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
    }
    std::uint32_t bits() {
        if (used_ == block_.size()) {
            block_ = philox4x32({static_cast<std::uint32_t>(count_),
                                 static_cast<std::uint32_t>(count_ >> 32), 0, 0},
                                key_);
            ++count_;
            used_ = 0;
        }
        return block_[used_++];
    }
    // In [0, n). REQUIRES: 0 < n <= 2^32.
    std::uint32_t below(std::uint64_t n) {
        return static_cast<std::uint32_t>((std::uint64_t{bits()} * n) >> 32);
    }
    // In the open interval (0, 1).
    double uniform() { return (static_cast<double>(bits()) + 0.5) * 0x1.0p-32; }
    bool bernoulli(double p) { return uniform() < p; }

  private:
    std::array<std::uint32_t, 2> key_{};
    std::array<std::uint32_t, 4> block_{};
    std::size_t used_ = 4;
    std::uint64_t count_ = 0;
};

}  // namespace jiahe::routing
