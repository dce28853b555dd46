#include "base/error.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/check.h"
#include "support/temporary_folder.h"

using namespace jiahe;

TEST_CASE("an input error prints file, position, code, message and the nearest name") {
    const InputFault fault{"E-SCN-012",
                           {"scenarios/x.yaml", 14, 7, ""},
                           "unknown key 'demnad'",
                           did_you_mean("demnad", {"name", "demand", "end"})};
    CHECK(fault.to_string() ==
          "scenarios/x.yaml:14:7: error[E-SCN-012]: unknown key 'demnad' (did you mean 'demand'?)");
}

TEST_CASE("a fault in a layer names its feature instead of a position") {
    const InputFault fault{"E-ROAD-003", {"roads.gpkg", 0, 0, "link 12"}, "length -3 m", ""};
    CHECK(fault.to_string() == "roads.gpkg: link 12: error[E-ROAD-003]: length -3 m");
}

TEST_CASE("several faults print one per line and carry exit code 2") {
    const InputError error(
        {{"E-A-001", {"a", 1, 1, ""}, "x", ""}, {"E-A-002", {"a", 2, 1, ""}, "y", ""}});
    CHECK(std::string(error.what()) == "a:1:1: error[E-A-001]: x\na:2:1: error[E-A-002]: y");
    CHECK(error.exit_code() == ExitCode::kBadInput);
    CHECK(error.faults().size() == 2);
}

TEST_CASE("names are near within one edit, plus one for every three letters") {
    const std::vector<std::string> names = {"traffic", "tolling", "telecom"};
    CHECK(nearest_name("trafic", names) == "traffic");
    CHECK(nearest_name("tollling", names) == "tolling");
    CHECK(nearest_name("weather", names) == "");  // "telecom" is 6 edits away, 3 are allowed
    CHECK(did_you_mean("weather", names) == "");
    CHECK(nearest_name("x", {}) == "");
}

TEST_CASE("of equally near names the first is offered") {
    CHECK(nearest_name("bat", {"cat", "hat"}) == "cat");
}

TEST_CASE("of a path that does not exist the nearest neighbour is offered") {
    const TemporaryFolder folder;
    for (const char* name : {"morning.yaml", "evening.yaml"})
        std::ofstream(folder / name) << "name: a";
    CHECK(did_you_mean_path(folder / "mornin.yaml") == "did you mean 'morning.yaml'?");
    CHECK(did_you_mean_path(folder / "weather.yaml") == "");
    CHECK(did_you_mean_path(folder / "none/at/all") == "");
}

TEST_CASE("every kind of error has its exit code") {
    CHECK(ResourceError("x").exit_code() == ExitCode::kResource);
    CHECK(IoError("x").exit_code() == ExitCode::kIo);
    CHECK(CorruptFileError("x").exit_code() == ExitCode::kCorrupt);
    CHECK(InternalError("x").exit_code() == ExitCode::kInternal);
}

TEST_CASE("a broken invariant says which one and where") {
    try {
        JIAHE_CHECK(1 == 2, "one is not two");
        FAIL("must not get here");
    } catch (const InternalError& error) {
        const std::string text = error.what();
        CHECK(text.find("error_test.cpp:") != std::string::npos);
        CHECK(text.find("check failed: 1 == 2: one is not two") != std::string::npos);
    }
}
