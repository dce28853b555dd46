// Free-flow gantries: reading, plates, missed passages, money.
#include <doctest/doctest.h>

#include "toll_town.h"

namespace jiahe::tolling {
namespace {

TollSites one_gantry() {
    TollSites sites;
    sites.sections.push_back({"section", 10, {}, {}});
    sites.gantries.push_back({"gantry", SectionId(0)});
    return sites;
}

}  // namespace

TEST_CASE("a gantry reads units, then plates, and misses the rest") {
    // 200,000 passages: 1 % unread = 2,000; by day 99 % of these by plate, 1 % = 20 missed; by
    // night 95 % and 100.
    for (const bool night : {false, true}) {
        TollingOptions options;
        options.start_of_day = night ? hours(22) : hours(10);
        TollTown town(one_gantry(), options, {Feed{100, 200'000, 0.5, 0, {}}});
        town.run(hours(1));
        const TollingKpis kpis = town.kpis();
        CHECK(kpis.passage_count == 200'000);
        const auto missed = static_cast<double>(kpis.causes[index_of(Cause::kMissed)]);
        const auto plates = static_cast<double>(kpis.causes[index_of(Cause::kPlateRead)]);
        CHECK(missed + plates == doctest::Approx(2000).epsilon(0.08));
        CHECK(missed == doctest::Approx(night ? 100 : 20).epsilon(night ? 0.35 : 0.75));
        CHECK(kpis.missed[0] == Fen{static_cast<std::int64_t>(missed) * 350});
        CHECK(town.audit().empty());
    }
}

TEST_CASE("every passage pays the tariff of its class, units less their discount") {
    TollingOptions options;
    options.gantry.unread = 0;
    TollTown town(one_gantry(), options, {Feed{50, 10'000, 0.6, 0.3, {}}});
    town.run(hours(1));
    const TollingKpis kpis = town.kpis();
    const auto& cash = kpis.passages[index_of(Payment::kManual)];
    const auto& etc = kpis.passages[index_of(Payment::kEtc)];
    // 10 km: 350 and 440 fen; discounts 17.5 -> 18 and 22.
    const auto revenue = [&](std::size_t c, std::int64_t fee, std::int64_t discount) {
        return Fen{static_cast<std::int64_t>(cash[c]) * fee +
                   static_cast<std::int64_t>(etc[c]) * (fee - discount)};
    };
    CHECK(kpis.revenue[0] == revenue(0, 350, 18));
    CHECK(kpis.revenue[1] == revenue(1, 440, 22));
    CHECK(kpis.etc_share == doctest::Approx(0.6).epsilon(0.03));
    CHECK(kpis.road_owner_credit[0] == kpis.revenue_total);
    CHECK(town.audit().empty());
}

TEST_CASE("a vehicle has a unit everywhere or nowhere, in the share of its class") {
    TollSites sites = one_gantry();
    TollingOptions options;
    options.etc_share = {0.65, 0.55, 0.55};
    TollTown town(sites, options, {Feed{100, 50'000, -1, 0.5, {}}});
    town.run(hours(1));
    const TollingKpis kpis = town.kpis();
    for (std::size_t c = 0; c < 2; ++c) {
        const auto etc = static_cast<double>(kpis.passages[index_of(Payment::kEtc)][c]);
        const auto cash = static_cast<double>(kpis.passages[index_of(Payment::kManual)][c]);
        CHECK(etc / (etc + cash) == doctest::Approx(options.etc_share[c]).epsilon(0.03));
    }
}

TEST_CASE("a gantry with a list too old misses its passages and owes nothing to the drivers") {
    TollingOptions options;
    options.outage.list_age_max = minutes(30);
    TownOptions town_options{{}, {{minutes(10), 0, EventKind::kLoseGantryContact}}, {}};
    TollTown town(one_gantry(), options, {Feed{1, 7000, 1, 0, {}}}, town_options);
    town.run(minutes(39));
    const auto missed_before = town.kpis().causes[index_of(Cause::kMissed)];
    town.run(hours(2) + minutes(30));
    const TollingKpis kpis = town.kpis();
    CHECK(missed_before < 5);
    CHECK(kpis.causes[index_of(Cause::kMissed)] > 4000);
    CHECK(town.audit().empty());
}

TEST_CASE("a site without a section counts passages and charges nothing") {
    TollSites sites = one_gantry();
    sites.gantries[0].section = SectionId();
    TollTown town(sites, {}, {Feed{10, 1000, 1, 0, {}}});
    town.run(hours(1));
    CHECK(town.kpis().passage_count == 1000);
    CHECK(town.ledger.rows().empty());
    CHECK(town.kpis().revenue_total == Fen{0});
    CHECK(town.audit().empty());
}

}  // namespace jiahe::tolling
