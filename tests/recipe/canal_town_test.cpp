// The canal inside a whole town, through the composition root and the program's own way of a run.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "base/error.h"
#include "canal/canal_system.h"
#include "city/run.h"
#include "scenario/schema_documents.h"
#include "support/temporary_folder.h"
#include "support/whole_town.h"

namespace jiahe::canal {
namespace {

// Boat i leaves the one lock at 10(i + 1) min: five before the hour is over, when all nine are
// there.
constexpr const char* kCanal = "canal: {locks: 1, boats: 9}\n";
constexpr std::uint32_t kThrough = 5;

TownSettings town(const std::string& more) {
    TownSettings s;
    s.rows = s.columns = 4;
    s.cells = s.cameras = s.vans = 2;
    s.residents = 4'000;
    s.trips = 4'000;
    s.end = "07:30";
    s.more = more;
    return s;
}

std::string read(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

city::RunOptions run_of(const TemporaryFolder& folder, const TownSettings& settings) {
    std::ofstream(folder / "town.yaml") << town_text(settings);
    city::RunOptions options;
    options.scenario = folder / "town.yaml";
    options.out = folder / "run";
    options.overrides = {"output.map=false"};
    return options;
}

std::string hash_of(int threads, int partitions) {
    WholeTown whole(town("canal: {locks: 40, boats: 12}\n"), threads, partitions);
    whole.run_to_end();
    return whole.simulator().state_hash().to_hex();
}

}  // namespace

TEST_CASE("a town with a canal runs, reports it and balances its book") {
    const TemporaryFolder folder;
    const city::RunOptions options = run_of(folder, town(kCanal));
    const city::CheckReport checked = city::check_scenario(options);
    CHECK(std::count(checked.lines.begin(), checked.lines.end(), "canal: 1 owners") == 1);
    const city::RunOutcome outcome = city::run_scenario(options);
    CHECK(outcome.complete);
    CHECK(outcome.indicators.balances());
    CHECK(read(folder / "run/kpi.csv").find("canal.boats_through,1,5\n") != std::string::npos);
    const auto verified = city::verify_run(outcome.folder, std::nullopt);
    CHECK(verified.faults.empty());
    CHECK(std::count(verified.lines.begin(), verified.lines.end(),
                     "canal.boats: arrived at locks = waiting + in chambers + passed (9 = 9)") ==
          1);
}

TEST_CASE("the canal's table is among the town's results") {
    const TemporaryFolder folder;
    city::RunOptions options = run_of(folder, town(kCanal));
    options.keep_tables = true;
    const city::RunOutcome outcome = city::run_scenario(options);
    REQUIRE(outcome.tables.contains("/canal"));
    const results::Group& group = *outcome.tables.at("/canal");
    REQUIRE(group.size() == 2);
    CHECK(group[1].name == "passed");
    CHECK(std::get<std::vector<std::uint32_t>>(group[1].values) == std::vector{kThrough});
}

TEST_CASE("an unknown key of the canal is an error with its place and the nearest key") {
    try {
        town_scenario(town("canal:\n  locks: 3\n  boat: 4\n"));
        FAIL("accepted");
    } catch (const InputError& error) {
        REQUIRE(error.faults().size() == 1);
        const InputFault& fault = error.faults().front();
        const std::string text = town_text(town("canal:\n  locks: 3\n"));
        CHECK(fault.code == "E-SCN-012");
        CHECK(fault.place.line == std::count(text.begin(), text.end(), '\n') + 1);
        CHECK(fault.place.column == 3);
        CHECK(fault.hint.find("boats") != std::string::npos);
    }
}

TEST_CASE("the schema documents the canal") {
    scenario::Schema schema = city::make_schema();
    schema.seal();
    CHECK(scenario::markdown(schema).find("Boats, one every 4 min.") != std::string::npos);
}

TEST_CASE("a town without the section has no canal") {
    WholeTown whole(town(""));
    for (const auto* block : whole.simulator().store().blocks())
        CHECK(block->name != "canal.lock");
    for (const auto& kpi : whole.assembly().indicators().kpis)
        CHECK_FALSE(kpi.name.starts_with("canal."));
}

TEST_CASE("the canal changes nothing of a town that it does not touch") {
    const auto figures = [](const std::string& more) {
        WholeTown whole(town(more));
        whole.run_to_end();
        std::vector<results::Kpi> kpis = whole.assembly().indicators().kpis;
        std::erase_if(kpis, [](const auto& kpi) { return kpi.name.starts_with("canal."); });
        return results::kpi_csv(kpis);
    };
    CHECK(figures(kCanal) == figures(""));
}

TEST_CASE("a town with a canal has one hash for any number of threads and partitions") {
    const std::string plain = hash_of(1, 1);
    for (const int threads : {1, 2, 8}) {
        for (const int partitions : {3, 16}) {
            INFO(threads << " threads, " << partitions << " partitions");
            CHECK(hash_of(threads, partitions) == plain);
        }
    }
}

TEST_CASE("a town with a canal that is stopped and resumed ends as if it had not been stopped") {
    const TemporaryFolder straight_folder, folder;
    const city::RunOutcome straight = city::run_scenario(run_of(straight_folder, town(kCanal)));
    city::RunOptions options = run_of(folder, town(kCanal));
    options.until = hours(7);
    CHECK_FALSE(city::run_scenario(options).complete);
    options.until.reset();
    options.resume = true;
    const city::RunOutcome resumed = city::run_scenario(options);
    CHECK(resumed.state_hash == straight.state_hash);
    CHECK(city::verify_run(folder / "run", straight.folder).faults.empty());
}

}  // namespace jiahe::canal
