#include "results/results_reader.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "results/results_file.h"
#include "results/run_files.h"
#include "support/temporary_folder.h"

namespace jiahe::results {
namespace {

std::string written(const TemporaryFolder& folder) {
    const std::string path = folder / "results.h5";
    ResultsFile file(path);
    file.scale("/traffic", {"link", {}, "1", "external id"}, std::vector<std::int64_t>{7, 8, 9});
    file.scale("/traffic", {"time", {}, "s", "begin"}, std::vector<double>{0, 900});
    file.dataset("/traffic", {"flow", {"time", "link"}, "1", "vehicles"},
                 std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6});
    file.dataset("/traffic", {"speed", {"time", "link"}, "m/s", "mean"},
                 std::vector<float>{1, 2, 3, 4, 5, 6.5});
    file.dataset("/traffic", {"lanes", {"link"}, "1", "lanes"}, std::vector<std::uint8_t>{1, 2, 3});
    file.dataset("/traffic", {"name", {"link"}, "1", "name"},
                 std::vector<std::string>{"a", "嘉兴", ""});
    file.scale("/traffic/trips", {"trip", {}, "1", "trip"}, std::vector<std::int64_t>{});
    file.dataset("/traffic/trips", {"departure_s", {"trip"}, "s", "departure"},
                 std::vector<double>{});
    file.finish();
    return path;
}

}  // namespace

TEST_CASE("a column comes back with its type, dimensions, units and values") {
    const TemporaryFolder folder;
    const ResultsReader in(written(folder));
    const Column flow = in.read("/traffic", "flow");
    CHECK(flow.dims == std::vector<std::string>{"time", "link"});
    CHECK(flow.shape == std::vector<std::size_t>{2, 3});
    CHECK(flow.units == "1");
    CHECK(flow.long_name == "vehicles");
    CHECK(std::get<std::vector<std::uint32_t>>(flow.values) ==
          std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6});
    CHECK(std::get<std::vector<float>>(in.read("/traffic", "speed").values)[5] == 6.5F);
    CHECK(std::get<std::vector<std::uint8_t>>(in.read("/traffic", "lanes").values)[2] == 3);
    CHECK(std::get<std::vector<double>>(in.read("/traffic", "time").values)[1] == 900);
    CHECK(std::get<std::vector<std::string>>(in.read("/traffic", "name").values) ==
          std::vector<std::string>{"a", "嘉兴", ""});
    const Column link = in.read("/traffic", "link");
    CHECK(link.dims == std::vector<std::string>{"link"});
    CHECK(std::get<std::vector<std::int64_t>>(link.values)[0] == 7);
}

TEST_CASE("columns without rows are read as such") {
    const TemporaryFolder folder;
    const ResultsReader in(written(folder));
    const Column none = in.read("/traffic/trips", "departure_s");
    CHECK(none.shape == std::vector<std::size_t>{0});
    CHECK(std::get<std::vector<double>>(none.values).empty());
}

TEST_CASE("what is not there can be asked for") {
    const TemporaryFolder folder;
    const ResultsReader in(written(folder));
    CHECK(in.has_group("/traffic"));
    CHECK_FALSE(in.has_group("/tolling"));
    CHECK_FALSE(in.has_group("/tolling/ledger"));
    CHECK(in.has("/traffic", "flow"));
    CHECK_FALSE(in.has("/traffic", "queue"));
    CHECK(in.columns_of("/tolling").empty());
    CHECK(in.columns_of("/traffic") ==
          std::vector<std::string>{"flow", "lanes", "link", "name", "speed", "time"});
    CHECK(in.groups_of("/") == std::vector<std::string>{"traffic"});
    CHECK(in.groups_of("/traffic") == std::vector<std::string>{"trips"});
    CHECK(in.doubles_or_empty("/traffic", "name").empty());
    CHECK(in.texts_or_empty("/traffic", "flow").empty());
    CHECK(in.doubles_or_empty("/traffic", "lanes") == std::vector<double>{1, 2, 3});
    CHECK(in.floats_or_empty("/traffic", "flow")[5] == 6);
    CHECK(in.integers_or_empty("/traffic", "link").size() == 3);
}

TEST_CASE("a missing file is an I/O error, a damaged one a corrupt file") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS(ResultsReader(folder / "none.h5"), IoError);
    write_file(folder / "bad.h5", "not HDF5");
    CHECK_THROWS_AS(ResultsReader(folder / "bad.h5"), CorruptFileError);
    const std::string path = written(folder);
    const std::string whole = read_file(path);
    write_file(path, whole.substr(0, whole.size() / 2));
    CHECK_THROWS_AS(ResultsReader{path}, CorruptFileError);
}

}  // namespace jiahe::results
