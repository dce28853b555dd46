// A whole run of the small town against a checked-in text: every figure and the state hash.
//
// A change here is a change of results for everybody. With JIAHE_REGENERATE_GOLDEN=1 in the
// environment the text is written anew, and the test fails all the same, so that no run can pass
// with a text that it has just made. A regenerated text is a commit of its own with the reason.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "city/run.h"
#include "support/temporary_folder.h"

namespace jiahe::city {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

// Two hours of the town with a cut backhaul and a closed road.
std::string run_town() {
    const TemporaryFolder folder;
    RunOptions options;
    options.scenario = fs::path(JIAHE_SOURCE_DIR) / "scenarios" / "town" / "morning.yaml";
    options.out = folder / "run";
    options.until = SimTime{8 * 3600 * kMicrosPerSecond};
    options.overrides = {
        "events=[{time: \"06:40\", until: \"07:40\", action: fail, target: {kind: backhaul, name: "
        "plaza-E1-west-entry}}, {time: \"07:00\", until: \"07:30\", action: close, target: {kind: "
        "road, name: \"101\"}}]"};
    const RunOutcome outcome = run_scenario(options);
    std::string text = "state_hash " + outcome.state_hash + "\n";
    for (const auto& line : outcome.indicators.audits) {
        text += "audit " + line.name + " " + std::to_string(line.left) + " " +
                std::to_string(line.right) + "\n";
    }
    return text + results::kpi_csv(outcome.indicators.kpis);
}

void compare_with_golden(const std::string& name, const std::string& text) {
    const fs::path file = fs::path(JIAHE_SOURCE_DIR) / "tests" / "golden" / name;
    if (std::getenv("JIAHE_REGENERATE_GOLDEN") != nullptr) {
        std::ofstream(file, std::ios::binary) << text;
        FAIL("wrote " << name << " anew: look at the difference and run again without the flag");
    }
    std::istringstream is(text), wanted(text_of(file));
    std::string line, wanted_line;
    while (std::getline(wanted, wanted_line)) {
        std::getline(is, line);
        CHECK(line == wanted_line);
    }
    CHECK(text == text_of(file));
}

}  // namespace

TEST_CASE("the town's morning comes out as it always did, figure by figure") {
    compare_with_golden("town_morning.txt", run_town());
}

TEST_CASE("an empty text is no golden text") {
    CHECK(text_of(fs::path(JIAHE_SOURCE_DIR) / "tests" / "golden" / "town_morning.txt").size() >
          1000);
}

}  // namespace jiahe::city
