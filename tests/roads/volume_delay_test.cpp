#include "roads/volume_delay.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace jiahe;

TEST_CASE("cost, slope and integral of a whole power are those worked out by hand") {
    // 10 (1 + 0.5 (v/100)^2) + 3 at v = 50: 10 + 1.25 + 3; slope 10 * 0.5 * 2 * 50 / 100^2 = 0.05;
    // integral 13 * 50 + 10 * 0.5 * 50^3 / (3 * 100^2) = 650 + 20.8333.
    const VolumeDelay delay(VolumeDelay::Parameters{10, 0.5, 2, 100, 3});
    CHECK(delay.cost(50) == doctest::Approx(14.25).epsilon(1e-15));
    CHECK(delay.slope(50) == doctest::Approx(0.05).epsilon(1e-15));
    CHECK(delay.integral(50) == doctest::Approx(650 + 125.0 / 6).epsilon(1e-15));
    CHECK(delay.cost(0) == 13);
    CHECK(delay.integral(0) == 0);
}

TEST_CASE("any power agrees with its neighbours and with differences of its integral") {
    for (const double power : {1.0, 1.5, 3.0, 4.0, 4.7, 12.0, 20.0}) {
        CAPTURE(power);
        const VolumeDelay delay(VolumeDelay::Parameters{2, 0.15, power, 40, 0});
        const double step = 1e-4;
        for (const double flow : {5.0, 40.0, 61.0}) {
            double cost = 0, slope = 0;
            delay.cost_and_slope(flow, cost, slope);
            CHECK(cost == delay.cost(flow));
            CHECK(slope == delay.slope(flow));
            CHECK((delay.integral(flow + step) - delay.integral(flow - step)) / (2 * step) ==
                  doctest::Approx(cost).epsilon(1e-7));
            CHECK((delay.cost(flow + step) - delay.cost(flow - step)) / (2 * step) ==
                  doctest::Approx(slope).epsilon(1e-5));
        }
    }
}

TEST_CASE("the marginal cost is cost plus flow times slope") {
    const VolumeDelay delay(VolumeDelay::Parameters{6, 0.15, 4, 25, 1.5});
    const VolumeDelay marginal = delay.marginal();
    for (const double flow : {0.0, 10.0, 25.0, 80.0}) {
        CHECK(marginal.cost(flow) ==
              doctest::Approx(delay.cost(flow) + flow * delay.slope(flow)).epsilon(1e-14));
        CHECK(marginal.integral(flow) == doctest::Approx(flow * delay.cost(flow)).epsilon(1e-14));
    }
}

TEST_CASE("a connector's cost is constant: no capacity, no B, no time or power 0") {
    for (const auto& p :
         {VolumeDelay::Parameters{7, 0.15, 4, 0, 1}, VolumeDelay::Parameters{7, 0, 4, 100, 1},
          VolumeDelay::Parameters{0, 0.15, 4, 100, 8},
          VolumeDelay::Parameters{4, 0.75, 0, 100, 1}}) {
        const VolumeDelay delay(p);
        CHECK(delay.constant());
        CHECK(delay.cost(0) == 8);
        CHECK(delay.cost(1e6) == 8);
        CHECK(delay.slope(1e6) == 0);
        CHECK(delay.integral(10) == 80);
    }
}
