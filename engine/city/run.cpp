#include "city/run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "city/assembly.h"
#include "city/run_folder.h"
#include "city/run_manifest.h"
#include "city/version.h"
#include "results/results_file.h"
#include "results/run_files.h"
#include "scenario/core_sections.h"
#include "scenario/unit.h"

namespace jiahe::city {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// The project's own facts: the folder `data` beside the folder `scenarios` that holds the scenario.
std::optional<fs::path> own_data_folder(const fs::path& scenario) {
    std::error_code error;
    for (fs::path at = fs::absolute(scenario, error).parent_path(); at.has_relative_path();
         at = at.parent_path()) {
        if (at.filename() != "scenarios") continue;
        const fs::path data = at.parent_path() / "data";
        if (fs::is_directory(data, error)) return data;
    }
    return std::nullopt;
}

scenario::Scenario load_scenario(const RunOptions& options) {
    scenario::LoadOptions load;
    load.data_dirs = options.data_dirs;
    if (const auto own = own_data_folder(options.scenario)) load.data_dirs.push_back(*own);
    load.overrides = options.overrides;
    if (options.seed) load.overrides.push_back(fmt::format("seed={}", *options.seed));
    return scenario::Scenario::load(make_schema(), options.scenario, load);
}

std::uint64_t resident_bytes() {
    std::ifstream in("/proc/self/statm");
    std::uint64_t total = 0, resident = 0;
    in >> total >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

// Digest of everything that results depend on: the resolved scenario, the inputs, the version.
std::string city_digest(const scenario::Scenario& scenario, nlohmann::ordered_json& inputs) {
    std::string text = version() + "\n" + scenario.resolved_json() + "\n";
    for (const auto& input : scenario.input_paths()) {
        std::vector<fs::path> files;
        if (fs::is_directory(input.canonical)) {
            for (const auto& entry : fs::directory_iterator(input.canonical)) {
                if (entry.is_regular_file()) files.push_back(entry.path());
            }
            std::sort(files.begin(), files.end());
        } else {
            files.push_back(input.canonical);
        }
        for (const fs::path& file : files) {
            const std::string sha = results::sha256_of_file(file.string());
            inputs.push_back({{"setting", input.setting},
                              {"path", input.written},
                              {"file", file.filename().string()},
                              {"sha256", sha}});
            text += input.setting + " " + sha + "\n";
        }
    }
    return results::sha256_of_text(text);
}

class RunInProgress {
  public:
    RunInProgress(const RunOptions& options, const ProgressCallback& progress)
        : options_(options),
          progress_(progress),
          begin_(Clock::now()),
          scenario_(load_scenario(options)),
          window_(scenario::read_window(scenario_)),
          folder_(options.out.empty() ? fs::path("out") / window_.name : options.out) {}

    RunOutcome execute() {
        outcome_.folder = folder_.path();
        folder_.check(options_.resume, options_.force);
        last_ = end();
        digest_ = city_digest(scenario_, inputs_);
        if (options_.resume && folder_.is_finished(digest_)) {
            outcome_.complete = outcome_.already_finished = true;
            outcome_.reached = window_.end;
            return std::move(outcome_);
        }
        Assembly assembly(scenario_,
                          {options_.threads, options_.partitions, log(), options_.checks});
        check_forecast(assembly);
        if (options_.resume) load_snapshot(assembly);
        folder_.prepare(options_.resume);
        outcome_.load_s = seconds_since(begin_);
        simulate(assembly);
        write(assembly);
        if (outcome_.reason == StopReason::kMemory) {
            throw ResourceError(fmt::format(
                "the memory limit of {} MiB is reached at {}; the run is sealed in {} and goes on "
                "with --resume",
                options_.memory_limit_bytes >> 20,
                scenario::format_time_of_day(outcome_.reached.us), folder_.path().string()));
        }
        return std::move(outcome_);
    }

  private:
    [[noreturn]] static void refuse_until(const std::string& text, const std::string& hint) {
        throw InputError(InputFault{"E-RUN-004", {"--until", 0, 0, ""}, text, hint});
    }

    // Simulated time at which to stop.
    SimTime end() const {
        if (!options_.until) return window_.duration;
        if (*options_.until <= window_.start || *options_.until > window_.end) {
            refuse_until(fmt::format("{} is outside the run",
                                     scenario::format_time_of_day(options_.until->us)),
                         fmt::format("expected a time after {} and up to {}",
                                     scenario::format_time_of_day(window_.start.us),
                                     scenario::format_time_of_day(window_.end.us)));
        }
        return *options_.until - window_.start;
    }

    LogSink log() {
        return [this](LogLevel level, std::string_view text) {
            log_text_ +=
                fmt::format("{}{}\n", level == LogLevel::kWarning ? "warning: " : "", text);
            options_.log(level, std::string(text));
        };
    }

    void check_forecast(const Assembly& assembly) const {
        if (options_.memory_limit_bytes == 0) return;
        const auto bytes =
            static_cast<std::uint64_t>(assembly.forecast(options_.threads).memory_bytes);
        if (bytes <= options_.memory_limit_bytes) return;
        throw ResourceError(fmt::format("the forecast of {} MiB exceeds the memory limit of {} MiB",
                                        bytes >> 20, options_.memory_limit_bytes >> 20));
    }

    void load_snapshot(Assembly& assembly) {
        folder_.load_snapshot(assembly.simulator(), digest_, log());
        const SimTime now = assembly.simulator().now();
        if (now <= last_) return;
        refuse_until(fmt::format("{} lies before {}, which the run has reached",
                                 scenario::format_time_of_day(options_.until->us),
                                 scenario::format_time_of_day((window_.start + now).us)),
                     "leave --until out, or begin anew with --force");
    }

    void seal(kernel::Simulator& simulator) {
        const auto begin = Clock::now();
        folder_.seal_snapshot(simulator, digest_);
        outcome_.snapshots_s += seconds_since(begin);
    }

    Progress progress_at(const Assembly& assembly, SimTime begin, SimTime now) const {
        Progress p;
        p.begin = window_.start + begin;
        p.clock = window_.start + now;
        p.end = window_.start + last_;
        p.wall_s = seconds_since(loop_begin_);
        p.done = static_cast<double>(now.us) / static_cast<double>(last_.us);
        p.crossings_at_begin = crossings_at_begin_;
        p.under_way = [&assembly] { return assembly.under_way(); };
        return p;
    }

    // Advances to the end, or to where it is told to stop; seals snapshots on the way.
    void simulate(Assembly& assembly) {
        loop_begin_ = Clock::now();
        kernel::Simulator& simulator = assembly.simulator();
        const SimTime begin = simulator.now();
        crossings_at_begin_ = assembly.under_way().crossings;
        const auto keep_going = [&](SimTime now) {
            const std::uint64_t limit = options_.memory_limit_bytes;
            if (limit > 0 && resident_bytes() > limit) outcome_.reason = StopReason::kMemory;
            if (progress_ && !progress_(progress_at(assembly, begin, now))) {
                outcome_.reason = StopReason::kAsked;
            }
            return outcome_.reason == StopReason::kEnd;
        };
        const auto every =
            options_.snapshot_every ? options_.snapshot_every : assembly.output().snapshot_every;
        while (simulator.now() < last_) {
            SimTime stop = last_;
            if (every) stop = std::min(last_, *every * (simulator.now().us / every->us + 1));
            const bool goes_on = simulator.run_until(stop, keep_going);
            if (!goes_on && simulator.now() < last_) break;
            if (stop < last_) seal(simulator);
        }
        outcome_.simulate_s = seconds_since(loop_begin_) - outcome_.snapshots_s;
        outcome_.reached = window_.start + simulator.now();
        outcome_.complete = simulator.now() == window_.duration;
        if (outcome_.complete) outcome_.reason = StopReason::kEnd;
        if (!outcome_.complete && outcome_.reason == StopReason::kEnd) {
            outcome_.reason = StopReason::kUntil;
        }
    }

    void write(Assembly& assembly) {
        if (!outcome_.complete) seal(assembly.simulator());
        const auto write_begin = Clock::now();
        outcome_.indicators = assembly.indicators();
        outcome_.state_hash = assembly.simulator().state_hash().to_hex();
        outcome_.events = assembly.simulator().counters().events;
        results::ResultsFile file(folder_.file("results.h5"),
                                  options_.keep_tables ? &outcome_.tables : nullptr);
        assembly.write_results(file, outcome_.indicators);
        file.finish();
        results::write_file(folder_.file("kpi.csv"), results::kpi_csv(outcome_.indicators.kpis));
        outcome_.write_s = seconds_since(write_begin);
        const auto layers_begin = Clock::now();
        if (assembly.output().map) assembly.write_layers(folder_.file("layers.gpkg"));
        outcome_.layers_s = seconds_since(layers_begin);
        write_log(assembly);
        write_manifest(
            {assembly, outcome_, scenario_, window_, digest_, inputs_, options_.threads});
    }

    void write_log(const Assembly& assembly) {
        for (const std::string& note : assembly.notes())
            log_text_ += note + "\n";
        log_text_ +=
            fmt::format("{} events, {} at {}, state hash {}\n", outcome_.events,
                        outcome_.complete ? "complete" : "stopped",
                        scenario::format_time_of_day(outcome_.reached.us), outcome_.state_hash);
        results::write_file(folder_.file("run.log"), log_text_);
    }

    const RunOptions& options_;
    const ProgressCallback& progress_;
    Clock::time_point begin_;
    Clock::time_point loop_begin_ = begin_;
    scenario::Scenario scenario_;
    scenario::RunWindow window_;
    RunFolder folder_;
    RunOutcome outcome_;
    SimTime last_;  // simulated
    std::uint64_t crossings_at_begin_ = 0;
    std::string digest_;
    std::string log_text_;
    nlohmann::ordered_json inputs_ = nlohmann::ordered_json::array();
};

}  // namespace

double Progress::real_time_factor() const {
    return wall_s > 0 ? (clock - begin).seconds() / wall_s : 0;
}

double Progress::eta_s() const {
    const double factor = real_time_factor();
    return factor > 0 ? (end - clock).seconds() / factor : 0;
}

std::string version() {
    return kVersion;
}
std::string build_commit() {
    return kCommit;
}

RunOutcome run_scenario(const RunOptions& options, const ProgressCallback& progress) {
    return RunInProgress(options, progress).execute();
}

CheckReport check_scenario(const RunOptions& options) {
    const scenario::Scenario scenario = load_scenario(options);
    AssemblyOptions assembly_options{options.threads, options.partitions, options.log,
                                     options.checks};
    const Assembly assembly(scenario, assembly_options);
    const Forecast forecast = assembly.forecast(options.threads);
    CheckReport report;
    report.lines = assembly.notes();
    report.lines.push_back(fmt::format("forecast: {:.0f} link crossings", forecast.crossings));
    report.memory_forecast_bytes = forecast.memory_bytes;
    report.time_forecast_s = forecast.run_s;
    return report;
}

}  // namespace jiahe::city
