#include "evaluation/kpi_labels.h"

#include <doctest/doctest.h>

namespace jiahe::evaluation {

TEST_CASE("a known figure has a label in both languages") {
    CHECK(kpi_label("traffic.mean_travel_time", Language::kEnglish) == "Mean travel time");
    CHECK(kpi_label("traffic.mean_travel_time", Language::kChinese) == "平均行程时间");
    CHECK(system_label("tolling", Language::kChinese) == "收费");
    CHECK(service_label("van_position", Language::kEnglish) == "Van positions");
    CHECK(service_label("made_up", Language::kChinese) == "Made up");
}

TEST_CASE("an unknown figure is called by its own words") {
    CHECK(kpi_label("grid.mean_voltage_drop", Language::kEnglish) == "Mean voltage drop");
    CHECK(kpi_label("grid.bus.load", Language::kChinese) == "Bus load");
    CHECK(kpi_label("plain", Language::kEnglish) == "Plain");
    CHECK(kpi_label("grid.", Language::kEnglish) == "grid.");
    CHECK(system_label("grid", Language::kEnglish) == "Grid");
}

TEST_CASE("shares are known by how their names end") {
    CHECK(is_share("traffic.arrived_share"));
    CHECK(is_share("telecom.busiest_cell_load"));
    CHECK_FALSE(is_share("traffic.mean_delay"));
    CHECK(kpi_system("telecom.passage.lost_share") == "telecom");
    CHECK(kpi_system("plain") == "plain");
}

}  // namespace jiahe::evaluation
