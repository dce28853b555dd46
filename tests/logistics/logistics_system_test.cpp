#include "logistics/logistics_system.h"

#include <doctest/doctest.h>

#include <cstdio>

#include "logistics/parcel_town.h"

namespace jiahe::logistics {
namespace {

const City& town_city() {
    static const City city = parcel_city();
    return city;
}

std::string hash_of(const kernel::Simulator& simulator) {
    return simulator.state_hash().to_hex();
}

}  // namespace

TEST_CASE("a day's parcels are delivered, and nothing is lost at any moment") {
    // 72 zones of 400 residents at 0.34: 9,792 parcels expected, sd sqrt(1.96 * 9792) = 139.
    ParcelTown town(town_city(), parcel_options());
    CHECK(std::abs(static_cast<double>(town.orders.size()) - 9792) < 3.3 * 139);
    for (int hour = 1; hour <= 19; ++hour) {
        town.run(hours(hour));
        const auto broken = audit_logistics(town.logistics);
        REQUIRE_MESSAGE(broken.empty(), broken.front());
        const LogisticsSummary s = town.summary();
        REQUIRE(s.parcels == s.expected + s.in_hub + s.on_van + s.delivered + s.returned);
    }
    const LogisticsSummary s = town.summary();
    CHECK(s.on_van == 0);
    CHECK(s.expected == 0);
    CHECK(static_cast<double>(s.delivered) >= 0.99 * static_cast<double>(s.parcels));
    CHECK(s.on_time + s.late == s.due);
    CHECK(static_cast<double>(s.on_time) >= 0.8 * static_cast<double>(s.due));
    // A quarter goes to doors, where 4.4 % fail: 1.1 % of first attempts; sd 0.1 %.
    CHECK(static_cast<double>(s.first_failures) / static_cast<double>(s.first_attempts) ==
          doctest::Approx(.011).epsilon(.35));
    CHECK(s.parcels_per_van_hour > 20);
    CHECK(s.load_share <= 1);
    CHECK(s.eta_error_p50_min <= s.eta_error_p90_min);
    CHECK(s.recirculated_share == doctest::Approx(.02).epsilon(.25));
    CHECK(s.cost_per_parcel_fen > 0);
    for (const VanState& van : town.logistics.vans())
        CHECK(van.status == static_cast<std::uint32_t>(VanStatus::kIdle));
}

TEST_CASE("hours of vans count while they are out, not only when they are back") {
    ParcelTown town(town_city(), parcel_options());
    town.run(hours(4));
    const LogisticsSummary before = town.summary();
    CHECK(before.delivered > 0);
    std::int64_t out = 0, finished_us = 0;
    for (const VanState& van : town.logistics.vans()) {
        const auto status = static_cast<VanStatus>(van.status);
        out += status == VanStatus::kDriving || status == VanStatus::kAtCall ? 1 : 0;
        finished_us += van.busy_us;
    }
    REQUIRE(out > 5);
    CHECK(before.van_hours > static_cast<double>(finished_us) / 3600e6 + 0.5);
    // A second later each of them has been out for one more.
    town.run(hours(4) + whole_seconds(1));
    CHECK((town.summary().van_hours - before.van_hours) * 3600 ==
          doctest::Approx(static_cast<double>(out)).epsilon(1e-6));
    CHECK(before.parcels_per_van_hour < 120);  // no van serves a call in less than half a minute
}

TEST_CASE("the same bits for any threads and partitions, and after a snapshot") {
    const SimTime until = hours(12);
    ParcelTown reference(town_city(), parcel_options());
    reference.run(until);
    const std::string expected = hash_of(reference.simulator);
    for (const std::pair<int, int>& cut : {std::pair{1, 3}, {2, 1}, {2, 16}}) {
        const int threads = cut.first, partitions = cut.second;
        CAPTURE(threads);
        CAPTURE(partitions);
        TownOptions town;
        town.run.threads = threads;
        town.run.partitions = partitions;
        ParcelTown other(town_city(), parcel_options(), town);
        other.run(until);
        CHECK(hash_of(other.simulator) == expected);
    }
    const std::string file = "logistics_system_test.snapshot";
    ParcelTown first(town_city(), parcel_options());
    first.run(hours(8));
    first.simulator.save(file, "town");
    ParcelTown resumed(town_city(), parcel_options());
    resumed.simulator.load(file, "town");
    resumed.run(until);
    std::remove(file.c_str());
    CHECK(hash_of(resumed.simulator) == expected);
    ParcelTown another_seed(town_city(), [] {
        LogisticsOptions options = parcel_options();
        options.orders.seed = 2;
        return options;
    }());
    another_seed.run(until);
    CHECK(hash_of(another_seed.simulator) != expected);
}

TEST_CASE("three attempts at doors that open half the time return an eighth of the parcels") {
    LogisticsOptions options = parcel_options();
    options.orders.handover_share = {1, 0, 0};
    options.orders.waves = {{hours(0), minutes(135), hours(9), 1}};
    options.orders.share = 0.2;
    options.first_success = 0.5;
    options.diversion = 0;
    options.redispatch = minutes(30);
    ParcelTown town(town_city(), options);
    town.run(hours(20));
    const LogisticsSummary s = town.summary();
    CHECK(s.in_hub + s.on_van == 0);
    // Returned .5^3 = .125 (sd of 1,900 parcels .0076), mean attempts 1 + .5 + .25 = 1.75.
    CHECK(static_cast<double>(s.returned) / static_cast<double>(s.parcels) ==
          doctest::Approx(.125).epsilon(.2));
    CHECK(static_cast<double>(s.attempts) / static_cast<double>(s.parcels) ==
          doctest::Approx(1.75).epsilon(.04));
    CHECK(audit_logistics(town.logistics).empty());
}

TEST_CASE("a failed door that is diverted is delivered to the station with the next tour") {
    LogisticsOptions options = parcel_options();
    options.orders.handover_share = {1, 0, 0};
    options.orders.share = 0.1;
    options.first_success = 0;
    options.diversion = 1;
    ParcelTown town(town_city(), options);
    town.run(hours(20));
    const LogisticsSummary s = town.summary();
    CHECK(s.delivered == s.parcels);
    CHECK(s.attempts == 2 * s.parcels);
    CHECK(s.diverted == s.parcels);
    CHECK(s.first_failures == s.first_attempts);
}

TEST_CASE("slow roads make parcels late, and the next plan knows") {
    LogisticsOptions options = parcel_options();
    options.orders.waves[0].promise = hours(6);
    const auto on_time = [&](double slowness) {
        TownOptions town;
        town.slowness = slowness;
        ParcelTown run(town_city(), options, town);
        run.run(hours(20));
        return run.summary();
    };
    const LogisticsSummary normal = on_time(1), slow = on_time(4);
    CHECK(slow.on_time < normal.on_time);
    CHECK(slow.eta_error_p90_min > normal.eta_error_p90_min);
    CHECK(slow.van_hours > normal.van_hours);
    // Had the afternoon's plan not learned, its arrivals would be as wrong as the morning's.
    TownOptions town;
    town.slowness = 4;
    options = parcel_options();
    options.times.handling_median_s = options.times.park_s = 5;  // the drives decide
    const City city = parcel_city(400, 60);  // vans for all of the morning's parcels at once
    ParcelTown run(city, options, town);
    const auto most_min = [&](std::vector<std::uint32_t> before) {
        std::uint64_t total = 0, below = 0;
        std::vector<std::uint64_t> count(kEtaBins, 0);
        for (std::size_t i = 0; i < run.logistics.eta_errors().size(); ++i) {
            const std::uint32_t base = before.empty() ? 0 : before[i];
            count[i % kEtaBins] += run.logistics.eta_errors()[i] - base;
            total += run.logistics.eta_errors()[i] - base;
        }
        std::size_t bin = 0;
        while (10 * (below += count[bin]) < 9 * total)  // nine of ten
            ++bin;
        return bin;
    };
    run.run(hours(9));
    const std::size_t morning = most_min({});
    const std::vector<std::uint32_t> before(run.logistics.eta_errors().begin(),
                                            run.logistics.eta_errors().end());
    run.run(hours(20));
    CHECK(most_min(before) < morning);
}

TEST_CASE("a hub out of contact puts its dispatch off and keeps its scans") {
    TownOptions outage;
    outage.keep_records = true;
    outage.script = {{minutes(100), 0, EventKind::kLoseContact},
                     {minutes(155), 0, EventKind::kRegainContact}};
    ParcelTown cut(town_city(), parcel_options(), outage);
    TownOptions plain;
    plain.keep_records = true;
    ParcelTown normal(town_city(), parcel_options(), plain);
    for (ParcelTown* town : {&cut, &normal})
        town->run(minutes(150));
    CHECK(cut.logistics.hubs()[0].lost_contact == 1);
    CHECK(cut.logistics.hubs()[0].dispatches == 0);
    CHECK(cut.logistics.hubs()[0].postponed > 0);
    CHECK(normal.logistics.hubs()[0].dispatches == 1);
    // The other hub, and all before the outage, is as without it.
    CHECK(cut.logistics.hubs()[1].dispatches == 1);
    for (ParcelTown* town : {&cut, &normal})
        town->run(hours(20));
    const LogisticsSummary s = cut.summary();
    CHECK(s.scans_waiting == 0);
    CHECK(s.dispatches_put_off == cut.logistics.hubs()[0].postponed);
    CHECK(cut.records.sum_b(RecordKind::kScansMade) == s.scans);
    CHECK(normal.records.sum_b(RecordKind::kScansMade) == normal.summary().scans);
    CHECK(s.mean_delivery_s > normal.summary().mean_delivery_s);
    const auto before = [](const ParcelTown& town) {
        std::size_t n = 0;
        while (n < town.records.all.size() && town.records.all[n].time_us < minutes(100).us)
            ++n;
        return n;
    };
    REQUIRE(before(cut) == before(normal));
    for (std::size_t i = 0; i < before(cut); ++i) {
        const kernel::Record& a = cut.records.all[i];
        const kernel::Record& b = normal.records.all[i];
        REQUIRE(std::tuple(a.time_us, a.kind, a.entity, a.a, a.b, a.c) ==
                std::tuple(b.time_us, b.kind, b.entity, b.a, b.b, b.c));
    }
}

TEST_CASE("tolls are booked to the van and its hub, to the fen") {
    TownOptions town;
    town.script = {{hours(3), 0, EventKind::kBookToll, kernel::pack(2, 350)},
                   {hours(4), 0, EventKind::kBookToll, kernel::pack(2, 1)},
                   {hours(4), 1, EventKind::kBookToll, kernel::pack(15, 99)}};
    ParcelTown run(town_city(), parcel_options(), town);
    run.run(hours(5));
    CHECK(run.logistics.vans()[2].toll_fen == 351);
    CHECK(run.logistics.vans()[15].toll_fen == 99);
    CHECK(run.summary().toll_fen == 450);
    CHECK(audit_logistics(run.logistics).empty());
}

TEST_CASE("customers who are told an arrival are promised that, and no later than the wave") {
    LogisticsOptions options = parcel_options();
    options.told_window = minutes(20);
    ParcelTown town(town_city(), options);
    town.run(hours(20));
    ParcelTown vague(town_city(), parcel_options());
    vague.run(hours(20));
    CHECK(town.summary().delivered == vague.summary().delivered);
    CHECK(town.summary().on_time < vague.summary().on_time);
    for (std::uint32_t p = 0; p < town.orders.size(); ++p)
        REQUIRE(town.logistics.promise(p) <= vague.logistics.promise(p));
}

TEST_CASE("vans wait for a loading bay, those of long tours first") {
    const auto leaving = [&](int bays) {
        LogisticsOptions options = parcel_options();
        options.loading_bays = bays;
        TownOptions keep;
        keep.keep_records = true;
        ParcelTown town(town_city(), options, keep);
        town.run(minutes(139));  // planned at 135 minutes, in force five minutes later
        std::vector<std::pair<std::int64_t, std::uint32_t>> tours;  // parcels, van, hub 0
        for (const kernel::Record& r : town.records.all) {
            const bool planned =
                r.own_kind() == static_cast<std::uint8_t>(RecordKind::kTourPlanned);
            if (planned && r.owner().index() == 0) tours.emplace_back(r.c, r.a);
        }
        REQUIRE(tours.size() >= 3);
        town.run(bays == 1 ? hours(5) : minutes(155));
        std::vector<std::int64_t> left_us;
        for (const auto& [parcels, van] : tours)
            left_us.push_back(town.logistics.vans()[van].out_since_us);
        return std::pair{tours, left_us};
    };
    // One bay: each van leaves when it and all before it are loaded, three seconds a parcel.
    const auto [tours, left_us] = leaving(1);
    std::int64_t parcels = 0;
    for (std::size_t i = 0; i < tours.size(); ++i) {
        parcels += tours[i].first;
        CHECK(left_us[i] == (minutes(140) + whole_seconds(3) * parcels).us);
    }
    // A bay for each: all are loaded at once.
    const auto [same, early_us] = leaving(100);
    for (std::size_t i = 0; i < same.size(); ++i)
        CHECK(early_us[i] == (minutes(140) + whole_seconds(3) * same[i].first).us);
}

TEST_CASE("parcels of a call are handed over door by door") {
    LogisticsOptions options = parcel_options();
    options.orders.handover_share = {1, 0, 0};
    ParcelTown town(town_city(), options);
    town.run(hours(20));
    std::int64_t in_between = 0, calls = 0;
    for (const PlanCall& call : town.logistics.calls()) {
        if (call.parcel_count == 0) continue;
        std::int64_t last_us = 0;
        std::uint32_t times = 0;
        for (std::uint32_t i = 0; i < call.parcel_count; ++i) {
            const std::uint32_t p = town.logistics.planned_parcels()[call.first_parcel + i];
            const ParcelState& parcel = town.logistics.parcels()[p];
            if (parcel.attempts != 1 || parcel.delivered_us < 0) continue;
            CHECK(parcel.delivered_us >= last_us);
            times += parcel.delivered_us > last_us ? 1 : 0;
            last_us = parcel.delivered_us;
        }
        CHECK(times <= call.doors);
        in_between += times;
        ++calls;
    }
    CHECK(in_between > 5 * calls);
}

TEST_CASE("vans ride the roads once a call, and homewards, unless they stand there already") {
    TownOptions options;
    options.keep_records = true;
    ParcelTown town(town_city(), parcel_options(), options);
    town.run(hours(20));
    const LogisticsSummary s = town.summary();
    CHECK(town.roads.rides() == town.records.count(RecordKind::kVanLeaves));
    CHECK(town.roads.rides() <= static_cast<std::uint64_t>(s.calls + s.tours));
    CHECK(town.records.count(RecordKind::kTourPlanned) == static_cast<std::size_t>(s.tours));
    CHECK(town.records.count(RecordKind::kParcelDelivered) ==
          static_cast<std::size_t>(s.delivered));
    CHECK(town.records.count(RecordKind::kParcelReturned) == static_cast<std::size_t>(s.returned));
}

}  // namespace jiahe::logistics
