// The link and insertion oracles of the traffic sheet, sections 1 and 2.
#include "traffic/traffic_system.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "rig.h"
#include "traffic/gridlock.h"
#include "traffic/traffic_indicators.h"

using namespace jiahe;
using namespace jiahe::traffic;

TEST_CASE("one vehicle takes the sum of the free-flow times") {
    Rig rig(sheet_road());
    const VehicleId v = rig.trip("ABC", 10);
    rig.build();
    rig.run_until_s(1000);
    CHECK(rig.inserted_s(v) == doctest::Approx(10));
    CHECK(rig.arrived_s(v) == doctest::Approx(10 + 54 + 54));
}

TEST_CASE("a blocked exit lets exactly 100 vehicles in, and the 101st 180 s after the first exit") {
    Rig rig(sheet_road());
    rig.flow("ABC", 0, 3600, 300);
    rig.command(EventKind::kCloseLink, link(rig.graph, "BC"), 1);
    rig.command(EventKind::kOpenLink, link(rig.graph, "BC"), 3600);
    rig.build();
    rig.run_until_s(3600);
    CHECK(rig.entered(link(rig.graph, "AB")) == 100);
    rig.run_until_s(3600 + 179.999);
    CHECK(rig.entered(link(rig.graph, "AB")) == 100);
    rig.run_until_s(3600 + 180.001);
    CHECK(rig.entered(link(rig.graph, "AB")) == 101);
    CHECK(rig.inserted_s(VehicleId(100)) == doctest::Approx(3780).epsilon(1e-9));
}

TEST_CASE("a full link refuses a vehicle until the hole has travelled back, one by one") {
    // After the exit opens, vehicles leave every 2.34 s; so vehicle 100 + k enters at 3780 + 2.34
    // k.
    Rig rig(sheet_road());
    rig.flow("ABC", 0, 3600, 200);
    rig.command(EventKind::kCloseLink, link(rig.graph, "BC"), 1);
    rig.command(EventKind::kOpenLink, link(rig.graph, "BC"), 3600);
    rig.build();
    rig.run_until_s(5000);
    for (int k = 0; k < 80; ++k) {
        CHECK(std::abs(rig.inserted_s(VehicleId(100 + k)) - (3780 + 2.34 * k)) < 2e-6);
    }
}

TEST_CASE("a queue that grows at 5.4545 km/h reaches the entry 495 s after the exit is throttled") {
    // Inflow 1000/h at k = 20/km; queue at 600/h has k = 133.33 - 600/15 = 93.33/km; speed of the
    // shock (600 - 1000) / (93.333 - 20) = -5.4545 km/h; 0.75 km take 495 s.
    Rig rig(sheet_road());
    rig.flow("ABC", 0, 1000, 1000);
    const double t0 = 1800;
    rig.command(EventKind::kLimitLink, link(rig.graph, "BC"), t0, 390);  // 0.39 * 1538.46 = 600/h
    rig.build();
    rig.run_until_s(3600);
    double first_delayed_s = 0;
    for (int v = 0; v < 1000; ++v) {
        if (rig.inserted_s(VehicleId(v)) - v * 3.6 > 1e-5) {
            first_delayed_s = v * 3.6;
            break;
        }
    }
    CHECK(first_delayed_s ==
          doctest::Approx(t0 + 495).epsilon(0.003));  // within one vehicle: 3.6 s
}

TEST_CASE("a point bottleneck of 1,800/h fed with 2,400/h for an hour delays by 600 s on average") {
    // Longest queue 600 vehicles, longest delay 1,200 s, total 400 veh h.
    auto data =
        ascii_roads("A----------->B->C",
                    {.cell_m = 500, .speed_kmh = 72, .lane_count = 2, .capacity_pcuph = 4000});
    link(data, "BC").capacity_pcuph = 1800;
    link(data, "BC").lane_count = 1;
    Rig rig(std::move(data));
    rig.flow("ABC", 0, 2400, 2400);
    rig.build();
    double longest_queue = 0;
    for (int t = 0; t < 6000; t += 10) {
        rig.run_until_s(t);
        longest_queue = std::max<double>(
            longest_queue, rig.system->link_exits()[link(rig.graph, "AB").index()].queued_count);
    }
    rig.run_until_s(10'000);
    const double free_s = rig.arrived_s(VehicleId(0));
    double total_s = 0, longest_s = 0;
    for (int v = 0; v < 2400; ++v) {
        const double delay_s = rig.arrived_s(VehicleId(v)) - v * 1.5 - free_s;
        total_s += delay_s;
        longest_s = std::max(longest_s, delay_s);
    }
    CHECK(longest_s == doctest::Approx(1200).epsilon(0.002));
    CHECK(total_s / 3600 == doctest::Approx(400).epsilon(0.002));
    CHECK(longest_queue == doctest::Approx(600).epsilon(0.005));
}

TEST_CASE("splitting a link in two moves no exit by more than a tick per link") {
    const auto exits = [](const char* drawing, const char* route) {
        Rig rig(sheet_road(drawing));
        rig.flow(route, 0, 1400, 600);
        rig.command(EventKind::kLimitLink, link(rig.graph, "BC"), 300, 390);
        rig.command(EventKind::kLimitLink, link(rig.graph, "BC"), 900, 1000);
        rig.build();
        rig.run_until_s(10'000);
        std::vector<double> times;
        for (int v = 0; v < 600; ++v)
            times.push_back(rig.arrived_s(VehicleId(v)));
        return times;
    };
    const auto whole = exits("A---->B---->C", "ABC");
    const auto split = exits("A->M->B---->C", "AMBC");
    REQUIRE(whole.size() == split.size());
    for (std::size_t v = 0; v < whole.size(); ++v)
        CHECK(std::abs(whole[v] - split[v]) < 5e-6);
}

TEST_CASE(
    "a link passes 1,538 vehicles an hour from an endless origin, for any number of threads") {
    for (const int threads : {1, 2, 8}) {
        Rig rig(sheet_road());
        rig.flow("ABC", 0, 1e6, 2500);
        rig.build({.seed = 1, .threads = threads, .partitions = threads});
        rig.run_until_s(3600);
        CHECK(std::abs(static_cast<int>(rig.entered(link(rig.graph, "AB"))) - 1538) <= 1);
    }
}

TEST_CASE("a standing queue discharges at capacity") {
    Rig rig(sheet_road());
    rig.flow("ABC", 0, 3600, 100);
    rig.command(EventKind::kCloseLink, link(rig.graph, "BC"), 1);
    rig.command(EventKind::kOpenLink, link(rig.graph, "BC"), 1000);
    rig.build();
    rig.run_until_s(3000);
    for (int v = 1; v < 100; ++v) {
        const double headway_s = rig.arrived_s(VehicleId(v)) - rig.arrived_s(VehicleId(v - 1));
        CHECK(headway_s == doctest::Approx(2.34).epsilon(1e-6));
    }
}

TEST_CASE("the end of a limit ends the headway that it stretched") {
    // At 1 per mille a headway is 2,340 s. The vehicle that entered just before 600 s holds the
    // next up until then; of the 2,340 s less the wait so far, a thousandth is left.
    Rig rig(sheet_road());
    rig.flow("ABC", 0, 3600, 1000);
    rig.command(EventKind::kLimitLink, link(rig.graph, "AB"), 100, 1);
    rig.command(EventKind::kLimitLink, link(rig.graph, "AB"), 600, 1000);
    rig.build();
    rig.run_until_s(600);
    const std::uint32_t before = rig.entered(link(rig.graph, "AB"));
    CHECK(before == 43);  // floor(100 / 2.34) + 1
    rig.run_until_s(600 + 234);
    CHECK(std::abs(static_cast<int>(rig.entered(link(rig.graph, "AB")) - before) - 100) <= 1);
}

TEST_CASE(
    "delay is what a trip takes beyond the free time of its own class, the wait to enter too") {
    // 750 m a link: a car drives it in 54 s; a truck at 36 km/h in 75 s, its class's free time.
    NetworkOptions network;
    network.classes = {VehicleClassSpec{}, VehicleClassSpec{.speed_max_mps = 36 / 3.6}};
    Rig rig(sheet_road(), network);
    rig.trip("ABC", 0, kTruckClass);
    rig.build();
    rig.run_until_s(1000);
    CHECK(summarise(*rig.system).mean_travel_time_s == doctest::Approx(150));
    CHECK(summarise(*rig.system).mean_delay_s == doctest::Approx(0).epsilon(1e-5));
    Rig queue(sheet_road());
    for (int i = 0; i < 3; ++i)
        queue.trip("ABC", 0);
    queue.build();
    queue.run_until_s(1000);
    CHECK(summarise(*queue.system).mean_delay_s == doctest::Approx(2.34));  // 0, 2.34, 4.68
}

TEST_CASE("a truck takes two units of storage and of headway") {
    NetworkOptions network;
    network.classes = {VehicleClassSpec{}, VehicleClassSpec{.pce = 2.0, .speed_max_mps = 36 / 3.6}};
    Rig rig(sheet_road(), network);
    for (int i = 0; i < 80; ++i)
        rig.trip("ABC", 0, kTruckClass);
    rig.command(EventKind::kCloseLink, link(rig.graph, "BC"), 1);
    rig.build();
    rig.run_until_s(3600);
    CHECK(rig.entered(link(rig.graph, "AB")) == 50);
    CHECK(rig.inserted_s(VehicleId(10)) == doctest::Approx(46.8));  // 10 headways of 4.68 s
}

TEST_CASE("on one lane nobody overtakes a slow truck; on two lanes a car does") {
    for (const int lanes : {1, 2}) {
        NetworkOptions network;
        network.classes = {VehicleClassSpec{}, VehicleClassSpec{.pce = 1.0, .speed_max_mps = 5}};
        auto data =
            ascii_roads("A--->B--->C",
                        {.cell_m = 187.5, .lane_count = lanes, .capacity_pcuph = 1500.0 * lanes});
        Rig rig(std::move(data), network);
        const VehicleId truck = rig.trip("ABC", 0, kTruckClass);
        const VehicleId car = rig.trip("ABC", 10);
        rig.build();
        rig.run_until_s(2000);
        CHECK((rig.arrived_s(car) < rig.arrived_s(truck)) == (lanes == 2));
    }
}

TEST_CASE("four full links in a ring with every head turning on are reported as one knot") {
    // Each link stores 100; the first 400 vehicles fill the ring, then nothing moves any more.
    Rig rig(sheet_road("A---->B\n^     |\n|     |\n|     |\n|     |\n|     v\nD<----C"));
    for (int i = 0; i < 150; ++i) {
        rig.trip("ABCDA", 0);
        rig.trip("BCDAB", 0);
        rig.trip("CDABC", 0);
        rig.trip("DABCD", 0);
    }
    rig.build();
    rig.run_until_s(20'000);
    const Gridlock knot = find_gridlock(*rig.system);
    CHECK(knot.links.size() == 4);
    const TrafficSummary before = summarise(*rig.system);
    rig.run_until_s(80'000);
    const TrafficSummary after = summarise(*rig.system);
    CHECK(before.arrived == after.arrived);
    CHECK(after.on_road == 400);
    CHECK(knot.vehicle_count == 400);
    CHECK(after.planned == after.arrived + after.on_road + after.at_origin);
    CHECK(after.storage_holds);
}
