#include "telecom/telecom_system.h"

#include <doctest/doctest.h>

#include <cmath>

#include "telecom/small_network.h"

using namespace jiahe;
using namespace jiahe::telecom;

namespace {

NetworkOptions whole_links() {
    NetworkOptions options;
    options.usable_share = 1;
    return options;
}

void check_audits(const TelecomSummary& summary) {
    for (const TelecomAudit& line : audit(summary)) {
        CAPTURE(line.name);
        CHECK(line.left == line.right);
    }
}

}  // namespace

TEST_CASE("two hours without a link pile up 41.68 Gbit, drained 2,933 s after its return") {
    // Traffic sheet, section 4: 2.4 passages/s of 301.5 kB on 20 Mbit/s. Backlog 2.4 * 301,500 B *
    // 7,200 s = 5,209,920,000 B; drain = 41.679 Gbit / (20 - 5.7888 Mbit/s) = 2,932.9 s.
    Town town(small_sites(2), whole_links(), {});
    const int passages = static_cast<int>(2.4 * 4 * 3600);
    for (int i = 0; i < passages; ++i) {
        town.send(1 + i / 2.4, SiteKind::kGantry, "one", ServiceClass::kPassage, 301'500);
    }
    const std::uint32_t gantry = town.site(SiteKind::kGantry);
    const std::uint32_t link = town.network.access_link(gantry);
    town.change(3600, EventKind::kFailLink, link);
    town.change(3 * 3600, EventKind::kRestoreLink, link);
    town.simulator.build();
    const auto queued = [&] { return town.fluid(gantry, 0).queued_bytes; };
    town.simulator.run_until(whole_seconds(3600));
    CHECK(queued() <= 25 * 301'500);  // no more than the open period
    town.simulator.run_until(whole_seconds(3 * 3600));
    CHECK(queued() == 17'280LL * 301'500);
    town.simulator.run_until(whole_seconds(3 * 3600 + 2920));
    CHECK(queued() > 25 * 301'500);
    town.simulator.run_until(whole_seconds(3 * 3600 + 2960));
    CHECK(queued() <= 25 * 301'500);
    const ClassSummary passage = town.summary().service[0];
    CHECK(passage.max_latency_s > 6900);  // the first stored one waited two hours
    CHECK(passage.max_latency_s < 7500);
    check_audits(town.summary());
    std::int64_t told = 0;
    for (const auto& h : town.heard_of(RecordKind::kMessagesDelivered))
        told += h.b;
    CHECK(told <= passage.delivered_messages);
    CHECK(told >= passage.delivered_messages - 100);  // the last epoch's are told a second later
}

TEST_CASE("a site is told lost 10 s after its link fails and found 3 s after its return") {
    Town town(small_sites(2), whole_links(), {});
    const std::uint32_t plaza = town.site(SiteKind::kPlaza);
    const std::uint32_t link = town.network.access_link(plaza);
    town.change(100.5, EventKind::kFailLink, link);
    town.change(200.25, EventKind::kRestoreLink, link);
    town.change(300, EventKind::kFailLink, link);  // too short to be noticed
    town.change(305, EventKind::kRestoreLink, link);
    town.simulator.build();
    town.simulator.run_until(whole_seconds(150));
    CHECK(std::isinf(town.telecom.reply_time_s(plaza)));
    town.simulator.run_until(whole_seconds(400));
    CHECK(town.telecom.reply_time_s(plaza) < 0.2);
    const auto lost = town.heard_of(RecordKind::kSiteLostContact);
    const auto found = town.heard_of(RecordKind::kSiteRegainedContact);
    REQUIRE(lost.size() == 1);
    REQUIRE(found.size() == 1);
    CHECK(lost[0].time_s == 110.5);
    CHECK(lost[0].a == plaza);
    CHECK(lost[0].b == 100'500'000);
    CHECK(lost[0].c == link);
    CHECK(found[0].time_s == 203.25);
    CHECK(outage_s(town.telecom, plaza, town.simulator.now()) == doctest::Approx(99.75 + 5));
    CHECK(town.summary().outage_minutes == doctest::Approx(104.75 / 60));
}

TEST_CASE("a link that failed works again, at its share, where a limit follows the failure") {
    Town town(small_sites(2), whole_links(), {});
    const std::uint32_t plaza = town.site(SiteKind::kPlaza);
    const std::uint32_t link = town.network.access_link(plaza);
    town.change(100, EventKind::kFailLink, link);
    town.change(200, EventKind::kLimitLink, link, 250);
    town.simulator.build();
    town.simulator.run_until(whole_seconds(400));
    CHECK(town.heard_of(RecordKind::kSiteLostContact).size() == 1);
    CHECK(town.heard_of(RecordKind::kSiteRegainedContact).size() == 1);
    CHECK(outage_s(town.telecom, plaza, town.simulator.now()) == doctest::Approx(100));
    CHECK(town.telecom.rows().site[plaza].up_share_bps == doctest::Approx(25e6).epsilon(0.01));
}

TEST_CASE("a metro link or a data centre that fails takes all sites behind it, a second later") {
    NetworkOptions options = whole_links();
    options.cells_per_aggregation = 4;
    options.aggregations_per_metro = 2;
    for (const bool centre : {false, true}) {
        Town town(small_sites(4), options, {});  // 4 domains, 2 metros
        REQUIRE(town.network.domain_count() == 4);
        REQUIRE(town.network.metro_count() == 2);
        const std::uint32_t link = centre ? town.network.entry_link(0) : town.network.metro_link(1);
        town.change(60, EventKind::kFailLink, link);
        town.change(120, EventKind::kRestoreLink, link);
        town.simulator.build();
        town.simulator.run_until(whole_seconds(200));
        std::size_t behind = 0;
        for (std::uint32_t s = 0; s < town.network.site_count(); ++s) {
            behind += centre || town.network.metro_of_domain(town.network.domain_of_site(s)) == 1;
        }
        const auto lost = town.heard_of(RecordKind::kSiteLostContact);
        CHECK(lost.size() == behind);
        CHECK(town.heard_of(RecordKind::kSiteRegainedContact).size() == behind);
        for (const auto& h : lost) {
            CHECK(h.time_s == 70);  // the time-out runs from the cause
            CHECK(h.b == 60'000'000);
        }
        CHECK(town.summary().outage_minutes == doctest::Approx(static_cast<double>(behind)));
        check_audits(town.summary());
    }
}

TEST_CASE("a short message on an idle link takes T0, its bytes and the server's time") {
    TelecomOptions options;
    Town town(small_sites(2, 0, 0), whole_links(), options);
    town.send(5, SiteKind::kPlaza, "one", ServiceClass::kTransaction, 1000);
    town.simulator.build();
    town.simulator.run_until(whole_seconds(30));
    const std::uint32_t plaza = town.site(SiteKind::kPlaza);
    // Idle: share = access link of 100 Mbit/s; 1000 B take 80 us; the server 5 ms.
    const double expected = 13.01 * town.network.latency_s(plaza) + 8000 / 100e6 + 0.005;
    const ClassSummary s = town.summary().service[1];
    CHECK(s.delivered_messages == 1);
    CHECK(std::abs(s.mean_latency_s - expected) < 2e-6);
    CHECK(s.delivered_bytes == 1000 + 200);  // with its answer
    const auto told = town.heard_of(RecordKind::kMessagesDelivered);
    REQUIRE(told.size() == 1);
    CHECK(told[0].time_s == 11);
    CHECK(told[0].a == plaza);
    CHECK(told[0].aux == static_cast<std::uint16_t>(ServiceClass::kTransaction));
    CHECK(std::abs(static_cast<double>(told[0].c) * 1e-6 - expected) < 2e-6);
}

TEST_CASE("a day's cameras, heartbeats and citizens are offered to the byte") {
    TelecomOptions options;
    Town town(small_sites(2, 50, 3), whole_links(), options);
    town.simulator.build();
    town.simulator.run_until(hours(24) + kTick);  // with the epoch at 24:00
    const TelecomSummary s = town.summary();
    const auto of = [&](ServiceClass c) { return s.service[static_cast<std::size_t>(c)]; };
    CHECK(of(ServiceClass::kCamera).offered_bytes == 4LL * 3 * 500'000 * 86'400);
    CHECK(of(ServiceClass::kHeartbeat).offered_bytes == 7LL * 200 * 1440);
    // 50 + 25 + 5 + 10 users a cell, 25 MB an hour.
    CHECK(of(ServiceClass::kCitizenDown).offered_bytes +
              of(ServiceClass::kCitizenUp).offered_bytes ==
          4LL * 90 * 25'000'000 * 24);
    CHECK(s.dropped_bytes == 0);
    check_audits(s);
    // Hours add up to the day.
    std::int64_t sum = 0;
    for (std::uint32_t site = 0; site < town.network.site_count(); ++site) {
        for (std::size_t h = 0; h < 24; ++h) {
            sum += town.telecom.bytes_in_hour(site, h).offered_bytes;
        }
    }
    CHECK(sum == s.offered_bytes);
}

TEST_CASE("a crowd overloads its cells: live traffic is dropped, load is full, latency grows") {
    double latency_before = 0;
    double unserved_before = -1;
    for (const std::int64_t users : {500, 20'000, 100'000}) {
        TelecomOptions options;
        options.start_of_day = hours(18);
        NetworkOptions network = whole_links();
        network.access[0] = {10e9, 10e9};  // the radio is to be the bottleneck
        Town town(small_sites(2, users, 0), network, options);
        for (int i = 0; i < 300; ++i) {
            town.send(1200 + i, SiteKind::kCell, "c100", ServiceClass::kVanPosition, 200);
        }
        town.simulator.build();
        town.simulator.run_until(minutes(40));
        const TelecomSummary s = town.summary();
        CHECK(s.service[3].mean_latency_s >= latency_before);
        const double unserved =
            s.service[static_cast<std::size_t>(ServiceClass::kCitizenDown)].lost_share;
        CHECK(unserved >= unserved_before);
        latency_before = s.service[3].mean_latency_s;
        unserved_before = unserved;
        check_audits(s);
        if (users == 100'000) {
            CHECK(s.busiest_cell_load > 0.99);
            CHECK(unserved > 0.3);
        }
    }
}

TEST_CASE("a cell's load in a bin is the airtime that its bytes took there") {
    TelecomOptions options;
    options.start_of_day = hours(18);
    options.result_bin = minutes(10);
    options.duration = minutes(35);  // the last bin is cut short
    NetworkOptions network = whole_links();
    network.access[0] = {10e9, 10e9};
    Town town(small_sites(1, 20'000, 0), network, options);  // one cell: nobody disturbs its rate
    town.simulator.build();
    REQUIRE(town.telecom.bin_count() == 4);
    const auto down_bytes = [&] {
        std::int64_t bytes = 0;
        for (std::size_t k = 0; k < kCellSlotCount; ++k) {
            if (kFluidSlots[k].direction == Direction::kDown)
                bytes += town.fluid(0, k).delivered_bytes;
        }
        return bytes;
    };
    // Stopping at the instant after an epoch takes in the epoch itself.
    town.simulator.run_until(minutes(10) + kTick);
    const std::int64_t first = down_bytes();
    town.simulator.run_until(minutes(20) + kTick);
    const std::int64_t second = down_bytes();
    const double bps = town.telecom.rows().cell[0].down_bps;
    REQUIRE(second > first);
    CHECK(town.telecom.mean_load(0, 0) ==
          doctest::Approx(static_cast<double>(first) * 8 / (bps * 600)).epsilon(0.02));
    CHECK(town.telecom.mean_load(0, 1) ==
          doctest::Approx(static_cast<double>(second - first) * 8 / (bps * 600)).epsilon(0.02));
    CHECK(std::isnan(town.telecom.mean_load(0, 3)));  // not reached
    town.simulator.run_until(minutes(35));
    CHECK(town.summary().busiest_cell_load >= town.telecom.mean_load(0, 3));
    // The cell's citizens both ways and one heartbeat of each of four sites or their parts.
    CHECK(town.telecom.flows_under_way() >= 2);
    CHECK(town.telecom.flows_under_way() <=
          static_cast<std::int64_t>(town.telecom.rows().fluid.size()));
}

TEST_CASE("servers asked for twice what they can do wait ever longer, or refuse the rest") {
    // One core, 1 s a request, 2 requests a second for 600 s: (lambda - mu) t = 600 core-seconds.
    for (const ServerModel model : {ServerModel::kUnbounded, ServerModel::kLimited}) {
        TelecomOptions options;
        options.server = {model, 1, 10, whole_seconds(1)};
        Town town(small_sites(2, 0, 0), whole_links(), options);
        for (int i = 0; i < 1200; ++i) {
            town.send(0.25 + i / 2.0, SiteKind::kPlaza, "one", ServiceClass::kTransaction, 500);
        }
        town.simulator.build();
        town.simulator.run_until(whole_seconds(601));
        const CentreState& centre = town.telecom.rows().centre[0];
        CHECK(centre.requests == 1200);
        if (model == ServerModel::kUnbounded) {
            CHECK(centre.work_backlog_us == 600 * kMicrosPerSecond);
            CHECK(centre.delay_us > 600 * kMicrosPerSecond);
        } else {
            // M/M/1/10 at a = 2 loses .500244 of 1,200.
            CHECK(centre.refused == 600);
            CHECK(centre.delay_us ==
                  doctest::Approx(9.005374e6 / (2 * (1 - .500244))).epsilon(1e-5));
        }
    }
}

TEST_CASE("vehicles in a cell report by the field that is bound") {
    Town town(small_sites(2, 0, 0), whole_links(), {});
    town.telecom.bind_vehicle_count([](std::span<std::int64_t> vehicles) { vehicles[1] = 50; });
    town.simulator.build();
    town.simulator.run_until(minutes(10) + kTick);
    // 50 vehicles, 200 B every 10 s, from the start on.
    CHECK(town.fluid(1, kProbeSlot).offered_bytes == 50LL * 200 * 60);
    CHECK(town.fluid(0, kProbeSlot).offered_bytes == 0);
}

TEST_CASE("what a site has no contact for waits or is lost, class by class") {
    TelecomOptions options;
    options.store_bytes = 10'000;
    Town town(small_sites(2, 0, 0), whole_links(), options);
    const std::uint32_t hub = town.site(SiteKind::kHub);
    town.change(10, EventKind::kFailLink, town.network.access_link(hub));
    for (int i = 0; i < 30; ++i) {
        town.send(20 + i, SiteKind::kHub, "one", ServiceClass::kParcelScan, 500);
        town.send(20 + i, SiteKind::kHub, "one", ServiceClass::kVanPosition, 200);
    }
    town.change(100, EventKind::kRestoreLink, town.network.access_link(hub));
    town.simulator.build();
    town.simulator.run_until(whole_seconds(90));
    CHECK(town.summary().service[2].queued_messages == 20);  // the store holds 20 of 500 B
    town.simulator.run_until(whole_seconds(200));
    const TelecomSummary s = town.summary();
    CHECK(s.service[2].delivered_messages == 20);
    CHECK(s.service[2].dropped_messages == 10);
    CHECK(s.service[3].dropped_messages == 30);
    CHECK(s.service[2].max_latency_s > 60);
    check_audits(s);
}
