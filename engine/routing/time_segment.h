// TimeSegment: what a chain of stops means for time, so that chains are joined in constant time.
//
// For a chain driven without needless waiting: duration (time warp included), warp (how much time
// would have to run backwards to keep all windows), [earliest, latest] (starts of least duration
// and warp) and release (no start before it). Value type of any lifecycle, in the caller's unit.
// Joining costs a few additions, and is exact for travel times that do not depend on the time.
//
// Invariants: 1. joining is associative; 2. earliest <= latest; 3. a chain is feasible iff
// total_warp() == 0; 4. a feasible chain that starts in [max(earliest, release), latest] takes
// exactly duration.
// Source: Vidal, Crainic, Gendreau, Prins (Comput. Oper. Res. 40, 2013), with release times as in
// PyVRP; logistics sheet, section 6.
#pragma once

#include <algorithm>
#include <cstdint>

namespace jiahe::routing {

// Later than every time of a problem; sums of it with such times do not overflow.
inline constexpr std::int64_t kForever = std::int64_t{1} << 60;

struct TimeSegment {
    std::int64_t duration = 0;
    std::int64_t warp = 0;
    std::int64_t earliest = 0;
    std::int64_t latest = kForever;
    std::int64_t release = 0;

    // Warp of starting no earlier than the release.
    constexpr std::int64_t total_warp() const {
        return warp + std::max<std::int64_t>(0, release - latest);
    }
    // First start of least cost; REQUIRES: total_warp() == 0.
    constexpr std::int64_t start() const { return std::max(earliest, release); }
    constexpr bool operator==(const TimeSegment&) const = default;
};

// One stop: service begins in [open, close].
constexpr TimeSegment single_stop(std::int64_t service, std::int64_t open, std::int64_t close,
                                  std::int64_t release = 0) {
    return {service, 0, open, close, release};
}

// First `a`, then `travel`, then `b`.
constexpr TimeSegment join(const TimeSegment& a, const TimeSegment& b, std::int64_t travel) {
    const std::int64_t delta = a.duration - a.warp + travel;
    const std::int64_t wait = std::max<std::int64_t>(0, b.earliest - delta - a.latest);
    const std::int64_t warp = std::max<std::int64_t>(0, a.earliest + delta - b.latest);
    return {a.duration + b.duration + travel + wait, a.warp + b.warp + warp,
            std::max(b.earliest - delta, a.earliest) - wait,
            std::min(b.latest - delta, a.latest) + warp, std::max(a.release, b.release)};
}

}  // namespace jiahe::routing
