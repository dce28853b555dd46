#include "evaluation/lead_section.h"

#include <doctest/doctest.h>

#include <string>

#include "run_fixture.h"
#include "support/temporary_folder.h"
#include "well_formed.h"

namespace jiahe::evaluation {
namespace {

RunRecord town_record(const TemporaryFolder& folder, const TownRun& run = {}) {
    write_town_run(folder / "run", run);
    return read_run(folder / "run");
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the first words tell trips, roads, tolls and parcels") {
    const TemporaryFolder folder;
    const std::string text = lead(town_record(folder), Language::kEnglish);
    CHECK(markup_fault(text) == "");
    // 1,000 trips leave at the hours 06:00 ... 17:00 and take 10 to 49 min; trip i of class i % 12.
    CHECK(has(text, "Of <b>1,000</b> vehicle trips <b>90.0 %</b> arrived"));
    CHECK(has(text, "and slowest from 08:00 to 09:00"));
    // Plaza 3, "Port", passes 400 an hour, at 08:00 in 800 s each, 13.3 min.
    CHECK(has(text, "the longest queue stood at Port from 08:00, 13.3 min a vehicle"));
    // All 200 parcels are due by 30:00; i % 3 == 0 (67) are late, 7 of the others never come.
    CHECK(has(text, "Of 200 parcels due by 06:00 +1, <b>63.0 %</b> came in time; 74 did not."));
}

TEST_CASE("what a run lacks is not talked about") {
    CHECK(lead(RunRecord{}, Language::kEnglish) == "");
    const TemporaryFolder folder;
    TownRun run;
    run.with_tolling = run.with_logistics = run.with_telecom = false;
    const std::string text = lead(town_record(folder, run), Language::kEnglish);
    CHECK(has(text, "vehicle trips"));
    CHECK_FALSE(has(text, "parcels"));
    CHECK_FALSE(has(text, "plaza"));
}

TEST_CASE("a whole and sound run gives no warning") {
    const TemporaryFolder folder;
    CHECK(warning_banner(town_record(folder), Language::kEnglish) == "");
    TownRun broken;
    broken.balances = false;
    const std::string text = warning_banner(town_record(folder, broken), Language::kChinese);
    CHECK(markup_fault(text) == "");
    CHECK(has(text, "class=\"banner bad\""));
    CHECK(has(text, "1 / 2 项守恒审计不平"));
}

}  // namespace jiahe::evaluation
