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
#include "city/version.h"
#include "scenario/core_sections.h"

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

nlohmann::ordered_json audit_json(const results::Indicators& indicators) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& line : indicators.audits) {
        list.push_back({{"name", line.name},
                        {"claim", line.claim},
                        {"left", line.left},
                        {"right", line.right},
                        {"balances", line.balances()}});
    }
    return list;
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
        RunOutcome outcome;
        outcome.folder = folder_.path();
        if (options_.resume && folder_.is_finished()) {
            outcome.complete = outcome.already_finished = true;
            return outcome;
        }
        digest_ = city_digest(scenario_, inputs_);
        const LogSink log = [this](LogLevel level, const std::string& text) {
            log_text_ += (level == LogLevel::kWarning ? "warning: " : "") + text + "\n";
            options_.log(level, text);
        };
        AssemblyOptions assembly_options{options_.threads, options_.partitions, log};
        Assembly assembly(scenario_, assembly_options);
        check_memory(assembly.memory_forecast_bytes(), "the forecast");
        folder_.prepare(options_.resume, options_.force);
        if (options_.resume) folder_.load_snapshot(assembly.simulator(), digest_, log);
        outcome.load_s = seconds_since(begin_);
        outcome.complete = simulate(assembly);
        outcome.simulate_s = seconds_since(loop_begin_);
        const auto write_begin = Clock::now();
        if (!outcome.complete) folder_.seal_snapshot(assembly.simulator(), digest_);
        outcome.indicators = assembly.indicators();
        outcome.state_hash = assembly.simulator().state_hash().to_hex();
        outcome.events = assembly.simulator().counters().events;
        results::ResultsFile file(folder_.file("results.h5"));
        assembly.write_results(file);
        file.finish();
        results::write_file(folder_.file("kpi.csv"), results::kpi_csv(outcome.indicators.kpis));
        const double results_s = seconds_since(write_begin);
        const auto layers_begin = Clock::now();
        assembly.write_layers(folder_.file("layers.gpkg"));
        outcome.write_s = results_s;
        write_log(assembly, outcome);
        write_manifest(assembly, outcome, seconds_since(layers_begin));
        return outcome;
    }

  private:
    SimTime end() const {
        if (!options_.until) return window_.duration;
        return std::min(window_.duration, std::max(SimTime{0}, *options_.until - window_.start));
    }

    void check_memory(std::uint64_t bytes, const std::string& what) const {
        if (options_.memory_limit_bytes == 0 || bytes <= options_.memory_limit_bytes) return;
        throw ResourceError(fmt::format("{} of {} MiB exceeds the memory limit of {} MiB", what,
                                        bytes >> 20, options_.memory_limit_bytes >> 20));
    }

    bool simulate(Assembly& assembly) {
        loop_begin_ = Clock::now();
        kernel::Simulator& simulator = assembly.simulator();
        const SimTime last = end();
        const auto keep_going = [&](SimTime now) {
            check_memory(resident_bytes(), "the resident memory");
            if (!progress_) return true;
            Progress p;
            p.clock = window_.start + now;
            p.end = window_.start + last;
            p.wall_s = seconds_since(loop_begin_);
            p.done = static_cast<double>(now.us) /
                     static_cast<double>(std::max<std::int64_t>(last.us, 1));
            assembly.fill(p);
            return progress_(p);
        };
        while (simulator.now() < last) {
            SimTime stop = last;
            if (options_.snapshot_every) {
                const std::int64_t step = options_.snapshot_every->us;
                stop = std::min(last, SimTime{(simulator.now().us / step + 1) * step});
            }
            if (!simulator.run_until(stop, keep_going)) return false;
            if (stop < last) folder_.seal_snapshot(simulator, digest_);
        }
        return true;
    }

    void write_log(const Assembly& assembly, const RunOutcome& outcome) {
        for (const std::string& note : assembly.notes())
            log_text_ += note + "\n";
        log_text_ += fmt::format("{} events, {} to {}\n", outcome.events,
                                 outcome.complete ? "complete" : "stopped", outcome.state_hash);
        results::write_file(folder_.file("run.log"), log_text_);
    }

    void write_manifest(const Assembly& assembly, const RunOutcome& outcome, double layers_s) {
        nlohmann::ordered_json m;
        m["name"] = window_.name;
        m["complete"] = outcome.complete;
        m["version"] = version();
        m["commit"] = build_commit();
        m["compiler"] = kCompiler;
        m["seed"] = window_.seed;
        m["threads"] = options_.threads;
        m["partitions"] = const_cast<Assembly&>(assembly).simulator().partition_count();
        m["state_hash"] = outcome.state_hash;
        m["city_digest"] = digest_;
        m["attribution"] = assembly.attribution();
        m["timings_s"] = {{"load", outcome.load_s},
                          {"simulate", outcome.simulate_s},
                          {"results", outcome.write_s},
                          {"layers", layers_s}};
        m["events"] = outcome.events;
        m["audits"] = audit_json(outcome.indicators);
        const auto rows = assembly.stragglers();
        auto list = nlohmann::ordered_json::array();
        for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 1000); ++i) {
            list.push_back(
                {{"trip", rows[i].trip}, {"link", rows[i].link}, {"cause", rows[i].cause}});
        }
        m["stragglers"] = {{"count", rows.size()}, {"rows", list}};
        m["notes"] = assembly.notes();
        m["inputs"] = inputs_;
        m["files"] = {{"results.h5", results::sha256_of_file(folder_.file("results.h5"))},
                      {"kpi.csv", results::sha256_of_file(folder_.file("kpi.csv"))}};
        m["scenario"] = nlohmann::ordered_json::parse(scenario_.resolved_json());
        results::write_file(folder_.file("manifest.json"), m.dump(2) + "\n");
    }

    const RunOptions& options_;
    const ProgressCallback& progress_;
    Clock::time_point begin_;
    Clock::time_point loop_begin_ = begin_;
    scenario::Scenario scenario_;
    scenario::RunWindow window_;
    RunFolder folder_;
    std::string digest_;
    std::string log_text_;
    nlohmann::ordered_json inputs_ = nlohmann::ordered_json::array();
};

}  // namespace

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
    AssemblyOptions assembly_options{options.threads, options.partitions, options.log};
    const Assembly assembly(scenario, assembly_options);
    CheckReport report;
    report.lines = assembly.notes();
    report.memory_forecast_bytes = static_cast<double>(assembly.memory_forecast_bytes());
    return report;
}

}  // namespace jiahe::city
