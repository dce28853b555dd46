#include "resilience/incident_script.h"

#include "resilience/resilience_section.h"
#include "scenario/scenario.h"

using namespace jiahe;
using namespace jiahe::resilience;
using scenario::TargetKind;

namespace {

TargetDirectory directory() {
    TargetDirectory d;
    d.add(TargetKind::kBackhaul, "plaza-north", 7);
    d.add(TargetKind::kBackhaul, "plaza-south", 8);
    d.add(TargetKind::kLink, "101", 1);
    d.add(TargetKind::kLink, "102", 2);
    d.add(TargetKind::kRoad, "Nanhu Road", std::vector<std::uint32_t>{1, 2});
    d.add(TargetKind::kPlaza, "north", 0);
    d.set_lane_count(0, 6);
    d.add(TargetKind::kDemand, "all", 0);
    return d;
}

struct Script {
    std::vector<ScriptedOrder> orders;
    std::vector<InputFault> faults;
};

Script compile(const std::string& events) {
    scenario::Schema schema;
    scenario::declare_core(schema);
    declare_resilience(schema);
    const auto s = scenario::Scenario::from_text(
        schema, "name: t\nstart: \"06:00\"\nend: \"12:00\"\nevents:\n" + events, "t.yaml", ".");
    scenario::FaultList faults;
    const auto timed = scenario::read_events(s);
    Script script;
    script.orders = compile_script(timed, directory(), faults);
    script.faults = faults.faults();
    return script;
}

const SimTime kSeven = hours(1);  // since the start at 06:00

}  // namespace

TEST_CASE("an event with an end becomes an order to fail and one to restore") {
    const Script s = compile(
        "- {time: \"07:00\", until: \"08:30\", action: fail, target: {kind: backhaul, name: "
        "plaza-north}}\n");
    REQUIRE(s.faults.empty());
    const std::vector<ScriptedOrder> expected = {
        {kSeven, RecordKind::kBackhaulOrdered, 7, 0, Order::kFail, 1000},
        {kSeven + minutes(90), RecordKind::kBackhaulOrdered, 7, 0, Order::kRestore, 1000}};
    CHECK(s.orders == expected);
}

TEST_CASE("a target stays failed until the last of overlapping events ends") {
    const Script s = compile(
        "- {time: \"07:00\", until: \"08:00\", action: fail, target: {kind: backhaul, name: "
        "plaza-north}}\n"
        "- {time: \"07:30\", until: \"09:00\", action: limit, factor: 0.25, target: {kind: "
        "backhaul, name: plaza-north}}\n"
        "- {time: \"08:30\", until: \"10:00\", action: limit, factor: 0.5, target: {kind: "
        "backhaul, name: plaza-north}}\n");
    REQUIRE(s.faults.empty());
    const auto kind = RecordKind::kBackhaulOrdered;
    const std::vector<ScriptedOrder> expected = {
        {kSeven, kind, 7, 0, Order::kFail, 1000},
        {kSeven + hours(1), kind, 7, 0, Order::kLimit, 250},
        {kSeven + hours(2), kind, 7, 0, Order::kLimit, 500},
        {kSeven + hours(3), kind, 7, 0, Order::kRestore, 1000}};
    CHECK(s.orders == expected);
}

TEST_CASE("a restore ends whatever holds on its target") {
    const Script s = compile(
        "- {time: \"07:00\", action: fail, target: {kind: backhaul, name: plaza-south}}\n"
        "- {time: \"07:10\", until: \"11:00\", action: fail, target: {kind: backhaul, name: "
        "plaza-south}}\n"
        "- {time: \"07:20\", action: restore, target: {kind: backhaul, name: plaza-south}}\n");
    REQUIRE(s.orders.size() == 2);
    CHECK(s.orders[0].order == Order::kFail);
    CHECK(s.orders[1].order == Order::kRestore);
    CHECK(s.orders[1].at == kSeven + minutes(20));
}

TEST_CASE("a road is closed link by link, merged with what else happens to its links") {
    const Script s = compile(
        "- {time: \"07:00\", until: \"08:00\", action: close, target: {kind: road, name: Nanhu "
        "Road}}\n"
        "- {time: \"07:30\", until: \"09:00\", action: close, target: {kind: link, name: "
        "\"102\"}}\n");
    REQUIRE(s.faults.empty());
    const auto kind = RecordKind::kLinkOrdered;
    const std::vector<ScriptedOrder> expected = {
        {kSeven, kind, 1, 0, Order::kClose, 1000},
        {kSeven, kind, 2, 0, Order::kClose, 1000},
        {kSeven + hours(1), kind, 1, 0, Order::kRestore, 1000},
        {kSeven + hours(2), kind, 2, 0, Order::kRestore, 1000}};
    CHECK(s.orders == expected);
}

TEST_CASE("a link that fails within a closure is shut once and opened once") {
    const Script s = compile(
        "- {time: \"07:00\", until: \"08:00\", action: fail, target: {kind: link, name: \"102\"}}\n"
        "- {time: \"07:30\", until: \"09:00\", action: close, target: {kind: road, name: Nanhu "
        "Road}}\n");
    REQUIRE(s.faults.empty());
    const auto kind = RecordKind::kLinkOrdered;
    const std::vector<ScriptedOrder> expected = {
        {kSeven, kind, 2, 0, Order::kFail, 1000},
        {kSeven + minutes(30), kind, 1, 0, Order::kClose, 1000},
        {kSeven + hours(2), kind, 1, 0, Order::kRestore, 1000},
        {kSeven + hours(2), kind, 2, 0, Order::kRestore, 1000}};
    CHECK(s.orders == expected);
}

TEST_CASE("a limit that leaves less than half a per mille is a failure") {
    const Script s = compile(
        "- {time: \"07:00\", until: \"08:00\", action: limit, factor: 0.0004, target: {kind: "
        "plaza, "
        "name: north}}\n");
    REQUIRE(s.orders.size() == 2);
    CHECK(s.orders[0].order == Order::kFail);
    CHECK(s.orders[1].order == Order::kRestore);
}

TEST_CASE("surges of demand multiply while they overlap") {
    const Script s = compile(
        "- {time: \"07:00\", until: \"09:00\", action: surge, factor: 1.5, target: {kind: demand, "
        "name: all}}\n"
        "- {time: \"08:00\", until: \"09:00\", action: surge, factor: 2, target: {kind: demand, "
        "name: "
        "all}}\n");
    REQUIRE(s.orders.size() == 3);
    CHECK(s.orders[0].per_mille == 1500);
    CHECK(s.orders[1].per_mille == 3000);
    CHECK(s.orders[2].order == Order::kRestore);
}

TEST_CASE("faults name the place and the nearest valid name") {
    Script s =
        compile("- {time: \"07:00\", action: fail, target: {kind: backhaul, name: plaza-nroth}}\n");
    REQUIRE(s.faults.size() == 1);
    CHECK(s.faults[0].code == "E-RES-001");
    CHECK(s.faults[0].place.line == 5);
    CHECK(s.faults[0].hint.find("plaza-north") != std::string::npos);
    s = compile("- {time: \"07:00\", action: fail, target: {kind: data_centre, name: x}}\n");
    CHECK(s.faults.at(0).code == "E-RES-002");
    s = compile("- {time: \"07:00\", action: close, target: {kind: lane, name: north, lane: 6}}\n");
    CHECK(s.faults.at(0).code == "E-RES-003");
    s = compile("- {time: \"07:00\", action: close, target: {kind: lane, name: north, lane: 5}}\n");
    CHECK(s.faults.empty());
    REQUIRE(s.orders.size() == 1);
    CHECK(s.orders[0].lane == 5);
}
