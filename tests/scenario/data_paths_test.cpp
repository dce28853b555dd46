#include "scenario/data_paths.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "scenario/toy_section.h"
#include "support/temporary_folder.h"

using namespace jiahe;
namespace fs = std::filesystem;

namespace {

// bundle/{a.csv, folder/b.csv, out -> ../secret.csv, in -> a.csv, pipe}, data/{c.csv, a.csv}.
class Tree {
  public:
    Tree() : root_(fs::temp_directory_path() / ("jiahe_paths_" + std::to_string(getpid()))) {
        fs::remove_all(root_);
        for (const char* folder : {"bundle/folder", "data", "other"}) {
            fs::create_directories(root_ / folder);
        }
        for (const char* file : {"bundle/a.csv", "bundle/folder/b.csv", "data/c.csv", "data/a.csv",
                                 "secret.csv", "other/d.csv"}) {
            std::ofstream(root_ / file) << file;
        }
        fs::create_symlink("../secret.csv", root_ / "bundle/out");
        fs::create_symlink("a.csv", root_ / "bundle/in");
        fs::create_directory_symlink("../../other", root_ / "bundle/folder/away");
        mkfifo((root_ / "bundle/pipe").c_str(), 0600);
    }
    ~Tree() { fs::remove_all(root_); }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    scenario::DataPaths paths() const { return {root_ / "bundle", {root_ / "data"}}; }
    fs::path at(const char* path) const { return fs::canonical(root_ / path); }

  private:
    fs::path root_;
};

std::string code_of(const scenario::DataPaths::Found& found) {
    return found.fault ? found.fault->code : "";
}

}  // namespace

TEST_CASE("a path is found in the bundle first, then in the data folders") {
    const Tree tree;
    const auto paths = tree.paths();
    const auto file = scenario::Kind::kFile;
    CHECK(paths.resolve("a.csv", file).canonical == tree.at("bundle/a.csv"));
    CHECK(paths.resolve("c.csv", file).canonical == tree.at("data/c.csv"));
    CHECK(paths.resolve("./folder/../folder/b.csv", file).canonical ==
          tree.at("bundle/folder/b.csv"));
    CHECK(paths.resolve("in", file).canonical == tree.at("bundle/a.csv"));
    CHECK(paths.resolve("folder", scenario::Kind::kFolder).canonical == tree.at("bundle/folder"));
    CHECK(paths.resolve("folder", scenario::Kind::kFileOrFolder).fault == std::nullopt);
    CHECK(paths.resolve("../data/c.csv", file).canonical == tree.at("data/c.csv"));
}

TEST_CASE("nothing outside is opened, whether it exists or not") {
    const Tree tree;
    const auto paths = tree.paths();
    for (const char* bad : {"../secret.csv", "out", "folder/away/d.csv", "../no_such.csv",
                            "../../../../../../../../etc/passwd", "folder/../../secret.csv"}) {
        CAPTURE(bad);
        CHECK(code_of(paths.resolve(bad, scenario::Kind::kFile)) == "E-SCN-041");
    }
    for (const char* bad : {"", "/etc/passwd", "~/x", "file:///etc/passwd", "/vsizip/a.zip",
                            "/VSIMEM/x", "GPKG:a.gpkg:t", "C:\\x", "a\\b", "a\nb"}) {
        CAPTURE(bad);
        CHECK(code_of(paths.resolve(bad, scenario::Kind::kFile)) == "E-SCN-042");
    }
}

TEST_CASE("what is found must be of the right kind") {
    const Tree tree;
    const auto paths = tree.paths();
    CHECK(code_of(paths.resolve("folder", scenario::Kind::kFile)) == "E-SCN-043");
    CHECK(code_of(paths.resolve("a.csv", scenario::Kind::kFolder)) == "E-SCN-043");
    CHECK(code_of(paths.resolve("pipe", scenario::Kind::kFile)) == "E-SCN-043");
    const auto absent = paths.resolve("z.csv", scenario::Kind::kFile);
    CHECK(code_of(absent) == "E-SCN-040");
    CHECK(absent.fault->hint.find("bundle, ") != std::string::npos);
    CHECK_THROWS_AS(scenario::DataPaths(".", {"no_such_folder"}), InputError);
}

TEST_CASE("a folder without the file that it is to hold does not hide a later one of its name") {
    const TemporaryFolder tree;
    std::filesystem::create_directories(tree / "bundle");
    for (const char* folder : {"first/facts", "second/facts"})
        std::filesystem::create_directories(tree / folder);
    std::ofstream(tree / "second/facts/roads.csv") << "a\n";
    const scenario::DataPaths paths(tree / "bundle", {tree / "first", tree / "second"});
    const auto found = paths.resolve("facts", scenario::Kind::kFolder, "roads.csv");
    CHECK(found.fault == std::nullopt);
    CHECK(found.canonical == std::filesystem::canonical(tree / "second/facts"));
    const auto absent = paths.resolve("facts", scenario::Kind::kFolder, "rails.csv");
    CHECK(code_of(absent) == "E-SCN-040");
    CHECK(absent.fault->message.find("holds no file 'rails.csv'") != std::string::npos);
}

TEST_CASE("files of a folder are checked like every path") {
    const Tree tree;
    const auto paths = tree.paths();
    CHECK(paths.resolve_below(tree.at("bundle/folder"), "b.csv").canonical ==
          tree.at("bundle/folder/b.csv"));
    CHECK(code_of(paths.resolve_below(tree.at("bundle/folder"), "away/d.csv")) == "E-SCN-041");
    CHECK(code_of(paths.resolve_below(tree.at("bundle/folder"), "x.csv")) == "E-SCN-040");
}

TEST_CASE("a scenario's paths are listed for the manifest") {
    const Tree tree;
    const auto loaded = scenario::Scenario::from_text(
        toy::toy_schema(),
        "name: a\ncity: {network: {file: folder}, data: {counts: c.csv, again: a.csv}}", "t.yaml",
        tree.at("bundle"), {.data_dirs = {tree.at("data")}, .overrides = {}});
    REQUIRE(loaded.input_paths().size() == 3);
    CHECK(loaded.input_paths()[0].setting == "city.network.file");
    CHECK(loaded.input_paths()[1].setting == "city.data.counts");
    CHECK(loaded.input_paths()[1].canonical == tree.at("data/c.csv"));
    CHECK(loaded.at("city.data.again").file() == tree.at("bundle/a.csv"));
    const auto folder = loaded.at("city.network.file");
    CHECK(loaded.file_in(folder, "b.csv") == tree.at("bundle/folder/b.csv"));
    CHECK(loaded.has_file_in(folder, "b.csv"));
    CHECK_FALSE(loaded.has_file_in(folder, "x.csv"));
    CHECK_THROWS_AS(loaded.file_in(folder, "x.csv"), InputError);
}
