#include "evaluation/axis_ticks.h"

#include <doctest/doctest.h>

#include <vector>

namespace jiahe::evaluation {

TEST_CASE("value ticks step by 1, 2, 2.5 or 5 times a power of ten and reach the top") {
    // 870 / 5 = 174 -> 200.
    CHECK(value_ticks(870) == std::vector<double>{0, 200, 400, 600, 800, 1000});
    // 1 / 5 = 0.2 exactly.
    CHECK(value_ticks(1).size() == 6);
    CHECK(value_ticks(1).back() == doctest::Approx(1));
    // 12 / 5 = 2.4 -> 2.5.
    CHECK(value_ticks(12) == std::vector<double>{0, 2.5, 5, 7.5, 10, 12.5});
    CHECK(value_ticks(0.03).back() == doctest::Approx(0.03));
}

TEST_CASE("clock ticks lie on whole steps within the span") {
    // 24 h at most 13 ticks: every 2 h.
    const std::vector<double> day = clock_ticks(0, 86400);
    CHECK(day.size() == 13);
    CHECK(day[1] == 7200);
    // 06:10 to 07:10 by 5 min: 06:10 ... 07:10.
    const std::vector<double> hour = clock_ticks(22200, 25800);
    CHECK(hour.front() == 22200);
    CHECK(hour.back() == 25800);
    CHECK(hour.size() == 13);
}

}  // namespace jiahe::evaluation
