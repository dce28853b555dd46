#include "scenario/core_sections.h"

#include <doctest/doctest.h>

#include "scenario/toy_section.h"

using namespace jiahe;
using toy::read;
using toy::refusal;

TEST_CASE("the run's window counts from the first midnight") {
    const auto window = scenario::read_window(
        read("name: town\nstart: \"06:00\"\nend: \"30:00\"\nseed: 9223372036854775807"));
    CHECK(window.name == "town");
    CHECK(window.start == hours(6));
    CHECK(window.end == hours(30));
    CHECK(window.duration == hours(24));
    CHECK(window.seed == 9'223'372'036'854'775'807u);
    CHECK(window.date == "2024-05-06");
}

TEST_CASE("events are sorted by time and count from the start") {
    const auto loaded = read(
        "name: town\nstart: \"06:00\"\nevents:\n"
        "  - {time: \"08:00\", action: fail, target: {kind: backhaul, name: north}}\n"
        "  - {time: \"07:30\", until: \"08:30\", action: limit, factor: 0.5,\n"
        "     target: {kind: link, name: \"4711\"}}\n"
        "  - {time: \"08:00\", action: close, target: {kind: lane, name: east, lane: 3}}\n"
        "  - {time: \"06:00\", action: surge, factor: 1.2, target: {kind: demand}}\n");
    const auto events = scenario::read_events(loaded);
    REQUIRE(events.size() == 4);
    CHECK(events[0].time == SimTime{0});
    CHECK(events[0].action == scenario::Action::kSurge);
    CHECK(events[0].name == "all");
    CHECK(events[1].time == minutes(90));
    CHECK(events[1].until == minutes(150));
    CHECK(events[1].name == "4711");
    CHECK(events[1].factor == 0.5);
    CHECK(events[2].target == scenario::TargetKind::kBackhaul);  // first in the file
    CHECK(events[2].until == kNever);
    CHECK(events[3].lane == 3);
    CHECK(events[3].value.fault("E-X-1", "m").place.line == 7);
}

TEST_CASE("every action knows its targets") {
    const auto event = [](const std::string& rest) {
        return refusal("name: a\nevents: [{time: \"08:00\", " + rest + "}]");
    };
    const std::string link = ", target: {kind: link, name: a}";
    CHECK(event("action: fail" + link) == "accepted");
    CHECK(event("action: restore" + link) == "accepted");
    CHECK(event("action: limit, factor: 0" + link) == "accepted");
    CHECK(event("action: close, target: {kind: road, name: G60}") == "accepted");
    CHECK(event("action: surge, factor: 3, target: {kind: demand, name: east}") == "accepted");
    for (const char* bad : {"action: close, target: {kind: cell, name: a}",
                            "action: fail, target: {kind: demand, name: a}",
                            "action: fail, factor: 0.5, target: {kind: link, name: a}",
                            "action: surge, target: {kind: demand}",
                            "action: restore, until: \"09:00\", target: {kind: link, name: a}",
                            "action: fail, target: {kind: link, name: a, lane: 1}"}) {
        CAPTURE(bad);
        CHECK(event(bad).find("error[E-SCN-029]") != std::string::npos);
    }
}
