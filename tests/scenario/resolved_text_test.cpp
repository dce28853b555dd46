#include "scenario/resolved_text.h"

#include <doctest/doctest.h>

#include "scenario/toy_section.h"

using namespace jiahe;
using toy::read;

TEST_CASE("the resolved text is a scenario with the same resolved text") {
    const std::string town =
        "name: a\ntitle: \"嘉禾 \\\"x\\\" \\\\\"\nferries:\n"
        "  boats: [{name: x, limit: 10 km/h}]\n  tariffs: {'on': 2, 嘉: 1}\n";
    const auto loaded = read(town);
    CHECK(read(loaded.resolved_json()).resolved_json() == loaded.resolved_json());
    CHECK(read(loaded.resolved_yaml()).resolved_yaml() == loaded.resolved_yaml());
    CHECK(read(loaded.resolved_yaml()).resolved_json() == loaded.resolved_json());
    const auto bare = read("name: b");
    CHECK(read(bare.resolved_json()).resolved_json() == bare.resolved_json());
}

TEST_CASE("the resolved text depends on values, not on notation") {
    const auto a = read("name: a\nferries: {share: 90 %, boats: [{name: x, limit: 18 km/h}]}");
    const auto b = read(
        "# other order and units\nferries:\n  boats:\n  - limit: 5 m/s\n    name: \"x\"\n"
        "    crossing: 600 s\n  share: 0.90\nname: 'a'\nseed: 1");
    CHECK(a.resolved_json() == b.resolved_json());
    CHECK(a.resolved_json() != read("name: a").resolved_json());
}

TEST_CASE("defaults are written out in the shown unit") {
    const std::string yaml = read("name: a").resolved_yaml();
    CHECK(yaml.starts_with("name: \"a\"\n"));
    CHECK(yaml.find("  backhaul: \"1.2 Gbit/s\"\n") != std::string::npos);
    CHECK(yaml.find("  share: 0.15\n") != std::string::npos);
    CHECK(yaml.find("  boats: []\n") != std::string::npos);
    CHECK(yaml.find("  tariffs: {}\n") != std::string::npos);
    CHECK(yaml.find("office") == std::string::npos);
}
