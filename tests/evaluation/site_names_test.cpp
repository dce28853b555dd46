#include "evaluation/site_names.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

namespace jiahe::evaluation {
namespace {

ScriptedEvent event_of(const char* action, const char* kind, const char* name) {
    ScriptedEvent event;
    event.from_s = 7.5 * 3600;
    event.until_s = 8.5 * 3600;
    event.action = action;
    event.target_kind = kind;
    event.target_name = name;
    return event;
}

}  // namespace

TEST_CASE("sites are called as people call them") {
    CHECK(shown_site("G60-Wangdian-exit", Language::kEnglish) == "G60 Wangdian exit");
    CHECK(shown_site("G60-Wangdian-exit", Language::kChinese) == "G60 Wangdian 出口");
    CHECK(shown_site("plaza-02", Language::kEnglish) == "Plaza 2");
    CHECK(shown_site("plaza-00", Language::kEnglish) == "Plaza 0");
    CHECK(shown_site("cell-00012", Language::kChinese) == "小区 12");
    CHECK(shown_site("嘉兴北", Language::kEnglish) == "嘉兴北");
    CHECK(shown_site("", Language::kEnglish) == "");
    CHECK(shown_site("-", Language::kEnglish) == " ");
}

TEST_CASE("an event is told as a sentence's parts") {
    const ScriptedEvent event = event_of("fail", "backhaul", "plaza-E1-west-entry");
    CHECK(shown_target(event, Language::kEnglish) == "the backhaul of toll plaza E1 west entry");
    CHECK(shown_target(event, Language::kChinese) == "收费站 E1 west 入口 的回传链路");
    CHECK(shown_action(event, Language::kEnglish) == "failed");
    CHECK(shown_window(event, Language::kEnglish) == "07:30–08:30");
    ScriptedEvent lasting = event_of("limit", "link", "12");
    lasting.until_s = std::numeric_limits<double>::infinity();
    lasting.factor = 0.3;
    CHECK(shown_target(lasting, Language::kEnglish) == "link 12");
    CHECK(shown_action(lasting, Language::kEnglish) == "was limited to 30.0 %");
    CHECK(shown_window(lasting, Language::kEnglish) == "from 07:30");
}

TEST_CASE("an event's plaza is found by its own name and by its backhaul's") {
    CHECK(plaza_of(event_of("fail", "backhaul", "plaza-E1-west-entry")) == "E1-west-entry");
    CHECK(plaza_of(event_of("fail", "backhaul", "plaza-02")) == "plaza-02");
    CHECK(plaza_of(event_of("close", "lane", "plaza-02")) == "plaza-02");
    CHECK(plaza_of(event_of("fail", "backhaul", "cell-00001")) == "");
    CHECK(plaza_of(event_of("fail", "data_centre", "data-centre-0")) == "");
}

}  // namespace jiahe::evaluation
