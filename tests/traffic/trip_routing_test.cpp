// Routes at epochs: from the last published times, around what is closed, for whom it is worth it.
#include "traffic/trip_routing.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "traffic/rig.h"
#include "traffic/traffic_indicators.h"

using namespace jiahe;
using namespace jiahe::traffic;

namespace {

// From B to D there is a straight way of 800 m and one of 2,400 m over C and E; 72 km/h = 20 m/s.
RoadGraphData two_ways() {
    return ascii_roads("A-->B-->D\n    |   ^\n    v   |\n    C-->E",
                       {.cell_m = 200, .speed_kmh = 72, .lane_count = 1, .capacity_pcuph = 1500});
}

TEST_CASE("a trip without a route gets the quickest at the epoch before it departs") {
    Rig rig(two_ways());
    const VehicleId v = rig.free_trip('A', 'D', 400);
    rig.build();
    rig.run_until_s(300);  // the epoch at 300 s is the last before
    CHECK(rig.system->remaining_route(v).empty());
    rig.run_until_s(2000);
    CHECK(rig.arrived_s(v) == doctest::Approx(400 + 80));
}

TEST_CASE(
    "a trip that departs while the straight way is closed takes the other, from an epoch on") {
    for (const bool in_time : {false, true}) {
        Rig rig(two_ways());
        rig.command(EventKind::kCloseLink, link(rig.graph, "BD"), 1);
        // Routed at 0 s, when all was open, or at 300 s.
        const VehicleId v = rig.free_trip('A', 'D', in_time ? 400 : 100);
        rig.build();
        rig.run_until_s(3000);
        CHECK((rig.arrived_s(v) > 0) == in_time);
        CHECK((rig.left_us(v, link(rig.graph, "CE")) > 0) == in_time);
        // Nobody is ever informed where the share is 0: the other waits before the closed link.
        if (!in_time) CHECK(rig.system->status(v) == VehicleStatus::kQueued);
    }
}

TEST_CASE("who stands before a closed link is rerouted at the next epoch, informed or not") {
    Rig rig(two_ways());
    rig.options.reroute_share = 1e-9;
    rig.command(EventKind::kCloseLink, link(rig.graph, "BD"), 1);
    const VehicleId v = rig.trip("ABD", 100);  // at B from 140 s on
    rig.build();
    rig.run_until_s(3000);
    // At the epoch of 300 s it turns to C.
    CHECK(rig.left_us(v, link(rig.graph, "AB")) == 300'000'000);
    CHECK(rig.system->vehicles()[v.index()].reroute_count == 1);
    CHECK(rig.arrived_s(v) > 300);
}

TEST_CASE("who waits at its origin for a closed link sets out on another at the next epoch") {
    Rig rig(two_ways());
    rig.options.reroute_share = 1e-9;
    rig.command(EventKind::kCloseLink, link(rig.graph, "BD"), 1);
    const VehicleId v = rig.free_trip('B', 'D', 100);  // routed at 0 s, when all was open
    const VehicleId w = rig.trip("BD", 200);
    rig.build();
    rig.run_until_s(299);
    CHECK(rig.system->status(v) == VehicleStatus::kAtOrigin);
    rig.run_until_s(3000);
    CHECK(rig.inserted_s(v) == 300);
    CHECK(rig.inserted_s(w) == doctest::Approx(302.4));  // the headway of 1,500/h later
    CHECK(rig.left_us(w, link(rig.graph, "CE")) > 0);
    CHECK(rig.entered(link(rig.graph, "BD")) == 0);
    CHECK(summarise(*rig.system).arrived == 2);
}

TEST_CASE("only informed vehicles leave a slow way, and only where the other is better by enough") {
    // Both ways from B to F are 800 m and meet only there. DF passes 150/h, so a queue of vehicles
    // that come at 1,200/h stands on BD; going over C is soon better.
    const auto rerouted = [](double share, double threshold) {
        Rig rig(
            ascii_roads("A-->B-->D\n    |   |\n    v   v\n    C-->F",
                        {.cell_m = 100, .speed_kmh = 72, .lane_count = 1, .capacity_pcuph = 1500}));
        rig.options.reroute_share = share;
        rig.options.reroute_threshold = threshold;
        rig.options.routing_period = minutes(2);
        rig.command(EventKind::kLimitLink, link(rig.graph, "DF"), 1, 100);
        rig.flow("ABDF", 0, 1200, 150);
        rig.build();
        rig.run_until_s(1200);
        const auto reroutes = static_cast<int>(summarise(*rig.system).reroutes);
        CHECK(reroutes <= static_cast<int>(rig.entered(link(rig.graph, "BC"))));
        return static_cast<int>(rig.entered(link(rig.graph, "BC")));
    };
    CHECK(rerouted(0, 0.05) == 0);
    const int some = rerouted(0.2, 0.05), all = rerouted(1, 0.05);
    CHECK(some > 0);
    CHECK(all > some);
    CHECK(rerouted(1, 0.99) == 0);
}

TEST_CASE("a trip to where no way leads is told, and departs nowhere") {
    Rig rig(two_ways());
    const VehicleId v = rig.free_trip('D', 'A', 10);  // D has no way out
    rig.build();
    rig.run_until_s(1000);
    CHECK(rig.system->status(v) == VehicleStatus::kNoRoute);
    CHECK(summarise(*rig.system).no_route == 1);
}

TEST_CASE("given routes that do not hold together are refused with their row") {
    const auto code_of = [](auto&& spoil) {
        Rig rig(two_ways());
        rig.trip("ABD", 10);
        spoil(rig.trips, rig.graph);
        try {
            rig.build();
        } catch (const InputError& error) {
            return error.faults().front().code + " " + error.faults().front().message;
        }
        return std::string("accepted");
    };
    CHECK(code_of([](TripTable& t, const RoadGraph& g) {
              t.route_links[1] = link(g, "CE");
          }).starts_with("E-TRF-010 the turn from link"));
    CHECK(code_of([](TripTable& t, const RoadGraph& g) { t.destination[0] = node(g, 'E'); }) ==
          "E-TRF-010 does not lead from the origin to the destination of trip row 0");
}

}  // namespace
