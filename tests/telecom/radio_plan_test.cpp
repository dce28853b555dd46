#include "telecom/radio_plan.h"

using namespace jiahe;
using namespace jiahe::telecom;

TEST_CASE("interference lowers the capacity of a cell, never below what the noise leaves alone") {
    std::vector<PlanePoint> cells;
    for (int i = 0; i < 49; ++i)
        cells.push_back({500.0 * (i % 7), 500.0 * (i / 7)});
    const RadioPlan plan(cells, {});
    const std::vector<double> idle(49, 0), half(49, .5), busy(49, 1);
    const std::size_t centre = 24;
    CHECK(plan.reach_m(centre) == 250);
    const double e0 = plan.down_efficiency(centre, idle), e1 = plan.down_efficiency(centre, half),
                 e2 = plan.down_efficiency(centre, busy);
    CHECK(e0 > e1);
    CHECK(e1 > e2);
    CHECK(e2 > 0.3);
    CHECK(e0 <= 4.4);
    // Per sector below the 7.8 bit/s/Hz that M.2410 asks of dense urban sites with massive MIMO,
    // and above a half of it with the two layers assumed here.
    const double per_sector = plan.capacity_bps(Direction::kDown, e2) / (3 * 75e6);
    CHECK(per_sector > 3.9);
    CHECK(per_sector < 7.8);
}

TEST_CASE("the sharing of a lone cell knows no interference but its own sectors'") {
    const std::vector<PlanePoint> one = {{0, 0}};
    const RadioPlan plan(one, {});
    CHECK(plan.reach_m(0) == RadioPlan::kLargestReach_m);
    const std::vector<double> idle = {0}, busy = {1};
    CHECK(plan.down_efficiency(0, idle) >= plan.down_efficiency(0, busy));
    CHECK(plan.up_efficiency(0) > 0);
    CHECK(plan.up_efficiency(0) <= 2.0);
    // 100 MHz, three quarters down, 3 sectors, 2 layers.
    CHECK(plan.capacity_bps(Direction::kDown, 1) == doctest::Approx(450e6));
    CHECK(plan.capacity_bps(Direction::kUp, 1) == doctest::Approx(150e6));
}

TEST_CASE("neighbours are found by distance, whatever the squares of the grid") {
    // A row of cells 100, 200, 300, ... m apart: the nearest of cell i is cell i - 1, 100 i m away.
    std::vector<PlanePoint> cells = {{0, 0}};
    for (int i = 1; i < 40; ++i)
        cells.push_back({cells.back().x_m + 100.0 * i, 0});
    const RadioPlan plan(cells, {});
    for (std::size_t i = 1; i < 25; ++i) {
        CHECK(plan.reach_m(i) == doctest::Approx(50.0 * static_cast<double>(i)));
    }
}
