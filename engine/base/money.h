// Money: 64-bit fen (1 yuan = 100 fen), never floating point (law 2).
//
// split_by_weights shares a total without losing a fen: cumulative floors
// F_i = floor(F*W_i/W) - floor(F*W_{i-1}/W) with 128-bit products (traffic sheet, section 4).
// Invariants: 1. the parts sum to the total; 2. each part is within 1 fen of its exact share.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace jiahe {

struct Fen {
    std::int64_t value = 0;
    constexpr auto operator<=>(const Fen&) const = default;
    constexpr Fen operator+(Fen other) const { return {value + other.value}; }
    constexpr Fen operator-(Fen other) const { return {value - other.value}; }
    constexpr Fen& operator+=(Fen other) {
        value += other.value;
        return *this;
    }
};

// Rounds half up: 0.5 fen becomes 1 fen. REQUIRES: fen >= 0 and finite.
Fen round_half_up(double fen);

// REQUIRES: at least one weight, all weights >= 0, 0 < their sum < 2^63, total >= 0.
std::vector<Fen> split_by_weights(Fen total, std::span<const std::int64_t> weights);

}  // namespace jiahe
