// The table of systems that the program is built with.
#include "city/system_registry.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace jiahe::city {

TEST_CASE("the program's systems stand in the order of the build's list, the tied ones first") {
    std::vector<std::string_view> by_hand, names;
    for (const SystemModule& module : system_registry()) {
        names.push_back(module.name);
        if (module.make == nullptr) by_hand.push_back(module.name);
    }
    CHECK(by_hand == std::vector<std::string_view>{"traffic", "tolling", "logistics", "telecom",
                                                   "resilience"});
    CHECK(std::vector(names.begin(), names.begin() + 5) == by_hand);
}

TEST_CASE("each module declares the section of its name") {
    for (const SystemModule& module : system_registry()) {
        scenario::Schema schema;
        module.declare(schema);
        INFO(module.name);
        CHECK(schema.find(module.name) != nullptr);
    }
}

TEST_CASE("a system of the tests is no part of the program") {
    for (const SystemModule& module : system_registry())
        CHECK(module.name != "canal");
}

}  // namespace jiahe::city
