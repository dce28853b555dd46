#include "logistics/logistics_section.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "scenario/core_sections.h"
#include "scenario/scenario.h"

namespace jiahe::logistics {
namespace {

LogisticsOptions read(const std::string& text) {
    scenario::Schema schema;
    scenario::declare_core(schema);
    declare_logistics(schema);
    const auto loaded = scenario::Scenario::from_text(
        schema, "name: t\nstart: \"05:00\"\nend: \"23:00\"\n" + text, "t.yaml", ".");
    scenario::FaultList faults;
    LogisticsOptions options = read_logistics(loaded["logistics"], 7, faults);
    faults.throw_if_any();
    return options;
}

}  // namespace

TEST_CASE("an empty section means the sheet's defaults") {
    const LogisticsOptions o = read("");
    CHECK(o.orders.seed == 7);
    CHECK(o.orders.parcels_per_resident == 0.34);
    CHECK(o.orders.handover_share[0] == 1);
    REQUIRE(o.orders.waves.size() == 2);
    CHECK(o.orders.waves[0].dispatch == minutes(150));  // 07:15 after 05:00
    CHECK(o.planner.parcels_per_van == 180);
    CHECK(o.planner.van_fen_per_km == doctest::Approx(60));
    CHECK(o.planner.wage_fen_ph == doctest::Approx(3000));
    CHECK(o.line.induction_per_h == doctest::Approx(6000));
    CHECK(o.line.gate.miss_probability() == doctest::Approx(8e-5));
    CHECK(o.told_window.us == 0);
}

TEST_CASE("shares above one and waves out of order are refused at their place") {
    const auto code = [](const std::string& text) {
        try {
            read(text);
        } catch (const InputError& error) {
            return error.faults().front().code + ":" +
                   std::to_string(error.faults().front().place.line);
        }
        return std::string("none");
    };
    CHECK(code("logistics:\n  handover: {door: 60 %, locker: 50 %}\n") == "E-LOG-002:5");
    CHECK(code("logistics:\n  waves:\n    morning: {promise: \"06:00\"}\n") == "E-LOG-001:6");
    CHECK(code("logistics: {told_window: 45min}\n") == "none");
}

}  // namespace jiahe::logistics
