// One run: a scenario file in, a run's folder out (product.md).
//
// Composition root: reads the scenario, builds the City, assembles the systems and couplings on one
// kernel, advances it, seals snapshots, writes results. A folder is finished when its manifest.json
// says so; the manifest is written last. A run stopped before the scenario's end (by `until`, by
// the callback or at the memory limit) is sealed: snapshot, results so far, manifest with
// "complete": false and the time reached; `resume` goes on from there to the same bits.
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
#include "kernel/self_checks.h"
#include "results/column.h"
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
    std::optional<SimTime> until;           // time of day, inside the scenario's window
    std::optional<SimTime> snapshot_every;  // simulated; else the scenario's
    std::uint64_t memory_limit_bytes = 0;   // 0 = none
    bool resume = false;
    bool force = false;
    bool keep_tables = false;  // results stay in memory too, in RunOutcome::tables
    kernel::SelfChecks checks = {};
    LogSink log = drop_log;
};

struct UnderWay {
    std::uint64_t crossings = 0;  // links left by a vehicle since the run's start
    std::int64_t vehicles = 0;    // on links
    std::int64_t parcels = 0;     // on vans
    std::int64_t flows = 0;       // of network sites and classes with bytes to carry
};

struct Progress {
    // Times of day, since midnight of the first day; `begin` is where this program began.
    SimTime begin, clock, end;
    double wall_s = 0;                     // since the event loop began
    double done = 0;                       // share of simulated time
    std::uint64_t crossings_at_begin = 0;  // made by the run that is resumed
    std::function<UnderWay()> under_way;   // scans the city; ask where it is shown

    double real_time_factor() const;
    double eta_s() const;  // wall time left at the mean pace so far
};

// Called at epochs on the caller's thread; false stops the run.
using ProgressCallback = std::function<bool(const Progress&)>;

enum class StopReason : std::uint8_t { kEnd, kUntil, kAsked, kMemory };

struct RunOutcome {
    std::filesystem::path folder;
    bool complete = false;
    StopReason reason = StopReason::kEnd;
    SimTime reached;                // time of day
    bool already_finished = false;  // --resume on a finished run
    std::string state_hash;
    results::Indicators indicators;
    double load_s = 0, simulate_s = 0, snapshots_s = 0, write_s = 0, layers_s = 0;
    std::uint64_t events = 0;
    results::Tables tables;
};

RunOutcome run_scenario(const RunOptions& options, const ProgressCallback& progress = {});

// What `jiahe check` prints: the scenario is valid and every layer opens.
struct CheckReport {
    std::vector<std::string> lines;
    double memory_forecast_bytes = 0;
    double time_forecast_s = 0;  // of the run, on the threads of the options
};
CheckReport check_scenario(const RunOptions& options);

// Digests, audit and state hash of a sealed run's folder; faults is empty where all hold. Missing
// or changed files are faults; a folder without manifest is an InputError.
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
