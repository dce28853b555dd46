#include "evaluation/paired_runs.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace jiahe::evaluation {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

RunRecord run_of(std::vector<double> arrivals, std::vector<double> deliveries) {
    RunRecord run;
    run.start = "00:00";
    run.end = "01:00";
    run.trips.departure_s.assign(arrivals.size(), 0);
    run.trips.vehicle_class.assign(arrivals.size(), 0);
    run.trips.arrival_s = std::move(arrivals);
    run.logistics.ordered_s.assign(deliveries.size(), 0);
    run.logistics.promised_s.assign(deliveries.size(), 1000);
    run.logistics.delivered_s = std::move(deliveries);
    return run;
}

}  // namespace

TEST_CASE("the same trip is compared with itself") {
    const RunRecord a = run_of({100, 200, 300, kNone}, {});
    const RunRecord b = run_of({170, 200, kNone, 400}, {});
    REQUIRE(have_same_trips(a, b));
    const PairedTrips p = paired_trips(a, b);
    CHECK(p.both == 2);
    CHECK(p.only_first == 1);
    CHECK(p.only_second == 1);
    CHECK(p.mean_difference_s == doctest::Approx(35));  // (70 + 0) / 2
    CHECK(p.slower == 1);
    CHECK(p.faster == 0);
}

TEST_CASE("parcels lost and won their promise are counted apart") {
    const RunRecord a = run_of({}, {900, 900, 1100, kNone});
    const RunRecord b = run_of({}, {900, 1100, 1000, kNone});
    REQUIRE(have_same_parcels(a, b));
    const PairedParcels p = paired_parcels(a, b);
    CHECK(p.due == 4);
    CHECK(p.lost == 1);
    CHECK(p.won == 1);
}

TEST_CASE("runs of other trips or parcels are not paired") {
    RunRecord a = run_of({100}, {900}), b = a;
    b.trips.departure_s[0] = 1;
    b.logistics.promised_s[0] = 2000;
    CHECK_FALSE(have_same_trips(a, b));
    CHECK_FALSE(have_same_parcels(a, b));
    CHECK_FALSE(have_same_trips(RunRecord{}, RunRecord{}));
    CHECK(std::isnan(paired_trips(run_of({kNone}, {}), run_of({kNone}, {})).mean_difference_s));
}

TEST_CASE("settings that differ or are missing are listed by path") {
    RunRecord a, b;
    a.settings = {{"tolling.etc_share", "0.65"}, {"traffic.x", "1"}};
    b.settings = {{"tolling.etc_share", "0.9"}, {"traffic.x", "1"}, {"traffic.y", "2"}};
    const auto found = differing_settings(a, b);
    REQUIRE(found.size() == 2);
    CHECK(found[0].path == "tolling.etc_share");
    CHECK(found[0].second == "0.9");
    CHECK(found[1].first == "");
}

}  // namespace jiahe::evaluation
