#include "routing/time_segment.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "base/random.h"
#include "routing/euclidean.h"

namespace jiahe::routing {
namespace {

TimeSegment depot() {
    return single_stop(0, 0, 1000);
}

}  // namespace

TEST_CASE("joined segments give the sheet's durations, warps and starts") {
    // Depot [0,1000], two stops of service 10, every way takes 20. Example, first row: leave at 80,
    // 100..110 at stop 1, 130..140 at stop 2, back at 160: duration 80.
    struct Row {
        std::int64_t open1, close1, open2, close2, release, duration, start, warp, total_warp;
    };
    constexpr std::array rows{
        Row{100, 120, 105, 130, 0, 80, 80, 0, 0},    Row{100, 120, 105, 125, 0, 80, 80, 5, 5},
        Row{100, 120, 105, 130, 90, 80, 80, 0, 10},  Row{100, 120, 160, 200, 0, 90, 100, 0, 0},
        Row{100, 120, 160, 200, 105, 90, 100, 0, 5},
    };
    for (const Row& row : rows) {
        CAPTURE(row.close2);
        CAPTURE(row.release);
        const TimeSegment a = single_stop(10, row.open1, row.close1, row.release);
        const TimeSegment b = single_stop(10, row.open2, row.close2, row.release);
        const TimeSegment left = join(join(join(depot(), a, 20), b, 20), depot(), 20);
        const TimeSegment right = join(depot(), join(a, join(b, depot(), 20), 20), 20);
        CHECK(left == right);
        CHECK(left.duration == row.duration);
        CHECK(left.earliest == row.start);
        CHECK(left.latest == row.start);
        CHECK(left.warp == row.warp);
        CHECK(left.total_warp() == row.total_warp);
    }
}

TEST_CASE("on random chains joining is associative and agrees with a clock") {
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        const Draw d(seed, 9500, 0, 0);
        std::array<TimeSegment, 4> stop;
        std::array<std::int64_t, 3> travel{};
        for (std::uint32_t i = 0; i < 4; ++i) {
            const auto open = static_cast<std::int64_t>(d.below(200, 10 * i));
            stop[i] = single_stop(static_cast<std::int64_t>(d.below(30, 10 * i + 1)), open,
                                  open + static_cast<std::int64_t>(d.below(200, 10 * i + 2)));
            if (i < 3) travel[i] = static_cast<std::int64_t>(d.below(60, 10 * i + 3));
        }
        const TimeSegment one =
            join(join(join(stop[0], stop[1], travel[0]), stop[2], travel[1]), stop[3], travel[2]);
        const TimeSegment two =
            join(join(stop[0], stop[1], travel[0]), join(stop[2], stop[3], travel[2]), travel[1]);
        REQUIRE(one == two);
        if (one.warp > 0) continue;
        // Least duration over all starts, by trying them.
        std::int64_t best = kForever, first = 0, last = 0;
        for (std::int64_t start = stop[0].earliest; start <= stop[0].latest; ++start) {
            std::int64_t clock = start;
            bool ok = true;
            for (std::size_t i = 0; i < 4; ++i) {
                if (i > 0) clock += travel[i - 1];
                clock = std::max(clock, stop[i].earliest);
                ok = ok && clock <= stop[i].latest;
                clock += stop[i].duration;
            }
            if (!ok) continue;
            if (clock - start < best) first = start;
            if (clock - start <= best) last = start;
            best = std::min(best, clock - start);
        }
        REQUIRE(one.duration == best);
        REQUIRE(one.earliest == first);
        REQUIRE(one.latest == last);
    }
}

TEST_CASE("distances round by the rules of published instances") {
    // |(0,0)-(1,1)| = 1.41421356...
    const Position a{0, 0}, b{1, 1};
    CHECK(euclidean(a, b) == 1);
    CHECK(euclidean(a, b, 10, Rounding::kDown) == 14);
    CHECK(euclidean(a, b, 1000) == 1414);
    CHECK(euclidean(a, b, 1e6) == 1414214);
}

}  // namespace jiahe::routing
