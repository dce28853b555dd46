#include "traffic/link_physics.h"

#include <doctest/doctest.h>

using namespace jiahe::traffic;

TEST_CASE("the sheet's link has N 100, 54 s free time, 180 s hole time and headway 2.34 s") {
    const LinkPhysics p = derive_link_physics({.length_m = 750,
                                               .free_speed_mps = 50 / 3.6,
                                               .lane_count = 1,
                                               .capacity_pcuph = 20000.0 / 13});
    CHECK(p.storage_mpcu == 100'000);
    CHECK(p.free_us == 54'000'000);
    CHECK(p.hole_us == 180'000'000);
    CHECK(p.wave_speed_mps * 3.6 == doctest::Approx(15));
    // 2.34 s = 2,340,000 us << 16
    CHECK(p.headway_fp == 2'340'000ll * 65536);
}

TEST_CASE("capacity, storage and both travel times satisfy Q (L/vf + L/w) = N") {
    for (const double length_m : {10.0, 33.0, 200.0, 750.0, 4313.0}) {
        const LinkPhysics p = derive_link_physics({.length_m = length_m,
                                                   .free_speed_mps = 60 / 3.6,
                                                   .lane_count = 3,
                                                   .capacity_pcuph = 5400,
                                                   .pce_max = 2});
        const double times_s = static_cast<double>(p.free_us + p.hole_us) * 1e-6;
        CHECK(p.capacity_pcuph / 3600 * times_s ==
              doctest::Approx(static_cast<double>(p.storage_mpcu) / 1000).epsilon(1e-6));
        CHECK(p.storage_mpcu % 1000 == 0);
    }
}

TEST_CASE("a capacity that would need a faster backward wave is lowered") {
    // kj vf w / (vf + w) = 133.33/km * 10 * 25 / 35 = 952.38 veh/h
    const LinkPhysics p = derive_link_physics(
        {.length_m = 750, .free_speed_mps = 10 / 3.6, .lane_count = 1, .capacity_pcuph = 1800});
    CHECK(p.capacity_pcuph == doctest::Approx(952.381).epsilon(1e-5));
}

TEST_CASE("a short link stores at least the largest vehicle and keeps its capacity") {
    const LinkPhysics p = derive_link_physics({.length_m = 5,
                                               .free_speed_mps = 50 / 3.6,
                                               .lane_count = 1,
                                               .capacity_pcuph = 1500,
                                               .pce_max = 2});
    CHECK(p.storage_mpcu == 2000);
    CHECK(p.capacity_pcuph == doctest::Approx(1500));
}

TEST_CASE("k headways differ from k times h by less than one tick") {
    const std::int64_t per_pcu = headway_fp(1700);  // 2.117647... s
    std::int64_t due = 0;
    std::int64_t now_us = 0;
    for (int k = 1; k <= 10'000; ++k) {
        due = next_passage_fp(due, now_us, per_pcu, 1000);
        now_us = ceil_fp(due);
        const double exact_us = k * 3600e6 / 1700;
        CHECK(static_cast<double>(now_us) - exact_us >= -0.5);
        CHECK(static_cast<double>(now_us) - exact_us < 1.5);
    }
}
