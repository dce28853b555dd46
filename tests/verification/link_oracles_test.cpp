// The sheet's link, vehicle by vehicle: event times hand-derived from Newell's three rules, and met
// to a tick; the waves of the kinematic theory, met to a vehicle.
//
// Link: 750 m, 50 km/h, w 15 km/h, one lane, 7.5 m a vehicle: stores N = 100, passes 1538.46/h, so
// a headway is 2.34 s; free 54 s; a hole needs 180 s. Rules: vehicle i leaves no earlier than 54 s
// after it entered, 2.34 s after the one before it, and enters no earlier than 180 s after vehicle
// i - 100 has left.
#include <doctest/doctest.h>

#include <cmath>

#include "traffic/rig.h"

namespace jiahe::traffic {
namespace {

constexpr std::int64_t kTick_us = 1;

std::int64_t us(double s) {
    return std::llround(s * 1e6);
}

// Links AB, BC, ... of a road like the sheet's.
std::vector<LinkId> chain(const Rig& rig, std::string_view nodes) {
    std::vector<LinkId> links;
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i)
        links.push_back(link(rig.graph, nodes.substr(i, 2)));
    return links;
}

void check_time(std::int64_t found_us, std::int64_t expected_us) {
    CHECK(std::abs(found_us - expected_us) <= kTick_us);
}

}  // namespace

TEST_CASE(
    "saturation discharge: vehicle k of a standing queue leaves k headways after the opening") {
    Rig rig(sheet_road());
    rig.flow("ABC", 0, 3600, 100);
    rig.command(EventKind::kCloseLink, link(rig.graph, "BC"), 1);
    rig.command(EventKind::kOpenLink, link(rig.graph, "BC"), 1000);
    rig.build();
    rig.run_until_s(3000);
    for (std::uint32_t k = 0; k < 100; ++k) {
        check_time(rig.left_us(VehicleId(k), link(rig.graph, "AB")), us(1000 + 2.34 * k));
    }
}

TEST_CASE("spillback onset: of 1,000/h before a closed exit the 101st stands outside after 306 s") {
    // Until 1,800 s vehicles 0 to 484 have left (54 + 3.6 k < 1800). Vehicle 585 comes at 2,106 s,
    // finds 100 before it and stays. Theory: the tail moves at -1000 / (133.33 - 20) = -8.8235
    // km/h, 0.75 km take 306 s.
    Rig rig(sheet_road());
    rig.flow("ABC", 0, 1000, 800);
    rig.command(EventKind::kCloseLink, link(rig.graph, "BC"), 1800);
    rig.command(EventKind::kOpenLink, link(rig.graph, "BC"), 3000);
    rig.build();
    rig.run_until_s(3000);
    CHECK(rig.left(link(rig.graph, "AB")) == 485);
    CHECK(rig.entered(link(rig.graph, "AB")) == 585);
    check_time(us(rig.inserted_s(VehicleId(584))), us(584 * 3.6));
    CHECK(rig.inserted_s(VehicleId(585)) < 0);
    rig.run_until_s(4000);
    check_time(us(rig.inserted_s(VehicleId(585))), us(3000 + 180));
}

TEST_CASE("shock: behind an exit cut from 1,000 to 600/h each link of 750 m fills in 495 s") {
    // Tail: (600 - 1000) / (93.333 - 20) = -5.4545 km/h. By the rules: vehicle 485 reaches C at
    // 54 + 54 + 3.6 * 485 = 1,854 s, leaves then, and 485 + k at 1,854 + 6 k. Link BC keeps vehicle
    // i = 585 + k out of it until 1,854 + 6 k + 180; it wishes to enter at 54 + 3.6 i. The first
    // with 2034 + 6 k > 2160 + 3.6 k is k = 53, vehicle 638, which enters at 2,352 s (tail: 1854 +
    // 495 = 2,349 s).
    Rig rig(sheet_road("A---->B---->C---->D"));
    rig.flow("ABCD", 0, 1000, 1000);
    rig.command(EventKind::kLimitLink, link(rig.graph, "CD"), 1854, 390);  // 2.34 / 0.39 = 6 s
    rig.build();
    rig.run_until_s(5000);
    const LinkId ab = link(rig.graph, "AB"), bc = link(rig.graph, "BC");
    for (std::uint32_t k = 0; k < 300; ++k) {
        check_time(rig.left_us(VehicleId(485 + k), bc), us(1854 + 6.0 * k));
        const double wish_s = 54 + 3.6 * (585 + k), hole_s = 2034 + 6.0 * k;
        check_time(rig.left_us(VehicleId(585 + k), ab), us(std::max(wish_s, hole_s)));
    }
    // And the tail goes on over link AB, to its entry at 1,854 + 990 s within a vehicle (3.6 s):
    // vehicle 738 + k leaves AB at 2,952 + 6 k and keeps 838 + k out until 180 s later.
    std::uint32_t first = 0;
    while (us(rig.inserted_s(VehicleId(first))) <= us(3.6 * first) + kTick_us)
        ++first;
    CHECK(std::abs(3.6 * first - (1854 + 990)) <= 3.6);
}

TEST_CASE("hole: after an opening the queue starts to move 180 s later at each link upstream") {
    Rig rig(sheet_road("A---->B---->C---->D---->E"));
    rig.flow("ABCDE", 0, 3600, 400);
    rig.command(EventKind::kCloseLink, link(rig.graph, "DE"), 1);
    rig.command(EventKind::kOpenLink, link(rig.graph, "DE"), 5000);
    rig.build();
    rig.run_until_s(7000);
    const auto links = chain(rig, "ABCD");
    // Vehicles 0-99 stand on CD, 100-199 on BC, 200-299 on AB, the rest outside.
    for (std::uint32_t k = 0; k < 100; ++k) {
        check_time(rig.left_us(VehicleId(k), links[2]), us(5000 + 2.34 * k));
        check_time(rig.left_us(VehicleId(100 + k), links[1]), us(5180 + 2.34 * k));
        check_time(rig.left_us(VehicleId(200 + k), links[0]), us(5360 + 2.34 * k));
        check_time(us(rig.inserted_s(VehicleId(300 + k))), us(5540 + 2.34 * k));
    }
}

TEST_CASE("a link split in whole storages moves no exit by more than a tick") {
    const auto arrivals = [](const char* drawing, const char* nodes) {
        Rig rig(sheet_road(drawing));
        rig.flow(nodes, 0, 1400, 600);
        rig.command(EventKind::kLimitLink, link(rig.graph, "BC"), 300, 390);
        rig.command(EventKind::kLimitLink, link(rig.graph, "BC"), 900, 1000);
        rig.build();
        rig.run_until_s(10'000);
        std::vector<std::int64_t> times;
        for (std::uint32_t v = 0; v < 600; ++v)
            times.push_back(rig.left_us(VehicleId(v), link(rig.graph, "BC")));
        return times;
    };
    const auto whole = arrivals("A---->B---->C", "ABC");
    const auto split = arrivals("A->M->B---->C", "AMBC");  // 50 places each
    for (std::size_t v = 0; v < whole.size(); ++v)
        check_time(split[v], whole[v]);
}

TEST_CASE("an endless origin enters 1,538 vehicles an hour on any number of threads") {
    // 3600 / 2.34 = 1538.46, and vehicle k exactly at k headways.
    for (const int threads : {1, 2, 8}) {
        Rig rig(sheet_road());
        rig.flow("ABC", 0, 1e6, 2500);
        rig.build({.seed = 1, .threads = threads, .partitions = 3, .parallel_events_min = 0});
        CHECK(rig.simulator->partition_count() == 3);
        rig.run_until_s(3600);
        CHECK(std::abs(static_cast<int>(rig.entered(link(rig.graph, "AB"))) - 1538) <= 1);
        for (std::uint32_t k = 0; k < 1538; k += 97)
            check_time(us(rig.inserted_s(VehicleId(k))), us(2.34 * k));
    }
}

}  // namespace jiahe::traffic
