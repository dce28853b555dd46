#include "scenario/schema_documents.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "scenario/error_codes.h"
#include "scenario/toy_section.h"
#include "scenario/yaml_document.h"

using namespace jiahe;

namespace {
bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("the JSON Schema is JSON and says what the registry says") {
    const std::string json = scenario::json_schema(toy::toy_schema());
    // JSON is YAML: our own parser reads it, and would find duplicate keys.
    scenario::FaultList faults;
    const scenario::DocNode root = scenario::parse_yaml(json, {"schema.json", 0}, faults);
    CHECK(faults.empty());
    const auto child = [](const scenario::DocNode& node, const char* key) -> const auto& {
        REQUIRE(node.find(key) < node.keys.size());
        return node.children[node.find(key)];
    };
    CHECK(child(root, "$schema").text == "https://json-schema.org/draft/2020-12/schema");
    const auto& ferries = child(child(root, "properties"), "ferries");
    CHECK(child(ferries, "additionalProperties").text == "false");
    const auto& boats = child(child(ferries, "properties"), "boats");
    CHECK(child(boats, "maxItems").text == "3");
    const auto& boat = child(boats, "items");
    CHECK(child(boat, "required").children[0].text == "name");
    const auto& berths = child(child(boat, "properties"), "berths");
    CHECK(child(berths, "type").text == "integer");
    CHECK(child(berths, "minimum").text == "1");
    CHECK(child(berths, "maximum").text == "40");
    CHECK(child(berths, "default").text == "6");
    const auto& limit = child(child(boat, "properties"), "limit");
    CHECK(child(limit, "pattern").text ==
          "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)? *(km/h|m/s)$");
    CHECK(child(limit, "x-jiahe-source").text == "C Yang 2011");
}

TEST_CASE("the Markdown has a table for every section and the table of codes") {
    const std::string text = scenario::markdown(toy::toy_schema());
    CHECK(holds(text, "## `ferries.boats[]`"));
    CHECK(holds(text, "| `berths` | integer | `6` | from 1 to 40 |  | Cars aboard. |"));
    CHECK(holds(text, "| `limit` | speed (km/h, m/s) | absent | at most 20 km/h | C Yang 2011 |"));
    for (const auto& each : scenario::kCodeMeanings) {
        CAPTURE(each.code);
        CHECK(holds(text, "| " + std::string(each.code) + " | " + std::string(each.meaning)));
    }
}

TEST_CASE("help shows one setting or section") {
    const scenario::Schema schema = toy::toy_schema();
    const std::string text = scenario::help(schema, "ferries.boats.crossing");
    CHECK(text ==
          "ferries.boats.crossing: Time to cross.\n"
          "  type     duration (s, ms, us, min, h, d)\n"
          "  default  `10 min`\n"
          "  range    from 1 min to 2 h\n");
    CHECK(holds(scenario::help(schema, "ferries"), "  share                Share of travellers."));
    CHECK(holds(scenario::help(schema, "errors"), "E-SCN-012  no such key in this section\n"));
    CHECK(holds(scenario::help(schema, ""), "ferries"));
    try {
        scenario::help(schema, "ferries.boat");
        FAIL("no such topic");
    } catch (const InputError& error) {
        CHECK(std::string(error.what()) ==
              "error[E-SCN-050]: no help on 'ferries.boat' (did you mean 'ferries.boats'?)");
    }
}

TEST_CASE("codes are unique and in order") {
    for (std::size_t i = 1; i < scenario::kCodeMeanings.size(); ++i) {
        CHECK(scenario::kCodeMeanings[i - 1].code < scenario::kCodeMeanings[i].code);
    }
}
