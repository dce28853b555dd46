#include "evaluation/day_series.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "evaluation/run_record.h"

namespace jiahe::evaluation {
namespace {
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr float kNanF = std::numeric_limits<float>::quiet_NaN();
}  // namespace

TEST_CASE("vehicles under way are those that departed less those that arrived") {
    TripsPart trips;
    trips.departure_s = {0, 100, 250};
    trips.arrival_s = {150, kNan, 300};
    const UnderWay day = vehicles_under_way(trips, 0, 400, 100);
    CHECK(day.at_s == std::vector<double>{0, 100, 200, 300, 400});
    // At 0 the first has departed; at 100 two; at 150 the first arrives; 250 the third departs and
    // is there at 300; the second never arrives.
    CHECK(day.vehicles == std::vector<double>{1, 2, 1, 1, 1});
    CHECK(day.departures[0] == 1);
    CHECK(day.departures[2] == 1);
}

TEST_CASE("mean speed is distance over time of all vehicles, not the mean of speeds") {
    TrafficPart t;
    t.bins = {{0}, 900};
    t.link = {1, 2, 3};
    t.length_m = {1000, 1000, 500};
    t.free_speed_mps = {20, 20, 20};
    t.flow = {10, 30, 0};
    t.travel_time_s = {50, 200, kNanF};
    const Movement day = movement(t);
    // 40 vehicles x 1 km = 40 km; 10 * 50 + 30 * 200 = 6,500 s.
    CHECK(day.vehicle_km[0] == doctest::Approx(40));
    CHECK(day.mean_speed_mps[0] == doctest::Approx(40000.0 / 6500));
    CHECK(day.free_speed_mps[0] == doctest::Approx(20));
    // Ratios 20/20 = 1 (class 0, 10 km) and 5/20 = 0.25 (class 3, 30 km).
    CHECK(day.share[0][0] == doctest::Approx(0.25));
    CHECK(day.share[3][0] == doctest::Approx(0.75));
    CHECK(day.share[4][0] == 0);
}

TEST_CASE("an hour without vehicles has no speed") {
    TrafficPart t;
    t.bins = {{0, 900}, 900};
    t.link = {1};
    t.length_m = {1000};
    t.free_speed_mps = {20};
    t.flow = {0, 1};
    t.travel_time_s = {kNanF, 100};
    const Movement day = movement(t);
    CHECK(day.vehicle_km[0] == 0);
    CHECK(std::isnan(day.mean_speed_mps[0]));
    CHECK(day.mean_speed_mps[1] == doctest::Approx(10));
}

TEST_CASE("bins with next to no traffic have no say in the city's speed") {
    Movement day;
    day.vehicle_km = {1000, 9.9, 10};
    day.mean_speed_mps = {8, 1, 9};
    day.free_speed_mps = {12, 12, 12};
    for (auto& share : day.share)
        share = {0.2, 0.2, 0.2};
    const Movement kept = without_quiet_bins(day);
    CHECK(kept.mean_speed_mps[0] == 8);
    CHECK(std::isnan(kept.mean_speed_mps[1]));  // 9.9 is below 1 % of 1,000
    CHECK(std::isnan(kept.share[4][1]));
    CHECK(kept.mean_speed_mps[2] == 9);
    CHECK(without_quiet_bins({}).vehicle_km.empty());
}

TEST_CASE("trips fall into classes of travel time, the last one open") {
    TripsPart trips;
    trips.departure_s = {0, 0, 0, 0};
    trips.arrival_s = {60 * 4.9, 60 * 5, 60 * 500, kNan};
    CHECK(travel_minutes(trips, 5, 3) == std::vector<double>{1, 1, 1});
}

TEST_CASE("classes of travel time are as wide as nearly all trips need") {
    TripsPart trips;
    for (int i = 0; i < 101; ++i) {
        trips.departure_s.push_back(0);
        trips.arrival_s.push_back(60.0 * i);
    }
    // The 98th of 0 ... 100 min is 98: 10 classes of 10 min hold it, 18 classes need 10 min (90 is
    // too little with 5), 50 classes need 2.
    CHECK(class_width_min(trips, 10) == 10);
    CHECK(class_width_min(trips, 18) == 10);
    CHECK(class_width_min(trips, 50) == 2);
}

TEST_CASE("a run spans what its scenario says, else what its tables cover") {
    RunRecord run;
    CHECK(span_of(run).to_s == 86400);
    run.tolling.bins = {{3600, 4500}, 900};
    CHECK(span_of(run).from_s == 3600);
    CHECK(span_of(run).to_s == 5400);
    run.start = "06:00";
    run.end = "24:30:30";
    CHECK(span_of(run).from_s == 21600);
    CHECK(span_of(run).to_s == 88230);
    run.reached_s = 28800;  // stopped at 08:00
    CHECK(span_of(run).to_s == 28800);
}

TEST_CASE("plazas are weighted by their passages") {
    TollingPart t;
    t.bins = {{0, 900}, 900};
    t.name = {"a", "b"};
    t.passages = {10, 30, 0, 5};
    t.delay_s = {100, 20, kNanF, 40};
    const PlazaDay day = plaza_day(t);
    CHECK(day.passages == std::vector<double>{40, 5});
    // (10 * 100 + 30 * 20) / 40 = 40.
    CHECK(day.mean_delay_s == std::vector<double>{40, 40});
    // Most vehicle-seconds in a bin: a 10 * 100 = 1,000; b 30 * 20 = 600.
    CHECK(day.slowest == std::vector<std::size_t>{0, 1});
    const std::vector<PlazaRow> rows = plaza_table(t);
    CHECK(rows[0].name == "b");
    CHECK(rows[0].passages == 35);
    // (30 * 20 + 5 * 40) / 35 = 800 / 35.
    CHECK(rows[0].mean_delay_s == doctest::Approx(800.0 / 35));
    CHECK(rows[0].peak_delay_s == 40);
    CHECK(rows[0].peak_s == 900);
}

TEST_CASE("only parcels due by the end count against the promise") {
    LogisticsPart l;
    l.ordered_s = {0, 0, 0, 0};
    l.promised_s = {100, 100, 100, 5000};
    l.delivered_s = {100, 101, kNan, kNan};
    const ParcelDay day = parcel_day(l, 0, 200, 100);
    CHECK(day.due_count == 3);
    CHECK(day.on_time_count == 1);  // delivered at the promised second
    CHECK(day.delivered_count == 2);
    CHECK(day.ordered == std::vector<double>{4, 4, 4});
    CHECK(day.promised == std::vector<double>{0, 3, 3});
    CHECK(day.delivered == std::vector<double>{0, 1, 2});
}

TEST_CASE("cell loads have a mean, a high and a most") {
    TelecomPart t;
    t.bins = {{0}, 900};
    t.lon.resize(20);
    for (int c = 0; c < 20; ++c)
        t.load.push_back(static_cast<float>(c) / 20);
    const LoadDay day = load_day(t);
    CHECK(day.mean[0] == doctest::Approx(0.475));  // (0 + ... + 19) / 20 / 20
    CHECK(day.high[0] == doctest::Approx(0.95));
    CHECK(day.most[0] == doctest::Approx(0.95));
}

TEST_CASE("cells are counted by their load at the end") {
    TelecomPart t;
    t.last_load = {0, 0.05F, 0.25F, 0.95F, 1.5F, kNanF};
    CHECK(last_loads(t) == std::vector<double>{2, 0, 1, 0, 0, 0, 0, 0, 0, 2});
}

TEST_CASE("speed classes change at their floors") {
    CHECK(speed_class(1.2) == 0);
    CHECK(speed_class(0.85) == 0);
    CHECK(speed_class(0.849) == 1);
    CHECK(speed_class(0.25) == 3);
    CHECK(speed_class(0.1) == 4);
}

}  // namespace jiahe::evaluation
