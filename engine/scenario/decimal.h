// A decimal number as written: sign, digits and exponent, so that money and time stay exact.
//
// Grammar (JSON): -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)? at the start of a text; what
// follows is the caller's. Private to the folder. Pure functions.
//
// Invariant: to_whole() returns mantissa * 10^exponent * factor only where that is an integer of
// 64 bits; nothing is rounded.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "scenario/unit.h"

namespace jiahe::scenario {

struct Decimal {
    std::size_t length = 0;  // bytes taken; 0: no number here
    double value = 0;        // nearest double
    bool finite = true;      // false: beyond the range of doubles
    bool negative = false;
    bool wide = false;          // more than 25 significant digits: mantissa not kept
    std::int64_t exponent = 0;  // clamped to +-10000
    __extension__ typedef unsigned __int128 Wide;
    Wide mantissa = 0;
};

Decimal read_decimal(std::string_view text);

struct Whole {
    ParseFault fault = ParseFault::kNone;  // kNotWhole or kTooLarge
    std::int64_t value = 0;
};
// REQUIRES: factor > 0.
Whole to_whole(const Decimal& decimal, std::int64_t factor);

// True for the spellings of not-a-number and infinity in YAML, C and Python.
bool names_infinity_or_nan(std::string_view text);

}  // namespace jiahe::scenario
