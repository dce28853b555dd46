#include "evaluation/run_figures.h"

#include <doctest/doctest.h>

#include <limits>

namespace jiahe::evaluation {
namespace {

results::Kpi kpi(const char* name, const char* unit, double value) {
    return {name, unit, value, ""};
}

}  // namespace

TEST_CASE("a share of nothing is not shown as a perfect share") {
    RunRecord run;
    run.start = "07:00";
    run.end = "12:00";
    run.kpis = {kpi("logistics.on_time_share", "1", 1), kpi("tolling.passages", "1", 0),
                kpi("tolling.mean_plaza_delay", "s", 0),
                kpi("telecom.transaction.mean_latency", "s", 0)};
    run.logistics.ordered_s = {7 * 3600.0};
    run.logistics.promised_s = {21 * 3600.0};
    run.logistics.delivered_s = {8 * 3600.0};
    run.telecom.class_name = {"transaction"};
    run.telecom.offered_bytes = {0};
    for (const char* name : {"logistics.on_time_share", "tolling.mean_plaza_delay",
                             "telecom.transaction.mean_latency"}) {
        INFO(name);
        CHECK(shown_kpi(run, *find_kpi(run, name), Language::kEnglish).text() == "–");
    }
    // A parcel falls due, a vehicle passes, a payment is made.
    run.logistics.promised_s = {11 * 3600.0};
    run.kpis[1].value = 3;
    run.telecom.offered_bytes = {200};
    CHECK(shown_kpi(run, run.kpis[0], Language::kEnglish).text() == "100 %");
    CHECK(shown_kpi(run, run.kpis[2], Language::kEnglish).text() == "0 s");
    CHECK(shown_kpi(run, run.kpis[3], Language::kEnglish).text() == "0 s");
}

TEST_CASE("a KPI that nothing is known about is shown") {
    RunRecord run;
    run.kpis = {kpi("coupling.new_figure", "1", 3)};
    CHECK(shown_kpi(run, run.kpis[0], Language::kEnglish).text() == "3");
    CHECK(find_kpi(run, "no.such") == nullptr);
}

TEST_CASE("arrivals come from the KPIs, else from the trips") {
    RunRecord run;
    run.trips.arrival_s = {1, 2, std::numeric_limits<double>::quiet_NaN()};
    CHECK(arrivals(run).planned == 3);
    CHECK(arrivals(run).arrived == 2);
    run.kpis = {kpi("traffic.trips_planned", "1", 10), kpi("traffic.trips_arrived", "1", 9)};
    CHECK(arrivals(run).share() == doctest::Approx(0.9));
}

TEST_CASE("names of runs and of map authors are set as people read them") {
    RunRecord run;
    run.name = "jiaxing-weekday";
    run.attribution = "Map data (c) OpenStreetMap contributors, ODbL 1.0";
    CHECK(shown_name(run) == "Jiaxing weekday");
    CHECK(shown_attribution(run) == "Map data © OpenStreetMap contributors, ODbL 1.0");
}

}  // namespace jiahe::evaluation
