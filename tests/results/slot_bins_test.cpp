#include "results/slot_bins.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace jiahe::results {
namespace {

constexpr BinGrid kGrid{2, whole_seconds(10), 3};  // two slots, 0-10, 10-20, 20-30 s

}  // namespace

TEST_CASE("a stay is cut at the edges of bins, its waiting likewise") {
    std::vector<SlotBin> rows(6);
    // On slot 1 from 4 s to 23 s, held up from 18 s on: 6 + 10 + 3 s there, 2 + 3 s of it waiting.
    add_stay(rows, kGrid, {1, whole_seconds(4), whole_seconds(18), whole_seconds(23)});
    CHECK(rows[1].present_us == 6'000'000);
    CHECK(rows[3].present_us == 10'000'000);
    CHECK(rows[5].present_us == 3'000'000);
    CHECK(rows[1].waiting_us == 0);
    CHECK(rows[3].waiting_us == 2'000'000);
    CHECK(rows[5].waiting_us == 3'000'000);
    for (const std::size_t other : {0, 2, 4})
        CHECK(rows[other].present_us == 0);
}

TEST_CASE("a stay that ends on an edge leaves nothing behind it") {
    std::vector<SlotBin> rows(6);
    add_stay(rows, kGrid, {0, whole_seconds(0), whole_seconds(10), whole_seconds(10)});
    CHECK(rows[0].present_us == 10'000'000);
    CHECK(rows[2].present_us == 0);
    CHECK(rows[0].waiting_us == 0);
}

TEST_CASE("what lies beyond the last bin is counted in it") {
    std::vector<SlotBin> rows(6);
    add_stay(rows, kGrid, {0, whole_seconds(25), whole_seconds(31), whole_seconds(35)});
    CHECK(rows[4].present_us == 10'000'000);
    CHECK(rows[4].waiting_us == 4'000'000);
}

}  // namespace jiahe::results
