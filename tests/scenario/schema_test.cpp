#include "scenario/schema.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "scenario/toy_section.h"

using namespace jiahe;

TEST_CASE("a folder can add keys to a section that another has declared") {
    scenario::Schema schema;
    scenario::declare_core(schema);
    schema.section("city").integer("districts", "Number of districts.").by_default("7");
    const auto loaded = scenario::Scenario::from_text(schema, "name: a", "t.yaml", ".");
    CHECK(loaded["city"]["districts"].integer() == 7);
}

TEST_CASE("settings are found by their path, with or without a list's index") {
    const scenario::Schema schema = toy::toy_schema();
    REQUIRE(schema.find("ferries.boats.berths") != nullptr);
    CHECK(schema.find("ferries.boats.berths") == schema.find("ferries.boats.3.berths"));
    CHECK(schema.find("ferries.boats.wings") == nullptr);
    CHECK(schema.find("") == &schema.root());
}

TEST_CASE("mistakes in a declaration are found when the schema is sealed") {
    const auto seal = [](auto declare) {
        scenario::Schema schema;
        declare(schema.root());
        schema.seal();
    };
    using S = scenario::Setting;
    CHECK_NOTHROW(seal([](S& s) { s.integer("a", "").range("1", "3").by_default("2"); }));
    CHECK_THROWS_AS(seal([](S& s) { s.integer("a", "").range("1", "3").by_default("4"); }),
                    InternalError);
    CHECK_THROWS_AS(seal([](S& s) { s.speed("a", "").by_default("4"); }), InternalError);
    CHECK_THROWS_AS(seal([](S& s) { s.speed("a", "").at_most("4 kg"); }), InternalError);
    CHECK_THROWS_AS(seal([](S& s) { s.list("a", ""); }), InternalError);
    CHECK_THROWS_AS(seal([](S& s) { s.list("a", "").by_default("[1, x]").of_integers(); }),
                    InternalError);
    CHECK_THROWS_AS(seal([](S& s) { s.list("a", "").unique_by("id").of_sections(); }),
                    InternalError);
    CHECK_THROWS_AS(seal([](S& s) {
                        s.text("a", "");
                        s.text("a", "");
                    }),
                    InternalError);
    CHECK_THROWS_AS(seal([](S& s) { s.text("a", "").size_range(1, 2); }), InternalError);
}

TEST_CASE("a sealed schema does not change") {
    scenario::Schema schema = toy::toy_schema();
    schema.seal();
    CHECK_THROWS_AS(schema.section("late", ""), InternalError);
    CHECK_THROWS_AS(schema.section("city"), InternalError);
    CHECK_THROWS_AS(schema.add_check({}), InternalError);
}
