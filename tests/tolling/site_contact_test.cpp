// The chain of an outage at a plaza or gantry: list on site, degrading, stored records, restoring.
#include <doctest/doctest.h>

#include "toll_town.h"

namespace jiahe::tolling {
namespace {

constexpr std::uint8_t kOnline = static_cast<std::uint8_t>(Cause::kObuRead);
constexpr std::uint8_t kOffline = static_cast<std::uint8_t>(Cause::kObuOffline);
constexpr std::uint8_t kDegraded = static_cast<std::uint8_t>(Cause::kDegraded);

TownOptions outage(SimTime from, SimTime to, std::vector<RecordKind> kept = {}) {
    return {{},
            {{from, 0, EventKind::kLosePlazaContact}, {to, 0, EventKind::kRegainPlazaContact}},
            std::move(kept)};
}

TollingOptions without_failures() {
    TollingOptions options;
    options.service.failures.unread = options.service.failures.class_mismatch = 0;
    options.service.failures.blacklisted = options.service.failures.stray = 0;
    options.service.back_office.unlisted_share = 0;
    return options;
}

}  // namespace

TEST_CASE("an outage of an hour goes from the list on site to manual service and back") {
    // Lost 07:30, grace 10 min -> degraded 07:40; regained 08:30 -> restored at once.
    TollSites sites = one_plaza(3, LaneKind::kEtc, 40);
    sites.plazas[0].lanes = {LaneKind::kEtc, LaneKind::kManual, LaneKind::kMixed};
    TollTown town(
        sites, without_failures(), {Feed{0.1, 3000, 0.7, 0, {}}},
        outage(minutes(450), minutes(510), {RecordKind::kLaneDegraded, RecordKind::kLaneRestored}));
    town.run(hours(10));
    const auto degraded = town.records.of(RecordKind::kLaneDegraded);
    const auto restored = town.records.of(RecordKind::kLaneRestored);
    REQUIRE(degraded.size() == 2);  // the ETC and the mixed lane
    REQUIRE(restored.size() == 2);
    CHECK(degraded[0].a == 0);
    CHECK(degraded[1].a == 2);
    CHECK(degraded[0].time_us == minutes(460).us);
    CHECK(restored[0].time_us == minutes(510).us);
    const TollingKpis kpis = town.kpis();
    CHECK(kpis.plazas[0].degraded_min == 50);
    CHECK(kpis.plazas[0].offline_min == 60);
    // Causes follow the rules at the beginning of each service; a service lasts under a minute.
    for (const TollTransaction& row : town.ledger.rows()) {
        if (row.payment != static_cast<std::uint8_t>(Payment::kEtc)) continue;
        const double minute = SimTime{row.time_us}.seconds() / 60;
        if (minute < 450 || minute > 511) CHECK(row.cause == kOnline);
        if (minute > 451 && minute < 460) CHECK(row.cause == kOffline);
        if (minute > 461 && minute < 510) CHECK(row.cause == kDegraded);
    }
    CHECK(kpis.causes[index_of(Cause::kObuOffline)] > 0);
    CHECK(kpis.causes[index_of(Cause::kDegraded)] > 0);
    CHECK(town.audit().empty());
}

TEST_CASE("a list older than its limit degrades the lanes before the grace is over") {
    TollingOptions options = without_failures();
    const auto degraded_at = [&](const TollingOptions& o, SimTime lost) {
        TollTown town(one_plaza(1, LaneKind::kEtc, 10), o, {Feed{0, 1, 1, 0, {}}},
                      outage(lost, hours(20), {RecordKind::kLaneDegraded}));
        town.run(hours(21));
        const auto records = town.records.of(RecordKind::kLaneDegraded);
        return records.empty() ? SimTime{-1} : SimTime{records[0].time_us};
    };
    options.outage.list_age_max = hours(2);
    options.outage.list_age_at_start = minutes(119);
    // Lost before the first pull: the list is 119 min older than the run, 1 min is left.
    CHECK(degraded_at(options, whole_seconds(30)) == minutes(1));
    // Already too old: at once.
    CHECK(degraded_at(options, minutes(2)) == minutes(2));
    // The last pull was at 60 min; grace of 10 min comes first, then the age if the grace is long.
    CHECK(degraded_at(options, minutes(62)) == minutes(72));
    options.outage.offline_grace = hours(12);
    CHECK(degraded_at(options, minutes(62)) == minutes(60 + 120));
}

TEST_CASE("contact regained within the grace degrades nothing, and a second loss counts anew") {
    TollingOptions options = without_failures();
    TownOptions town_options{{},
                             {{minutes(10), 0, EventKind::kLosePlazaContact},
                              {minutes(15), 0, EventKind::kRegainPlazaContact},
                              {minutes(18), 0, EventKind::kLosePlazaContact},
                              {minutes(19), 0, EventKind::kLosePlazaContact},  // known already
                              {minutes(40), 0, EventKind::kRegainPlazaContact}},
                             {RecordKind::kLaneDegraded}};
    TollTown town(one_plaza(1, LaneKind::kEtc, 10), options, {Feed{0, 1, 1, 0, {}}}, town_options);
    town.run(hours(1));
    const auto degraded = town.records.of(RecordKind::kLaneDegraded);
    REQUIRE(degraded.size() == 1);
    CHECK(degraded[0].time_us == minutes(28).us);
    CHECK(town.kpis().plazas[0].offline_min == 5 + 22);
    CHECK(town.kpis().plazas[0].degraded_min == 12);
}

TEST_CASE("a degraded plaza passes fewer vehicles and its ETC lanes take all") {
    // One ETC and one manual lane, all vehicles with units, saturated: online the ETC lane alone
    // passes 582.5/h; degraded both lanes pass 3600 / 14.1 = 255.3/h each.
    TollSites sites = one_plaza(2, LaneKind::kEtc, 40);
    sites.plazas[0].lanes = {LaneKind::kEtc, LaneKind::kManual};
    TollTown town(sites, without_failures(), {Feed{0, 30'000, 1, 0, {}}},
                  outage(hours(10), hours(30)));
    town.run(hours(10));
    const auto online = town.tolling.plazas()[0].left_count;
    CHECK(online / 10.0 == doctest::Approx(582.5).epsilon(0.02));
    town.run(hours(11));
    const auto before = town.tolling.plazas()[0].left_count;
    town.run(hours(29));
    const auto after = town.tolling.plazas()[0].left_count;
    CHECK((after - before) / 18.0 == doctest::Approx(2 * 255.3).epsilon(0.02));
}

TEST_CASE("out of contact records are stored and leave as one backlog when contact is back") {
    TollingOptions options = without_failures();
    options.data = {1'500, 200'000, 0, 1'000'000'000};
    TollTown town(one_plaza(2, LaneKind::kEtc, 40), options, {Feed{0.1, 2000, 1, 0, {}}},
                  outage(minutes(60), minutes(90),
                         {RecordKind::kPassageRecorded, RecordKind::kBacklogReleased}));
    town.run(minutes(89));
    const SiteContact& contact = town.tolling.contacts()[0];
    CHECK(contact.backlog_records > 100);
    CHECK(contact.backlog_bytes == std::int64_t{contact.backlog_records} * 201'500);
    town.run(hours(8));
    const auto released = town.records.of(RecordKind::kBacklogReleased);
    REQUIRE(released.size() == 1);
    CHECK(released[0].time_us == minutes(90).us);
    CHECK(released[0].b == std::int64_t{released[0].a} * 201'500);
    CHECK(town.records.of(RecordKind::kPassageRecorded).size() + released[0].a == 2000);
    CHECK(town.tolling.contacts()[0].backlog_records == 0);
    CHECK(town.audit().empty());
}

TEST_CASE("a full store drops images first, then records, and counts both") {
    TollSites sites;
    sites.sections.push_back({"section", 10, {}, {}});
    sites.gantries.push_back({"gantry", SectionId(0)});
    TollingOptions options = without_failures();
    options.gantry.unread = 0;
    options.data = {1'500, 200'000, 0, 500'000};
    TownOptions town_options{{}, {{SimTime{1}, 0, EventKind::kLoseGantryContact}}, {}};
    TollTown town(sites, options, {Feed{0, 200, 1, 0, {}}}, town_options);
    town.run(minutes(1));
    // Two records with image fill 403,000; 64 without (1,500 each) reach 499,000; 134 are lost.
    const SiteContact& contact = town.tolling.contacts()[0];
    CHECK(contact.images_dropped == 64);
    CHECK(contact.lost_records == 134);
    CHECK(contact.backlog_bytes == 499'000);
    const TollingKpis kpis = town.kpis();
    CHECK(kpis.causes[index_of(Cause::kMissed)] == 134);
    CHECK(kpis.missed[0] == Fen{134 * 350});
    CHECK(kpis.revenue_total == Fen{66 * (350 - 18)});
    CHECK(town.audit().empty());
}

TEST_CASE("a path delay published later slows online service by as much") {
    // Saturated lane, service 2 s, delay 1.5 s without spread: 3600 / 3.5 = 1028.6/h.
    TollingOptions options = plain_service(DurationDistribution::fixed(2));
    options.service.back_office.reply_sigma = 0;
    TollTown town(one_plaza(1, LaneKind::kEtc, 20), options, {Feed{0, 20'000, 1, 0, {}}});
    std::vector<double> delay_s{0.0};
    town.tolling.bind_path_delay_s(delay_s);
    town.run(hours(1));
    CHECK(town.tolling.plazas()[0].left_count == doctest::Approx(1800).epsilon(0.002));
    delay_s[0] = 1.5;
    town.run(hours(2));
    CHECK(town.tolling.plazas()[0].left_count == doctest::Approx(1800 + 1028.6).epsilon(0.002));
}

}  // namespace jiahe::tolling
