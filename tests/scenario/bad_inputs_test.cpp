// The cases of tests/bad/scenario through the library; tests/python/test_bad_inputs.py runs the
// same files through the program.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "scenario/toy_section.h"

using namespace jiahe;
namespace fs = std::filesystem;

namespace {

std::string slurp(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// What the program would print: "exit N" and the messages.
std::string outcome(const fs::path& file) {
    scenario::Schema schema;
    scenario::declare_core(schema);
    try {
        scenario::Scenario::load(schema, file);
    } catch (const InputError& error) {
        return "exit " + std::to_string(static_cast<int>(error.exit_code())) + "\n" + error.what() +
               "\n";
    }
    return "accepted";
}

}  // namespace

TEST_CASE("every bad scenario is refused with the expected code, place and hint") {
    fs::current_path(JIAHE_SOURCE_DIR);
    std::vector<fs::path> cases;
    for (const auto& entry : fs::directory_iterator("tests/bad/scenario")) {
        if (entry.path().extension() == ".yaml") cases.push_back(entry.path());
    }
    std::sort(cases.begin(), cases.end());
    CHECK(cases.size() >= 40);
    for (const fs::path& file : cases) {
        CAPTURE(file);
        fs::path expected = file;
        CHECK(outcome(file) == slurp(expected.replace_extension(".expected")));
    }
}
