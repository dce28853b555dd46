#include "tolling/tolling_report.h"

#include <doctest/doctest.h>

#include "toll_town.h"

namespace jiahe::tolling {

TEST_CASE("waits, delays, utilisation and their 95th percentile follow from the timetable") {
    // Twenty vehicles at once, one lane, 10 s each, no move-up: vehicle i waits 10 i s (and i ticks
    // of handing over), is delayed 10 (i + 1); 19 of 20 wait at most 180 s.
    TollTown town(one_plaza(1, LaneKind::kManual, 20),
                  plain_service(DurationDistribution::fixed(10)), {Feed{0, 20, 0, 0, {}}});
    town.run(whole_seconds(400));
    const PlazaKpis plaza = town.kpis().plazas.at(0);
    CHECK(plaza.left == 20);
    CHECK(plaza.wait_mean_s == doctest::Approx(95).epsilon(1e-5));
    CHECK(plaza.delay_mean_s == doctest::Approx(105).epsilon(1e-5));
    CHECK(plaza.wait_max_s == doctest::Approx(190).epsilon(1e-5));
    CHECK(plaza.wait_p95_s == doctest::Approx(181).epsilon(1e-2));  // end of its whole second
    CHECK(plaza.queued_max == 19);
    CHECK(plaza.lane_utilisation[0] == doctest::Approx(0.5).epsilon(1e-5));
    CHECK(plaza.lane_blocked[0] < 1e-6);
    CHECK(mean_delay_s(town.tolling, PlazaId(0), SimTime{0}, minutes(15)) ==
          doctest::Approx(105).epsilon(1e-5));
    CHECK(mean_delay_s(town.tolling, PlazaId(0), minutes(15), hours(24)) == 0);
}

TEST_CASE("the spells still going on at the end count up to now") {
    TollTown town(one_plaza(1, LaneKind::kEtc, 10), {}, {Feed{0, 1, 1, 0, {}}},
                  {{}, {{minutes(10), 0, EventKind::kLosePlazaContact}}, {}});
    town.run(minutes(50));
    CHECK(town.kpis().plazas[0].offline_min == 40);
    CHECK(town.kpis().plazas[0].degraded_min == 30);
}

TEST_CASE("the audit names the law that is broken") {
    TollTown town(one_plaza(1, LaneKind::kEtc, 10), plain_service(DurationDistribution::fixed(2)),
                  {Feed{0, 8, 1, 0, {}}});
    town.run(minutes(10));
    REQUIRE(town.audit().empty());
    std::vector<TollTransaction> rows(town.ledger.rows().begin(), town.ledger.rows().end());
    rows[3].fee_fen += 1;
    auto faults = audit_tolling(town.tolling, rows);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0] == "fees of the sub-ledgers = fees of the rows: 2800 against 2801");
    rows[3] = rows[2];
    faults = audit_tolling(town.tolling, rows);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0] == "passage 1 of vehicle 2 is charged twice");
    rows.pop_back();
    CHECK(audit_tolling(town.tolling, rows).size() == 4);
}

}  // namespace jiahe::tolling
