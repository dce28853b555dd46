#include "results/run_files.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

#include "support/temporary_folder.h"

namespace jiahe::results {
namespace {

SealedSnapshot sealed(const std::string& file, const std::string& content) {
    return {file, content.size(), sha256_of_text(content), 1, "hash", "city"};
}

}  // namespace

TEST_CASE("the journal gives back what was sealed, oldest first") {
    const TemporaryFolder folder;
    RunJournal journal(folder / "run.journal");
    CHECK(journal.read().empty());
    journal.append(sealed("a", "1"));
    journal.append(sealed("b", "2"));
    const auto lines = journal.read();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].file == "a");
    CHECK(lines[1].city_digest == "city");
    CHECK(journal.damaged_line_count() == 0);
}

TEST_CASE("a torn last line is ignored and does not swallow the next one") {
    const TemporaryFolder folder;
    const std::string path = folder / "run.journal";
    RunJournal journal(path);
    journal.append(sealed("a", "1"));
    std::ofstream(path, std::ios::app) << "1234abcd {\"file\":\"b";
    CHECK(journal.damaged_line_count() == 0);  // a crash while writing is no damage
    journal.append(sealed("c", "3"));
    const auto lines = journal.read();
    REQUIRE(lines.size() == 2);
    CHECK(lines[1].file == "c");
}

TEST_CASE("the newest whole snapshot is found behind damaged and removed ones") {
    const TemporaryFolder folder;
    RunJournal journal(folder / "run.journal");
    for (const char* name : {"a", "b", "c", "d"})
        journal.append(sealed(name, name));
    write_file(folder / "a", "a");
    write_file(folder / "b", "b");
    write_file(folder / "c", "C");  // d is gone
    std::vector<std::string> skipped;
    CHECK(newest_whole_snapshot(journal, folder / "", skipped).file == "b");
    CHECK(skipped == std::vector<std::string>{"c"});
}

}  // namespace jiahe::results
