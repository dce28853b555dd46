#include "logistics/hub_queueing.h"

#include <doctest/doctest.h>

#include <cmath>

namespace jiahe::logistics {

TEST_CASE("a batch of 600 at 2,000 an hour is out after 1,080 s, 540.9 s in the mean") {
    // Last out 600 / 2000 h; item i leaves at i / mu, mean (N + 1) / 2 mu = 601 * 1.8 / 2.
    const BatchSojourn batch = batch_sojourn(600, 2000 / 3600.0);
    CHECK(batch.last_out_s == doctest::Approx(1080).epsilon(1e-12));
    CHECK(batch.mean_s == doctest::Approx(540.9).epsilon(1e-12));
}

TEST_CASE("blocked chutes shrink what a loop sustains") {
    // 200 m / 3 m/s; 3 / 0.6 = 5 carriers/s = 18,000/h, times 1 - q.
    const LoopSpec loop;
    CHECK(loop_round_s(loop) == doctest::Approx(66.667).epsilon(1e-5));
    CHECK(carrier_flow_per_s(loop) * 3600 == doctest::Approx(18'000));
    CHECK(sustainable_input_per_s(loop, .02) * 3600 == doctest::Approx(17'640));
    CHECK(sustainable_input_per_s(loop, .05) * 3600 == doctest::Approx(17'100));
    CHECK(sustainable_input_per_s(loop, .1) * 3600 == doctest::Approx(16'200));
    CHECK(mean_passes(.1) == doctest::Approx(1 / .9));
}

TEST_CASE("a lane with even service waits half as long as a random one") {
    CHECK(md1_wait_over_service(.8) == doctest::Approx(2.0));
    CHECK(md1_wait_over_service(.9) == doctest::Approx(4.5));
    // M/M/1: rho / (1 - rho) = 4 at .8.
    CHECK(mmc_wait_s(1, .8, 1) == doctest::Approx(4.0));
}

TEST_CASE("docks for six trucks an hour of 30 min each wait as Erlang says") {
    // a = 3. B(3) by recursion 3/4, .75*3/(2+2.25)... C(4) = .509434, Wq = C * 30 / (4 - 3) min.
    CHECK(erlang_c(4, 3) == doctest::Approx(.509434).epsilon(1e-6));
    CHECK(erlang_c(5, 3) == doctest::Approx(.236152).epsilon(1e-5));
    CHECK(mmc_wait_s(4, 6 / 3600.0, 1800) / 60 == doctest::Approx(15.283).epsilon(1e-4));
    CHECK(mmc_wait_s(5, 6 / 3600.0, 1800) / 60 == doctest::Approx(3.542).epsilon(1e-4));
    CHECK(std::isinf(mmc_wait_s(3, 6 / 3600.0, 1800)));
}

TEST_CASE("exceptions of a city's day are hours of work") {
    // 340,000 * .002 * 40 s / 3600 = 7.56 h
    CHECK(exception_work_h(340'000, .002, 40) == doctest::Approx(7.56).epsilon(1e-3));
}

}  // namespace jiahe::logistics
