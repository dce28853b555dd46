#include "traffic/signal_timing.h"

#include <doctest/doctest.h>

#include <array>

using namespace jiahe::traffic;

namespace {
constexpr std::array<GreenInterval, 2> kGreens = {GreenInterval{10, 30}, GreenInterval{50, 55}};
}

TEST_CASE("next green is now where it is green, else the next start, over the cycle's end too") {
    CHECK(next_green_us(kGreens, 60, 0, 0) == 10);
    CHECK(next_green_us(kGreens, 60, 0, 10) == 10);
    CHECK(next_green_us(kGreens, 60, 0, 29) == 29);
    CHECK(next_green_us(kGreens, 60, 0, 30) == 50);
    CHECK(next_green_us(kGreens, 60, 0, 55) == 70);
    CHECK(next_green_us(kGreens, 60, 7, 0) == 0);   // position 53 of the cycle
    CHECK(next_green_us(kGreens, 60, 7, 2) == 17);  // position 55: over
}

TEST_CASE("a green ends at its interval's end") {
    CHECK(green_end_us(kGreens, 60, 0, 12) == 30);
    CHECK(green_end_us(kGreens, 60, 0, 112) == 115);
    CHECK_THROWS(green_end_us(kGreens, 60, 0, 40));
}
