#include "resilience/resilience_section.h"

#include "base/error.h"
#include "scenario/core_sections.h"
#include "scenario/scenario.h"

using namespace jiahe;

namespace {

SimTime notice_of(const std::string& text) {
    scenario::Schema schema;
    scenario::declare_core(schema);
    resilience::declare_resilience(schema);
    const auto s = scenario::Scenario::from_text(schema, "name: t\n" + text, "t.yaml", ".");
    return resilience::read_resilience(s["resilience"]).notice;
}

}  // namespace

TEST_CASE("orders travel 5 s ahead unless the scenario says otherwise, and never under 1 s") {
    CHECK(notice_of("") == whole_seconds(5));
    CHECK(notice_of("resilience: {notice: 30 s}\n") == whole_seconds(30));
    CHECK_THROWS_AS(notice_of("resilience: {notice: 500 ms}\n"), InputError);
}
