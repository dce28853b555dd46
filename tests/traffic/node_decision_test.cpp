// The node oracles of the traffic sheet, section 2.
#include <doctest/doctest.h>

#include "rig.h"
#include "traffic/traffic_system.h"

using namespace jiahe;
using namespace jiahe::traffic;

namespace {

// A and B merge at M into MC. Returns vehicles that passed M from A and from B in an hour.
std::pair<double, double> merge(double capacity_a, double capacity_b, double capacity_out,
                                double demand_a, double demand_b) {
    auto data = ascii_roads("A-->M-->C\n    ^\n    |\n    B",
                            {.cell_m = 400, .lane_count = 2, .capacity_pcuph = 2000});
    link(data, "AM").capacity_pcuph = capacity_a;
    link(data, "BM").capacity_pcuph = capacity_b;
    link(data, "MC").capacity_pcuph = capacity_out;
    Rig rig(std::move(data));
    rig.flow("AMC", 0, demand_a, static_cast<int>(demand_a * 1.6));
    rig.flow("BMC", 0, demand_b, static_cast<int>(demand_b * 1.6));
    rig.build();
    rig.run_until_s(1000);
    const double a = rig.left(link(rig.graph, "AM"));
    const double b = rig.left(link(rig.graph, "BM"));
    rig.run_until_s(4600);
    return {rig.left(link(rig.graph, "AM")) - a, rig.left(link(rig.graph, "BM")) - b};
}

}  // namespace

TEST_CASE("a saturated merge of 2,000 and 1,000 into 1,800 shares 1,200 to 600") {
    const auto [a, b] = merge(2000, 1000, 1800, 4000, 4000);
    CHECK(std::abs(a - 1200) <= 2);
    CHECK(std::abs(b - 600) <= 2);
}

TEST_CASE(
    "a merge gives the small demand all it wants: 400 and 1,000 into 1,200 pass 400 and 800") {
    const auto [a, b] = merge(2000, 1000, 1200, 400, 1000);
    CHECK(std::abs(a - 400) <= 2);
    CHECK(std::abs(b - 800) <= 2);
}

TEST_CASE("raising a demand that is already supply-bound changes nothing") {
    const auto [a, b] = merge(2000, 1000, 1200, 400, 5000);
    CHECK(std::abs(a - 400) <= 2);
    CHECK(std::abs(b - 800) <= 2);
}

namespace {

// Demand 1,800/h half to X (supply 300/h) and half to Y (ample), from D over AD.
std::pair<double, double> diverge(bool separate_lanes) {
    auto data = ascii_roads("A---->D-->X\n      |\n      v\n      Y",
                            {.cell_m = 500, .lane_count = 2, .capacity_pcuph = 3600});
    link(data, "DX").capacity_pcuph = 300;
    if (separate_lanes) {
        const std::int64_t ad = link(data, "AD").id;
        data.movements.push_back({1, ad, link(data, "DX").id, TurnType::kThru, 1, 1, false});
        data.movements.push_back({2, ad, link(data, "DY").id, TurnType::kRight, 2, 2, false});
    }
    Rig rig(std::move(data));
    for (int i = 0; i < 3000; ++i)
        rig.trip(i % 2 == 0 ? "ADX" : "ADY", i * 2.0);
    rig.build();
    rig.run_until_s(1000);
    const double x = rig.entered(link(rig.graph, "DX"));
    const double y = rig.entered(link(rig.graph, "DY"));
    rig.run_until_s(2200);
    return {(rig.entered(link(rig.graph, "DX")) - x) * 3,
            (rig.entered(link(rig.graph, "DY")) - y) * 3};
}

}  // namespace

TEST_CASE("a diverge with one shared queue passes 300 and 300, with lane groups 300 and 900") {
    const auto shared = diverge(false);
    CHECK(shared.first == doctest::Approx(300).epsilon(0.02));
    CHECK(shared.second == doctest::Approx(300).epsilon(0.02));
    const auto separate = diverge(true);
    CHECK(separate.first == doctest::Approx(300).epsilon(0.02));
    CHECK(separate.second == doctest::Approx(900).epsilon(0.02));
}

TEST_CASE("a fixed signal delays uniform arrivals by 0.5 C (1 - g/C)^2 / (1 - x g/C) = 11.25 s") {
    // C 60 s, green 30 s, saturation 1,800/h, arrivals 600/h: x = 0.667.
    auto data =
        ascii_roads("A--->S--->C", {.cell_m = 200, .lane_count = 1, .capacity_pcuph = 1800});
    node(data, 'S').control = NodeControl::kSignal;
    data.movements.push_back(
        {1, link(data, "AS").id, link(data, "SC").id, TurnType::kThru, 1, 1, true});
    data.signals.push_back({node(data, 'S').id, 0, {{{1}, 30, 30}}});
    NetworkOptions network;
    network.start_up_loss_s = 0;
    Rig rig(std::move(data), network);
    // The formula is for a continuous flow: arrivals drift slowly through all phases of the cycle.
    const int count = 6000;
    for (int i = 0; i < count; ++i)
        rig.trip("ASC", i * 6.001);
    rig.build();
    rig.run_until_s(40'000);
    const double free_s = 2 * 1000 / (50 / 3.6);
    double total_s = 0;
    for (int v = 0; v < count; ++v) {
        total_s += rig.arrived_s(VehicleId(v)) - v * 6.001 - free_s;
    }
    CHECK(total_s / count == doctest::Approx(11.25).epsilon(0.06));
}

TEST_CASE("a red light stops, and the first vehicle leaves at the first green") {
    auto data =
        ascii_roads("A--->S--->C", {.cell_m = 200, .lane_count = 1, .capacity_pcuph = 1800});
    node(data, 'S').control = NodeControl::kSignal;
    data.movements.push_back(
        {1, link(data, "AS").id, link(data, "SC").id, TurnType::kThru, 1, 1, true});
    data.signals.push_back({node(data, 'S').id, 10, {{{1}, 20, 40}}});
    NetworkOptions network;
    network.start_up_loss_s = 2;
    Rig rig(std::move(data), network);
    const VehicleId v = rig.trip("ASC", 0);   // reaches S at 72 s: green 70-90, effective from 72
    const VehicleId w = rig.trip("ASC", 20);  // reaches S at 92 s: next effective green at 132 s
    rig.build();
    rig.run_until_s(1000);
    CHECK(rig.arrived_s(v) == doctest::Approx(72 + 72));
    CHECK(rig.arrived_s(w) == doctest::Approx(132 + 72));
}
