#include "logistics/stop_service.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace jiahe::logistics {

TEST_CASE("log-logistic handling has the sheet's mean and 90th percentile") {
    // 90 (pi/3) / sin(pi/3) = 108.828; 90 * 9^(1/3) = 187.2.
    CHECK(log_logistic_mean_s(90, 3) == doctest::Approx(108.828).epsilon(1e-5));
    CHECK(log_logistic_quantile_s(90, 3, .9) == doctest::Approx(187.2).epsilon(1e-4));
    CHECK(log_logistic_quantile_s(90, 3, .5) == doctest::Approx(90));
}

TEST_CASE("drawn handling agrees with what is planned for it") {
    const CallTimes times;
    // 108.828; two doors and five parcels: 2 * 108.828 + 3 * 20; a locker: 108.828 + 30 * 8.
    CHECK(expected_handling_s(times, Handover::kDoor, 1, 1) == doctest::Approx(108.828));
    CHECK(expected_handling_s(times, Handover::kDoor, 2, 5) == doctest::Approx(277.656));
    CHECK(expected_handling_s(times, Handover::kLocker, 1, 30) == doctest::Approx(348.828));
    CHECK(expected_handling_s(times, Handover::kStation, 1, 100) == doctest::Approx(408.828));
    std::vector<double> drawn;
    double sum = 0;
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        drawn.push_back(handling_s(times, Handover::kDoor, 1, Draw(3, 774, i, 1)));
        sum += drawn.back();
    }
    // The cut at 1,800 s takes 0.15 s off the mean; variance without it 5,000, so 3 sd = 0.7 s.
    CHECK(sum / 100'000 == doctest::Approx(108.7).epsilon(.009));
    std::sort(drawn.begin(), drawn.end());
    CHECK(drawn[90'000] == doctest::Approx(187.2).epsilon(.015));
    CHECK(drawn.back() <= 1800);
    CHECK(handling_s(times, Handover::kDoor, 3, Draw(3, 774, 0, 1)) ==
          doctest::Approx(handling_s(times, Handover::kDoor, 1, Draw(3, 774, 0, 1)) + 40));
}

TEST_CASE("three attempts at 0.75 succeed for 98.4375 % and take 1.3125 in the mean") {
    CHECK(success_within(.75, 3) == doctest::Approx(.984375).epsilon(1e-12));
    CHECK(mean_attempts(.75, 3) == doctest::Approx(1.3125).epsilon(1e-12));
    CHECK(mean_attempts(.75) == doctest::Approx(1.3333).epsilon(1e-4));
}

}  // namespace jiahe::logistics
