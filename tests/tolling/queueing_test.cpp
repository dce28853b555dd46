#include "tolling/queueing.h"

#include <doctest/doctest.h>

#include <array>

namespace jiahe::tolling {

TEST_CASE("M/G/K reproduces the recomputed column of Zhou's table to the printed digits") {
    // E = 8.6 + 5.5 s, variance 5.5 + 1.83 s^2; vehicles/h at his labels 1, 4, 8.
    struct Row {
        int servers;
        std::array<double, 3> vph;
        std::array<double, 3> queue;
    };
    const std::array rows{
        Row{1, {210, 233, 242}, {1.976, 4.939, 8.928}},
        Row{2, {426, 468, 484}, {1.980, 4.988, 8.689}},
        Row{4, {866, 940, 971}, {1.982, 4.973, 8.942}},
        Row{6, {1313, 1414, 1458}, {1.990, 4.953, 8.898}},
        Row{10, {2219, 2368, 2435}, {1.999, 4.990, 8.950}},
    };
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < 3; ++i) {
            CAPTURE(row.servers);
            CAPTURE(row.vph[i]);
            const double queue = mgk_queue_length(row.servers, row.vph[i] / 3600, {14.1, 7.33});
            CHECK(std::abs(queue - row.queue[i]) <= 0.001);
        }
    }
}

TEST_CASE("the closed waits of one lane and of three booths are those of the sheet") {
    // M/D/1: rho D / (2 (1 - rho)) = 0.8 * 6.18 / 0.4 = 12.36 s; M/M/1: twice that.
    CHECK(md1_wait_s(0.8 / 6.18, 6.18) == doctest::Approx(12.36).epsilon(1e-12));
    CHECK(mmk_wait_s(1, 0.8 / 6.18, 6.18) == doctest::Approx(24.72).epsilon(1e-12));
    CHECK(mg1_wait_s(433.0 / 3600, {6.18, 4.61}) == doctest::Approx(10.03).epsilon(5e-4));
    CHECK(mg1_wait_s(285.0 / 3600, {6.18, 4.61}) == doctest::Approx(3.32).epsilon(1e-3));
    CHECK(mmk_wait_s(3, 900.0 / 3600, 10) == doctest::Approx(14.045).epsilon(5e-5));
}

TEST_CASE("a lane where the first customer differs is M/G/1 when he does not") {
    const ServiceMoments same{6.18, 4.61};
    CHECK(mg1_first_differs_wait_s(0.1, same, same) ==
          doctest::Approx(mg1_wait_s(0.1, same)).epsilon(1e-12));
    CHECK(mg1_first_differs_wait_s(0.1, {2.56, 1.67}, same) < mg1_wait_s(0.1, same));
}

TEST_CASE("a lane's capacity is 3600 over service and exposed move-up") {
    // Yang: 3600 / (2.56 + 3.62) = 582.5, without move-up 3600 / 2.56 = 1406.25.
    CHECK(lane_capacity_vph(2.56, 3.62) == doctest::Approx(582.5).epsilon(1e-4));
    CHECK(lane_capacity_vph(2.56, 3.62, 0) == doctest::Approx(1406.25).epsilon(1e-12));
}

TEST_CASE("a mixed lane passes the harmonic mean, below the planner's straight line") {
    // 3600 / (0.5 * 6.18 + 0.5 * 14.1) = 355.03; 0.5 * 582.52 + 0.5 * 255.32 = 418.92.
    CHECK(mixed_lane_capacity_vph(0.5, 6.18, 14.1) == doctest::Approx(355.0).epsilon(2e-4));
    CHECK(mixed_lane_planner_bound_vph(0.5, 6.18, 14.1) == doctest::Approx(418.9).epsilon(2e-4));
    for (double share = 0; share <= 1; share += 0.1) {
        CHECK(mixed_lane_capacity_vph(share, 6.18, 14.1) <=
              mixed_lane_planner_bound_vph(share, 6.18, 14.1) + 1e-9);
    }
}

}  // namespace jiahe::tolling
