#include "routing/routes_file.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace jiahe::routing {
namespace {

namespace fs = std::filesystem;

fs::path written(const std::string& text) {
    const fs::path path = fs::temp_directory_path() / "jiahe_routes_test.sol";
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

// Depot 0 at the origin, stops 1..3 at 10, 20 and 30 on a line; two vans of capacity 2.
Instance line() {
    Instance instance;
    instance.kind = InstanceKind::kVrptw;
    instance.rule = CostRule::kTenths;
    instance.at = {{0, 0}, {10, 0}, {20, 0}, {30, 0}};
    instance.demand = {0, 1, 1, 1};
    instance.service = {0, 5, 5, 5};
    instance.open = {0, 0, 40, 0};
    instance.close = {200, 50, 60, 100};
    instance.depots = {0};
    instance.stops = {1, 2, 3};
    instance.vehicles.assign(2, {2});
    return instance;
}

std::string first_fault(const Instance& instance, std::vector<std::vector<std::uint32_t>> nodes) {
    const RoutesVerdict verdict = check_routes(instance, {std::move(nodes), std::nullopt});
    return verdict.faults.empty() ? "none" : verdict.faults.front();
}

std::string refusal(const std::string& text) {
    try {
        read_routes(written(text));
    } catch (const InputError& error) {
        const InputFault& fault = error.faults().front();
        return fault.code + " " + std::to_string(fault.place.line) + ":" +
               std::to_string(fault.place.column);
    }
    return "accepted";
}

}  // namespace

TEST_CASE("the judge finds each way in which routes can be wrong") {
    Instance instance = line();
    CHECK(first_fault(instance, {{1, 2}, {3}}) == "none");
    CHECK(check_routes(instance, {{{1, 2}, {3}}, std::nullopt}).cost == 400 + 600);
    CHECK(first_fault(instance, {{1, 2, 3}}) == "route 1: loads 3, takes 2");
    CHECK(first_fault(instance, {{1}, {2}, {3}}) == "route 3: only 2 vehicles");
    CHECK(first_fault(instance, {{1, 2}}) == "stop 3 is served 0 times");
    CHECK(first_fault(instance, {{1, 2}, {3, 1}}) == "route 2: misses a window");  // 30 + 5 + 20
    CHECK(first_fault(instance, {{1, 2}, {3, 9}}) == "route 2: there is no node 9");
    CHECK(first_fault(instance, {{1, 0, 2}, {3}}) == "route 1: may not reload at 0");
    instance.vehicles[0].reload_depots = {0};
    CHECK(first_fault(instance, {{1, 0, 2}, {3}}) == "none");
    instance.release = {0, 0, 45, 0};  // 2 is reached at 65 at the earliest
    CHECK(first_fault(instance, {{1, 0, 2}, {3}}) == "route 1: misses a window");
}

TEST_CASE("a tour lasts from its latest useful start to its end") {
    Instance instance = line();
    // Out to 2 (open from 40): 20 + 5 + 20 if it leaves at 20 or later.
    instance.stops = {2};
    instance.depots = {0, 1, 3};
    instance.vehicles.assign(1, {2});
    instance.vehicles[0].duration_most = 45;
    CHECK(first_fault(instance, {{2}}) == "none");
    instance.vehicles[0].duration_most = 44.9;
    CHECK(first_fault(instance, {{2}}) == "route 1: lasts 450, may last 449");
}

TEST_CASE("what is written is read again, and malformed lines are refused where they stand") {
    const Instance instance = line();
    const Routes routes{{{1, 2}, {3}}, std::nullopt};
    const std::string text = routes_text(instance, routes, 1000);
    CHECK(text == "Route #1: 1 2\nRoute #2: 3\nCost 100.0\n");
    const Routes again = read_routes(written(text));
    CHECK(again.nodes == routes.nodes);
    CHECK(again.cost.value() == 100);
    CHECK(refusal("Route #1: 4 x\n") == "E-RTG-103 1:13");
    CHECK(refusal("Route 1: 4\n") == "E-RTG-121 1:1");
    CHECK(refusal("Route #1 4\n") == "E-RTG-121 1:7");
    CHECK(refusal("Cost 4\nCost 5\n") == "E-RTG-122 2:1");
    CHECK(refusal("Costs 4\n") == "E-RTG-120 1:1");
    CHECK_FALSE(claimed_cost("no_such_file.sol").has_value());
}

}  // namespace jiahe::routing
