// A whole run of the small town: books that balance, one hash however it is run, stopped or killed.
#include "city/run.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "base/error.h"
#include "support/temporary_folder.h"

namespace jiahe::city {
namespace {

namespace fs = std::filesystem;

constexpr SimTime kHalfHour{1800 * kMicrosPerSecond};
constexpr SimTime kEight{8 * 3600 * kMicrosPerSecond};  // half of 06:00 to 10:00

RunOptions town(const fs::path& out) {
    RunOptions options;
    options.scenario = fs::path(JIAHE_SOURCE_DIR) / "scenarios" / "town" / "morning.yaml";
    options.overrides = {"output.map=false"};
    options.out = out;
    return options;
}

// The hash of an undisturbed run on one thread and one partition.
const std::string& plain_hash() {
    static const std::string hash = [] {
        const TemporaryFolder folder;
        RunOptions options = town(folder / "run");
        options.threads = options.partitions = 1;
        return run_scenario(options).state_hash;
    }();
    return hash;
}

std::vector<fs::path> snapshots_of(const fs::path& run) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(run / "snapshots"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());  // names begin with the padded time
    return files;
}

// What a run killed after 08:00 leaves: snapshots of 07:30 and 08:00 and the journal, no results.
void leave_as_if_killed(const fs::path& run) {
    RunOptions options = town(run);
    options.until = kEight;
    options.snapshot_every = kHalfHour;
    run_scenario(options);
    for (const char* name : {"manifest.json", "results.h5", "kpi.csv", "run.log"})
        fs::remove(run / name);
    REQUIRE(snapshots_of(run).size() == 2);
}

struct Resumed {
    std::string hash;
    std::vector<std::string> log;
    bool says(const std::string& text) const {
        return std::any_of(log.begin(), log.end(), [&](const std::string& line) {
            return line.find(text) != std::string::npos;
        });
    }
};

Resumed resume(const fs::path& run) {
    Resumed resumed;
    std::mutex mutex;
    RunOptions options = town(run);
    options.resume = true;
    options.log = [&](LogLevel, std::string_view line) {
        const std::lock_guard lock(mutex);
        resumed.log.emplace_back(line);
    };
    const RunOutcome outcome = run_scenario(options);
    CHECK(outcome.complete);
    CHECK(outcome.indicators.balances());
    resumed.hash = outcome.state_hash;
    return resumed;
}

std::string code_of_refusal(const RunOptions& options) {
    try {
        run_scenario(options);
    } catch (const InputError& error) {
        return error.faults().front().code;
    }
    return "none";
}

}  // namespace

TEST_CASE("all books of the town balance and all its systems have worked") {
    const TemporaryFolder folder;
    const RunOutcome outcome = run_scenario(town(folder / "run"));
    CHECK(outcome.complete);
    CHECK(outcome.indicators.audits.size() >= 20);
    for (const auto& audit : outcome.indicators.audits) {
        INFO(audit.name << ": " << audit.claim << ": " << audit.left << " and " << audit.right);
        CHECK(audit.balances());
    }
    const auto value = [&](const std::string& name) {
        for (const auto& kpi : outcome.indicators.kpis) {
            if (kpi.name == name) return kpi.value;
        }
        FAIL("no indicator " << name);
        return 0.0;
    };
    CHECK(value("traffic.trips_arrived") > 1000);
    CHECK(value("tolling.passages") > 1000);
    CHECK(value("telecom.delivered") > 0);
    CHECK(value("logistics.delivered") > 100);
    CHECK(verify_run(outcome.folder, std::nullopt).faults.empty());
}

TEST_CASE("the state hash does not depend on threads and partitions") {
    for (const int threads : {1, 2, 8}) {
        for (const int partitions : {1, 3, 64}) {
            const TemporaryFolder folder;
            RunOptions options = town(folder / "run");
            options.threads = threads;
            options.partitions = partitions;
            INFO(threads << " threads, " << partitions << " partitions");
            CHECK(run_scenario(options).state_hash == plain_hash());
        }
    }
}

TEST_CASE("another seed gives another hash") {
    const TemporaryFolder folder;
    RunOptions options = town(folder / "run");
    options.seed = 2;
    CHECK(run_scenario(options).state_hash != plain_hash());
}

TEST_CASE("a run stopped half way is sealed and ends as if it had not been stopped") {
    const TemporaryFolder folder;
    RunOptions options = town(folder / "run");
    options.snapshot_every = kHalfHour;
    const RunOutcome stopped =
        run_scenario(options, [](const Progress& p) { return p.clock < kEight; });
    CHECK_FALSE(stopped.complete);
    CHECK(stopped.state_hash != plain_hash());
    const Resumed resumed = resume(folder / "run");
    CHECK(resumed.hash == plain_hash());
    CHECK(resumed.says("resumed from"));
}

TEST_CASE("a run to an hour is sealed there, and outside the scenario's window refused") {
    const TemporaryFolder folder;
    RunOptions options = town(folder / "run");
    options.until = kEight;
    const RunOutcome half = run_scenario(options);
    CHECK_FALSE(half.complete);
    CHECK(half.reason == StopReason::kUntil);
    CHECK(half.reached == kEight);
    CHECK(half.indicators.balances());
    CHECK(verify_run(half.folder, std::nullopt).faults.empty());
    CHECK(resume(folder / "run").hash == plain_hash());
    for (const int hour : {5, 6, 11}) {
        RunOptions outside = town(folder / "other");
        outside.until = hours(hour);
        CHECK(code_of_refusal(outside) == "E-RUN-004");
        CHECK_FALSE(fs::exists(folder / "other"));
    }
}

TEST_CASE("a run that is resumed with another scenario is refused and left alone") {
    const TemporaryFolder folder;
    leave_as_if_killed(folder / "run");
    RunOptions other = town(folder / "run");
    other.resume = true;
    other.seed = 2;
    CHECK(code_of_refusal(other) == "E-RUN-005");
    CHECK(resume(folder / "run").hash == plain_hash());
    CHECK(code_of_refusal(other) == "E-RUN-005");  // finished by now
}

TEST_CASE("at the memory limit a run is sealed before it gives up") {
    const TemporaryFolder folder;
    RunOptions options = town(folder / "run");
    options.memory_limit_bytes = 1;
    CHECK_THROWS_AS(run_scenario(options), ResourceError);  // the forecast
    CHECK_FALSE(fs::exists(folder / "run"));
}

TEST_CASE("progress tells what is under way and how long it will take") {
    const TemporaryFolder folder;
    RunOptions options = town(folder / "run");
    UnderWay at_nine;
    run_scenario(options, [&](const Progress& p) {
        if (p.clock == hours(9)) at_nine = p.under_way();
        return true;
    });
    CHECK(at_nine.crossings > 10'000);
    CHECK(at_nine.vehicles > 0);
    CHECK(at_nine.parcels > 0);
    CHECK(at_nine.flows > 24);  // 24 cells with citizens, plazas and gantries with heartbeats
    Progress p;
    p.begin = hours(6);
    p.clock = hours(8);
    p.end = hours(10);
    p.wall_s = 4;
    CHECK(p.real_time_factor() == doctest::Approx(1800));
    CHECK(p.eta_s() == doctest::Approx(4));
}

TEST_CASE("a killed run goes on from its newest snapshot to the same end") {
    const TemporaryFolder folder;
    leave_as_if_killed(folder / "run");
    const Resumed resumed = resume(folder / "run");
    CHECK(resumed.hash == plain_hash());
    CHECK(resumed.says("resumed from t000007200000"));  // 08:00, 7,200 s after the start
}

TEST_CASE("a newest snapshot with a flipped byte gives way to the one before") {
    const TemporaryFolder folder;
    leave_as_if_killed(folder / "run");
    const fs::path newest = snapshots_of(folder / "run").back();
    const auto middle = static_cast<std::streamoff>(fs::file_size(newest) / 2);
    std::fstream file(newest, std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(middle);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(middle);
    file.put(byte);
    file.close();
    const Resumed resumed = resume(folder / "run");
    CHECK(resumed.hash == plain_hash());
    CHECK(resumed.says("damaged: falling back"));
    CHECK(resumed.says("resumed from t000005400000"));
}

TEST_CASE("a newest snapshot cut short gives way to the one before") {
    const TemporaryFolder folder;
    leave_as_if_killed(folder / "run");
    const fs::path newest = snapshots_of(folder / "run").back();
    fs::resize_file(newest, fs::file_size(newest) - 1000);
    const Resumed resumed = resume(folder / "run");
    CHECK(resumed.hash == plain_hash());
    CHECK(resumed.says("resumed from t000005400000"));
}

TEST_CASE("without a whole snapshot a killed run begins anew and ends the same") {
    const TemporaryFolder folder;
    leave_as_if_killed(folder / "run");
    for (const fs::path& file : snapshots_of(folder / "run"))
        fs::resize_file(file, 100);
    const Resumed resumed = resume(folder / "run");
    CHECK(resumed.hash == plain_hash());
    CHECK_FALSE(resumed.says("resumed from"));
}

TEST_CASE("an output folder that is not empty is refused and left alone unless forced") {
    const TemporaryFolder folder;
    const fs::path run = folder / "run";
    fs::create_directories(run);
    std::ofstream(run / "letter.txt") << "mine";
    RunOptions options = town(run);
    CHECK(code_of_refusal(options) == "E-RUN-002");
    CHECK(fs::file_size(run / "letter.txt") == 4);
    CHECK(std::distance(fs::directory_iterator(run), fs::directory_iterator()) == 1);
    options.force = true;
    CHECK(run_scenario(options).state_hash == plain_hash());
    CHECK(fs::exists(run / "letter.txt"));  // not ours, so not removed
    options.force = false;
    CHECK(code_of_refusal(options) == "E-RUN-002");
    options.resume = true;
    CHECK(run_scenario(options).already_finished);
}

TEST_CASE("an output folder that is a file is refused") {
    const TemporaryFolder folder;
    std::ofstream(folder / "run") << "a file";
    CHECK(code_of_refusal(town(folder / "run")) == "E-RUN-001");
}

}  // namespace jiahe::city
