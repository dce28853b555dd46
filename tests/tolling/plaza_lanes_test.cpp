// Queues and booths of a plaza against closed formulas, by simulation on the kernel.
#include <doctest/doctest.h>

#include <cmath>

#include "toll_town.h"
#include "tolling/queueing.h"

namespace jiahe::tolling {
namespace {

struct QueueRun {
    double wait_s = 0;
    double queue = 0;  // mean number waiting, by Little's law over the whole run
};

// A plaza of `lanes` manual lanes until all `count` vehicles have left.
QueueRun run_queue(TollingOptions options, std::size_t lanes, double vph, std::uint32_t count,
                   std::uint64_t seed) {
    Feed feed{vph / 3600, count, 0, 0, {}};
    const double length_s = count / feed.rate_per_s * 1.05 + 3600;
    TollTown town(one_plaza(lanes, LaneKind::kManual, 20'000), std::move(options), {feed},
                  {{seed, 1, 1}, {}, {}});
    town.run(ceil_seconds(length_s));
    const TollingKpis kpis = town.kpis();
    REQUIRE(kpis.plazas[0].left == count);
    return {kpis.plazas[0].wait_mean_s, kpis.plazas[0].wait_mean_s * feed.rate_per_s};
}

DurationDistribution zhou() {
    return DurationDistribution::truncated_normal(14.1, std::sqrt(7.33));
}

}  // namespace

TEST_CASE("a lane with constant service waits as M/D/1 says") {
    // rho 0.8, 6.18 s: 12.36 s. Deviation of the mean at 400,000 vehicles is about 1 %.
    const auto options = plain_service(DurationDistribution::fixed(6.18));
    const QueueRun run = run_queue(options, 1, 0.8 / 6.18 * 3600, 400'000, 1);
    MESSAGE("M/D/1 wait " << run.wait_s << " s, formula 12.36 s");
    CHECK(run.wait_s == doctest::Approx(12.36).epsilon(0.03));
}

TEST_CASE("an ETC lane waits as M/G/1 says at two levels of service") {
    const auto options =
        plain_service(DurationDistribution::truncated_normal(6.18, std::sqrt(4.61)));
    const QueueRun level_3 = run_queue(options, 1, 433, 400'000, 1);
    const QueueRun level_4 = run_queue(options, 1, 285, 400'000, 1);
    MESSAGE("M/G/1 waits " << level_3.wait_s << " s at 433/h, " << level_4.wait_s << " s at 285/h");
    CHECK(level_3.wait_s == doctest::Approx(10.03).epsilon(0.03));
    CHECK(level_4.wait_s == doctest::Approx(3.32).epsilon(0.02));
}

TEST_CASE("a lane with move-up waits as M/G/1 whose first customer needs none") {
    // Wait to the own service = Welch's wait + the move-up of those who queued. The share that
    // queues is 1 - P(empty), P(empty) = (1 - rho) / (1 - rho + lambda E0).
    TollingOptions options = plain_service(DurationDistribution::fixed(2.56));
    options.service.move_up[0].fill(DurationDistribution::fixed(3.62));
    const double rate = 433.0 / 3600;
    const double use = rate * 6.18;
    const double queues = 1 - (1 - use) / (1 - use + rate * 2.56);
    const double expected = mg1_first_differs_wait_s(rate, {2.56, 0}, {6.18, 0}) + queues * 3.62;
    const QueueRun run = run_queue(options, 1, 433, 400'000, 1);
    MESSAGE("wait with move-up " << run.wait_s << " s, formula " << expected << " s");
    CHECK(run.wait_s == doctest::Approx(expected).epsilon(0.03));
}

TEST_CASE("a common queue meets Zhou's M/G/K for one lane over a million arrivals") {
    for (const auto& [vph, queue] : {std::pair{210.0, 1.976}, {233.0, 4.939}}) {
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            TollingOptions options = plain_service(zhou());
            options.lane_choice = LaneChoice::kCommonQueue;
            const QueueRun run = run_queue(options, 1, vph, 1'000'000, seed);
            MESSAGE("K 1, " << vph << " veh/h, seed " << seed << ": queue " << run.queue
                            << ", formula " << queue);
            CHECK(run.queue == doctest::Approx(queue).epsilon(0.08));
        }
    }
}

TEST_CASE("a common queue meets Zhou's M/G/K for four lanes") {
    for (const auto& [vph, queue] : {std::pair{866.0, 1.982}, {940.0, 4.973}}) {
        TollingOptions options = plain_service(zhou());
        options.lane_choice = LaneChoice::kCommonQueue;
        const QueueRun run = run_queue(options, 4, vph, 1'000'000, 1);
        MESSAGE("K 4, " << vph << " veh/h: queue " << run.queue << ", formula " << queue);
        CHECK(run.queue == doctest::Approx(queue).epsilon(0.08));
    }
}

TEST_CASE("queues of their own wait longer than a common queue under common random numbers") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        for (const std::size_t lanes : {std::size_t{2}, std::size_t{4}}) {
            TollingOptions options = plain_service(zhou());
            const double vph = 0.85 * static_cast<double>(lanes) * 3600 / 14.1;
            const QueueRun own = run_queue(options, lanes, vph, 60'000, seed);
            options.lane_choice = LaneChoice::kCommonQueue;
            const QueueRun common = run_queue(options, lanes, vph, 60'000, seed);
            CHECK(own.wait_s >= common.wait_s);
        }
    }
}

TEST_CASE("a saturated ETC lane passes 3600 / (TS + k TG) vehicles an hour") {
    for (const auto& [k, vph] : {std::pair{1.0, 582.5}, {0.0, 1406.25}}) {
        TollingOptions options;  // Yang's distributions
        options.service.failures = {0, 0, 0, 0, 0, 2, 0, 0, 0};
        options.service.exposed_move_up_share = k;
        const Feed feed{0, 60'000, 1, 0, {}};
        TollTown town(one_plaza(1, LaneKind::kEtc, 30), options, {feed});
        town.run(hours(40));
        const double passed = static_cast<double>(town.tolling.plazas()[0].left_count) / 40;
        MESSAGE("saturated ETC lane, k " << k << ": " << passed << " veh/h, Yang " << vph);
        CHECK(passed == doctest::Approx(vph).epsilon(0.01));
        CHECK(town.tolling.plazas()[0].inside == 30);
        CHECK(town.audit().empty());
    }
}

TEST_CASE("a saturated mixed lane passes 3600 over the mean headway, not the planner's line") {
    TollingOptions options;
    options.service.failures = {0, 0, 0, 0, 0, 2, 0, 0, 0};
    TollTown town(one_plaza(1, LaneKind::kMixed, 30), options, {Feed{0, 40'000, 0.5, 0, {}}});
    town.run(hours(80));
    const double passed = static_cast<double>(town.tolling.plazas()[0].left_count) / 80;
    CHECK(passed == doctest::Approx(mixed_lane_capacity_vph(0.5, 6.18, 14.1)).epsilon(0.01));
}

TEST_CASE("a follower moves up only after the vehicle before it has left the lane") {
    // Service 2 s, move-up 3 s, and the road beyond takes one vehicle in 10 s: departures 10 s
    // apart, the lane is blocked 10 - 2 - 3 = 5 s in each turn.
    TollingOptions options = plain_service(DurationDistribution::fixed(2));
    options.service.move_up[0].fill(DurationDistribution::fixed(3));
    const Feed feed{0, 20, 0, 0, whole_seconds(10)};
    TollTown town(one_plaza(1, LaneKind::kManual, 20), options, {feed},
                  {{}, {}, {RecordKind::kVehicleServed, RecordKind::kVehicleLeftPlaza}});
    town.run(hours(1));
    const auto served = town.records.of(RecordKind::kVehicleServed);
    const auto left = town.records.of(RecordKind::kVehicleLeftPlaza);
    REQUIRE(served.size() == 20);
    REQUIRE(left.size() == 20);
    CHECK(served[0].time_us == 2 + 2'000'000);
    for (std::size_t i = 1; i < 20; ++i) {
        CHECK(served[i].a == i);  // first come, first served
        CHECK(served[i].time_us == left[i - 1].time_us + 5'000'000);
        CHECK(left[i].time_us == left[0].time_us + static_cast<std::int64_t>(i) * 10'000'000);
    }
    const LaneState& lane = town.tolling.lanes()[0];
    CHECK(lane.busy_us == 20 * 2'000'000 + 19 * 3'000'000);
    CHECK(SimTime{lane.blocked_us}.seconds() == doctest::Approx(19 * 5).epsilon(1e-4));
    // The apron of 20 is full from the entry of all until the first leaves after 2 s.
    CHECK(town.kpis().plazas[0].full_min * 60 == doctest::Approx(2).epsilon(1e-5));
}

TEST_CASE("vehicles take the permitted lane with the least expected wait, ties by lane id") {
    TollSites sites = one_plaza(3, LaneKind::kManual, 10);
    sites.plazas[0].lanes = {LaneKind::kManual, LaneKind::kEtc, LaneKind::kMixed};
    TollingOptions options;
    options.service.failures = {0, 0, 0, 0, 0, 2, 0, 0, 0};
    SUBCASE("without units: manual and mixed in turn, never the ETC lane") {
        TollTown town(sites, options, {Feed{0, 6, 0, 0, {}}});
        town.run({10});
        const auto lanes = town.tolling.lanes();
        CHECK(lanes[0].count == 3);
        CHECK(lanes[1].count == 0);
        CHECK(lanes[2].count == 3);
    }
    SUBCASE("with units: ETC and mixed in turn, never the manual lane") {
        TollTown town(sites, options, {Feed{0, 5, 1, 0, {}}});
        town.run({10});
        const auto lanes = town.tolling.lanes();
        CHECK(lanes[0].count == 0);
        CHECK(lanes[1].count == 3);
        CHECK(lanes[2].count == 2);
    }
}

TEST_CASE("a truck lane admits large vehicles only") {
    TollSites sites = one_plaza(2, LaneKind::kManual, 10);
    sites.plazas[0].lanes = {LaneKind::kTruck, LaneKind::kManual};
    TollTown cars(sites, plain_service(DurationDistribution::fixed(5)), {Feed{0, 4, 0, 0, {}}});
    cars.run({10});
    CHECK(cars.tolling.lanes()[0].count == 0);
    CHECK(cars.tolling.lanes()[1].count == 4);
    TollTown trucks(sites, plain_service(DurationDistribution::fixed(5)), {Feed{0, 4, 0, 1, {}}});
    trucks.run({10});
    CHECK(trucks.tolling.lanes()[0].count == 2);
}

TEST_CASE("a closed lane finishes who is at the booth and shares out its queue") {
    TollTown town(one_plaza(2, LaneKind::kManual, 10),
                  plain_service(DurationDistribution::fixed(10)), {Feed{0, 8, 0, 0, {}}},
                  {{},
                   {{whole_seconds(5), 0, EventKind::kCloseLane, 0},
                    {whole_seconds(25), 0, EventKind::kOpenLane, 0}},
                   {}});
    town.run(whole_seconds(6));
    CHECK(town.tolling.lanes()[0].count == 1);
    CHECK(town.tolling.lanes()[1].count == 7);
    town.run(whole_seconds(12));
    CHECK(town.tolling.lanes()[0].count == 0);
    CHECK(town.tolling.lanes()[1].count == 6);
    town.run(hours(1));
    CHECK(town.tolling.plazas()[0].left_count == 8);
    CHECK(town.audit().empty());
}

TEST_CASE(
    "a limited lane or plaza takes the inverse of its share as long, until it is whole again") {
    // Service 10 s and move-up 5 s: 15 s apart; at a half 30 s apart, at a half of a half 60 s. The
    // limit at 300 s finds vehicle 20 at the booth (290 to 300 s and 5 s of move-up before).
    TollingOptions options = plain_service(DurationDistribution::fixed(10));
    options.service.move_up[0].fill(DurationDistribution::fixed(5));
    const auto limit = [](std::int64_t at_s, EventKind kind, std::uint32_t permille) {
        return Order{whole_seconds(at_s), 0, kind, 0, permille};
    };
    TollTown town(
        one_plaza(1, LaneKind::kManual, 60), options, {Feed{0, 60, 0, 0, {}}},
        {{},
         {limit(300, EventKind::kLimitLane, 500), limit(600, EventKind::kLimitPlaza, 500),
          limit(900, EventKind::kLimitLane, 1000), limit(900, EventKind::kLimitPlaza, 1000)},
         {}});
    const auto left_at = [&](std::int64_t s) {
        town.run(whole_seconds(s));
        return town.tolling.plazas()[0].left_count;
    };
    const std::uint32_t at_300 = left_at(300), at_600 = left_at(600), at_900 = left_at(900),
                        at_1200 = left_at(1200);
    CHECK(at_300 == 20);
    CHECK(at_600 - at_300 == 10);
    CHECK(at_900 - at_600 == 5);
    CHECK(std::abs(static_cast<int>(at_1200 - at_900) - 20) <= 2);
    CHECK(town.audit().empty());
}

TEST_CASE("a closed plaza keeps its vehicles and serves them when it opens") {
    TollTown town(one_plaza(2, LaneKind::kManual, 10),
                  plain_service(DurationDistribution::fixed(10)), {Feed{0, 30, 0, 0, {}}},
                  {{},
                   {{whole_seconds(5), 0, EventKind::kClosePlaza},
                    {whole_seconds(7), 0, EventKind::kClosePlaza},
                    {whole_seconds(300), 0, EventKind::kOpenPlaza},
                    {whole_seconds(600), 0, EventKind::kOpenPlaza}},
                   {}});
    town.run(whole_seconds(599));
    CHECK(town.tolling.plazas()[0].left_count == 2);  // the two at the booths
    CHECK(town.tolling.plazas()[0].inside == 10);     // and the apron full again behind them
    town.run(hours(1));
    CHECK(town.tolling.plazas()[0].left_count == 30);
    CHECK(town.audit().empty());
}

}  // namespace jiahe::tolling
