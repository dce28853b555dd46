// Simulated time: a 64-bit count of microseconds since the scenario's start.
//
// Law 2 of the architecture: no floating-point clock. Conversions from seconds round up, so that a
// travel time is never shortened and never 0 when the true value is positive.
// Value type, trivially copyable; every lifecycle may hold it.
//
// Invariants: 1. ordering and sums are exact; 2. kNever is later than every time of a run.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>

namespace jiahe {

struct SimTime {
    std::int64_t us = 0;

    constexpr auto operator<=>(const SimTime&) const = default;
    constexpr SimTime operator+(SimTime other) const { return {us + other.us}; }
    constexpr SimTime operator-(SimTime other) const { return {us - other.us}; }
    constexpr SimTime operator*(std::int64_t factor) const { return {us * factor}; }
    constexpr SimTime& operator+=(SimTime other) {
        us += other.us;
        return *this;
    }
    constexpr double seconds() const { return static_cast<double>(us) * 1e-6; }
};

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr SimTime kNever{std::numeric_limits<std::int64_t>::max() / 4};
inline constexpr SimTime kTick{1};

constexpr SimTime whole_seconds(std::int64_t s) {
    return {s * kMicrosPerSecond};
}
constexpr SimTime minutes(std::int64_t m) {
    return whole_seconds(60 * m);
}
constexpr SimTime hours(std::int64_t h) {
    return whole_seconds(3600 * h);
}

// Smallest SimTime not shorter than `seconds`, at least one tick where seconds > 0. A value within
// 1e-6 us above a tick counts as that tick, so that 7.2 s stored as a double stays 7,200,000 us.
inline SimTime ceil_seconds(double seconds) {
    const auto ticks = static_cast<std::int64_t>(std::ceil(seconds * 1e6 - 1e-6));
    return {seconds > 0 && ticks < 1 ? 1 : ticks};
}

}  // namespace jiahe
