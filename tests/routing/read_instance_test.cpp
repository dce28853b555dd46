// The cases of tests/bad/routing, and what the readers make of good files.
#include "routing/read_instance.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.h"
#include "routing/routes_file.h"
#include "support/shared_data.h"

namespace jiahe::routing {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What the program would print: "exit N" and the messages.
std::string outcome(const fs::path& file) {
    try {
        problem_of(read_instance(file));
    } catch (const InputError& error) {
        return "exit " + std::to_string(static_cast<int>(error.exit_code())) + "\n" + error.what() +
               "\n";
    }
    return "accepted";
}

fs::path written(const std::string& name, const std::string& text) {
    const fs::path path = fs::temp_directory_path() / ("jiahe_" + name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

}  // namespace

TEST_CASE("every bad instance is refused with the expected code, place and hint") {
    fs::current_path(JIAHE_SOURCE_DIR);
    int count = 0;
    for (const auto& entry : fs::directory_iterator("tests/bad/routing")) {
        if (entry.path().extension() == ".expected") continue;
        CAPTURE(entry.path());
        fs::path expected = entry.path();
        CHECK(outcome(entry.path()) == slurp(expected.replace_extension(".expected")));
        ++count;
    }
    CHECK(count >= 40);
}

TEST_CASE("tabs, carriage returns, blanks around ':' and a missing -1 or EOF are accepted") {
    const std::string text =
        "NAME:\tt\r\nTYPE : CVRP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE :\tEUC_2D\nCAPACITY : 9\n\n"
        "NODE_COORD_SECTION\t\n1\t0 0\r\n 2 1 1\n3 1.5 -2e1\nDEMAND_SECTION\n1 0\n2 4\n3 9\n"
        "DEPOT_SECTION\n 1";
    const Instance instance = read_instance(written("loose.vrp", text));
    CHECK(instance.name == "t");
    CHECK(instance.at[2].y == -20);
    CHECK(instance.demand == std::vector<std::int64_t>{0, 4, 9});
    CHECK(instance.stops == std::vector<std::uint32_t>{1, 2});
    CHECK(instance.vehicles.size() == 2);  // none are named: one a stop
    CHECK(instance.rule == CostRule::kNearest);
}

TEST_CASE("(0,0)-(1,1) is 1, 1.4, 14, 1414 and 1.41 under the rules of the kinds of files") {
    Instance instance;
    instance.at = {{0, 0}, {1, 1}};
    instance.demand = {0, 1};
    instance.depots = {0};
    instance.stops = {1};
    instance.vehicles.assign(1, {1});
    const auto way = [&](InstanceKind kind, CostRule rule) {
        instance.kind = kind;
        instance.rule = rule;
        return cost_text(instance, problem_of(instance).travel().distance(0, 1));
    };
    CHECK(way(InstanceKind::kCvrp, CostRule::kNearest) == "1");
    CHECK(way(InstanceKind::kVrptw, CostRule::kTenths) == "1.4");
    CHECK(way(InstanceKind::kMultiTrip, CostRule::kTenths) == "14");
    CHECK(way(InstanceKind::kMultiDepot, CostRule::kThousandths) == "1414");
    CHECK(way(InstanceKind::kSolomon, CostRule::kExact) == "1.41");
    CHECK(way(InstanceKind::kMixedFleet, CostRule::kExact) == "0.01");  // file costs are hundredths
    CHECK(cost_text(instance, 3'517'024'499'999) == "35170.24");
}

TEST_CASE("published solutions cost what they claim, under every rule and with reloads") {
    int count = 0;
    for (const char* folder : {"CVRP", "CVRP/XXL", "VRPTW", "MTVRPTWR", "MDVRPTW", "HFVRP"}) {
        const fs::path relative = fs::path("vrp") / folder;
        if (!has_shared_data(relative)) continue;
        for (const auto& entry : fs::directory_iterator(shared_data(relative))) {
            if (entry.path().extension() != ".vrp") continue;
            CAPTURE(entry.path());
            const Instance instance = read_instance(entry.path());
            fs::path solution = entry.path();
            const Routes routes = read_routes(solution.replace_extension(".sol"));
            const RoutesVerdict verdict = check_routes(instance, routes);
            CHECK_MESSAGE(verdict.feasible(), verdict.faults.front());
            CHECK(std::stod(cost_text(instance, verdict.cost)) == routes.cost.value());
            ++count;
        }
    }
    MESSAGE(count << " solutions");
}

}  // namespace jiahe::routing
