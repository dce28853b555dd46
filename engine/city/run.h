// One run: a scenario file in, a run's folder out (product.md).
//
// Composition root: reads the scenario, builds the City, assembles the systems and couplings on one
// kernel, advances it, seals snapshots, writes results. A folder is finished when its manifest.json
// says so; the manifest is written last. A stopped run is sealed: snapshot, results so far,
// manifest with "complete": false.
//
// Errors: InputError, ResourceError, IoError, CorruptFileError, InternalError, each with its exit
// code; nothing partial under a final name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/sim_time.h"
#include "results/indicators.h"
#include "scenario/scenario.h"

namespace jiahe::city {

struct RunOptions {
    std::filesystem::path scenario;
    std::vector<std::filesystem::path> data_dirs;
    std::vector<std::string> overrides;  // path.to.key=value
    std::filesystem::path out;           // empty: out/NAME
    int threads = 2;
    int partitions = 0;  // 0 = automatic
    std::optional<std::uint64_t> seed;
    std::optional<SimTime> until;           // time of day, since midnight of the first day
    std::optional<SimTime> snapshot_every;  // simulated
    std::uint64_t memory_limit_bytes = 0;   // 0 = none
    bool resume = false;
    bool force = false;
    LogSink log = drop_log;
};

struct Progress {
    SimTime clock;      // time of day, since midnight of the first day
    SimTime end;        // time of day
    double wall_s = 0;  // since the event loop began
    double done = 0;    // share of simulated time
    std::uint64_t crossings = 0;
    std::int64_t vehicles_under_way = 0;
    std::int64_t parcels_under_way = 0;
    std::int64_t flows_under_way = 0;
};

// Called at epochs on the caller's thread; false stops the run.
using ProgressCallback = std::function<bool(const Progress&)>;

struct RunOutcome {
    std::filesystem::path folder;
    bool complete = false;
    bool already_finished = false;  // --resume on a finished run
    std::string state_hash;
    results::Indicators indicators;
    double load_s = 0, simulate_s = 0, write_s = 0;
    std::uint64_t events = 0;
};

RunOutcome run_scenario(const RunOptions& options, const ProgressCallback& progress = {});

// What `jiahe check` prints: the scenario is valid and every layer opens.
struct CheckReport {
    std::vector<std::string> lines;
    double memory_forecast_bytes = 0;
};
CheckReport check_scenario(const RunOptions& options);

// Digests, audit and state hash of a finished run's folder; faults is empty where all hold.
struct VerifyReport {
    std::vector<std::string> lines;
    std::vector<std::string> faults;
};
VerifyReport verify_run(const std::filesystem::path& folder,
                        const std::optional<std::filesystem::path>& against);

// The registry of all settings of all systems.
scenario::Schema make_schema();

// "0.1.0" and the commit the program was built from.
std::string version();
std::string build_commit();

}  // namespace jiahe::city
