#include "evaluation/event_section.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "tolling/vehicle_kind.h"
#include "well_formed.h"

namespace jiahe::evaluation {
namespace {

// One plaza, four quarters of an hour from 07:00, 100 vehicles each; its backhaul fails from 07:15
// to 07:45, where vehicles take 60 s instead of 6 and half of them are served by hand.
RunRecord run_with_outage() {
    RunRecord run;
    run.start = "07:00";
    run.end = "08:00";
    TollingPart& t = run.tolling;
    t.bins = {{25200, 26100, 27000, 27900}, 900};
    t.name = {"gate"};
    t.passages = {100, 100, 100, 100};
    t.delay_s = {6, 60, 60, 6};
    t.settled.assign(4 * tolling::kCauseCount, 0);
    for (std::size_t b = 0; b < 4; ++b) {
        const bool is_out = b == 1 || b == 2;
        const std::size_t row = b * tolling::kCauseCount;
        t.settled[row + tolling::index_of(tolling::Cause::kObuRead)] = is_out ? 0 : 50;
        t.settled[row + tolling::index_of(tolling::Cause::kDegraded)] = is_out ? 50 : 0;
        t.settled[row + tolling::index_of(tolling::Cause::kByHand)] = 50;
    }
    ScriptedEvent event;
    event.from_s = 26100;
    event.until_s = 27900;
    event.action = "fail";
    event.target_kind = "backhaul";
    event.target_name = "plaza-gate";
    run.script = {event};
    return run;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the story of a plaza compares before, during and after") {
    const std::string html = event_section(run_with_outage(), Language::kEnglish);
    CHECK(markup_fault(html) == "");
    CHECK(has(html, "<th class=\"number\">before 07:00–07:15</th>"));
    CHECK(has(html,
              "<td>mean time in the plaza</td><td class=\"number\">6 s</td>"
              "<td class=\"number\">60 s</td><td class=\"number\">6 s</td>"));
    CHECK(has(html,
              "<td>ETC vehicles served by hand</td><td class=\"number\">0</td>"
              "<td class=\"number\">100</td><td class=\"number\">0</td>"));
    // 100 vehicles in a quarter of an hour are 400 an hour.
    CHECK(has(html, "<td>vehicles through the plaza, per hour</td><td class=\"number\">400</td>"));
    // 100 vehicles of 60 s in 900 s: 6.67 at a time.
    CHECK(has(html, "vehicles: 6.67"));
    CHECK_FALSE(has(html, "ETC, checked with the list on site"));  // none was
}

TEST_CASE("events are marked where they act within the run") {
    RunRecord run = run_with_outage();
    ScriptedEvent lasting = run.script[0], past = run.script[0];
    lasting.until_s = std::numeric_limits<double>::infinity();
    past.from_s = 30000;
    past.until_s = 31000;
    run.script = {past, lasting};
    const std::vector<Band> bands = event_bands(run);
    REQUIRE(bands.size() == 1);
    CHECK(bands[0].from == 26100);
    CHECK(bands[0].to == 28800);
    CHECK(bands[0].label == "E2");
}

TEST_CASE("a run without a script has no such section, one that hits no plaza only a list") {
    RunRecord run = run_with_outage();
    run.script[0].target_kind = "link";
    run.script[0].target_name = "12";
    const std::string html = event_section(run, Language::kEnglish);
    CHECK(has(html, "link 12"));
    CHECK_FALSE(has(html, "<svg"));
    run.script.clear();
    CHECK(event_section(run, Language::kEnglish) == "");
}

}  // namespace jiahe::evaluation
