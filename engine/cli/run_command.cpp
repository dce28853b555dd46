// `jiahe run` and `jiahe check`.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>

#include "base/error.h"
#include "city/run.h"
#include "cli/commands.h"
#include "cli/progress_line.h"
#include "evaluation/report.h"

namespace jiahe::cli {
namespace {

struct RunArguments {
    city::RunOptions options;
    std::string until, snapshot_every, memory_limit;
    std::int64_t seed = -1;
    bool quiet = false, json_log = false, report = false;
};

[[noreturn]] void refuse(const std::string& option, const std::string& found,
                         const std::string& expected) {
    throw InputError(InputFault{
        "E-CLI-001", {option, 0, 0, ""}, fmt::format("found '{}'", found), "expected " + expected});
}

SimTime parse_time_of_day(const std::string& text) {
    int h = 0, m = 0, used = 0;
    if (std::sscanf(text.c_str(), "%2d:%2d%n", &h, &m, &used) != 2 ||
        used != static_cast<int>(text.size()) || h < 0 || h > 48 || m < 0 || m > 59) {
        refuse("--until", text, "a time of day such as 07:30");
    }
    return hours(h) + minutes(m);
}

SimTime parse_duration(const std::string& text) {
    double value = 0;
    char unit[8] = {};
    int used = 0;
    if (std::sscanf(text.c_str(), "%lf%3[a-z]%n", &value, unit, &used) == 2 && value > 0 &&
        used == static_cast<int>(text.size())) {
        const std::string u = unit;
        const double factor = u == "s" ? 1 : u == "min" ? 60 : u == "h" ? 3600 : 0;
        if (factor > 0 && value * factor >= 1 && value * factor < 1e7) {
            return ceil_seconds(value * factor);
        }
    }
    refuse("--snapshot-every", text, "a duration such as 90s, 15min or 2h");
}

std::uint64_t parse_bytes(const std::string& text) {
    double value = 0;
    char unit[8] = {};
    int used = 0;
    if (std::sscanf(text.c_str(), "%lf%4[A-Za-z]%n", &value, unit, &used) == 2 && value > 0 &&
        value < 1e9 && used == static_cast<int>(text.size())) {
        const std::string u = unit;
        const double factor = u == "GiB" ? 1024.0 * 1024 * 1024 : u == "MiB" ? 1024.0 * 1024 : 0;
        if (factor > 0) return static_cast<std::uint64_t>(value * factor);
    }
    refuse("--memory-limit", text, "a size such as 6GiB or 800MiB");
}

// As CLI::Range, with words a reader understands.
auto number_from_to(std::int64_t least, std::int64_t most) {
    return CLI::Validator(
        [=](const std::string& text) -> std::string {
            std::int64_t value = 0;
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + text.size(), value);
            const bool fits = error == std::errc() && end == text.data() + text.size() &&
                              value >= least && value <= most;
            if (fits) return {};
            return fmt::format("found '{}', expected a whole number from {} to {}", text, least,
                               most);
        },
        "");
}

void add_inputs(CLI::App& command, city::RunOptions& o) {
    command.add_option("SCENARIO", o.scenario, "scenario file (YAML)")->required()->type_name("");
    command
        .add_option("--data", o.data_dirs,
                    "folder in which data files of the scenario lie; may be repeated")
        ->allow_extra_args(false)
        ->type_name("DIR");
    command.add_option("--set", o.overrides, "overrides the scenario; may be repeated")
        ->allow_extra_args(false)
        ->type_name("path.to.key=value");
}

void print_audits(const city::RunOutcome& outcome) {
    std::size_t broken = 0;
    for (const auto& line : outcome.indicators.audits) {
        if (line.balances()) continue;
        ++broken;
        fmt::print(stderr, "audit does not balance: {}: {} ({} against {})\n", line.name,
                   line.claim, line.left, line.right);
    }
    fmt::print("audits: {} of {} balance\n", outcome.indicators.audits.size() - broken,
               outcome.indicators.audits.size());
}

void print_outcome(const city::RunOutcome& outcome) {
    if (outcome.already_finished) {
        fmt::print("{}: already finished\n", outcome.folder.string());
        return;
    }
    for (const auto& kpi : outcome.indicators.kpis) {
        fmt::print("{:<44} {:>16} {}\n", kpi.name, fmt::format("{:.6g}", kpi.value),
                   kpi.unit == "1" ? "" : kpi.unit);
    }
    print_audits(outcome);
    fmt::print("state_hash {}\n", outcome.state_hash);
    fmt::print(
        "load {:.1f} s, simulate {:.1f} s, snapshots {:.1f} s, results {:.1f} s, map {:.1f} s\n",
        outcome.load_s, outcome.simulate_s, outcome.snapshots_s, outcome.write_s, outcome.layers_s);
    fmt::print("results in {}\n", outcome.folder.string());
    if (!outcome.complete) {
        fmt::print("stopped at {}, sealed; --resume goes on from there\n",
                   clock_text(outcome.reached));
    }
}

void log_to_stderr(LogLevel level, const std::string& text) {
    if (level == LogLevel::kDebug) return;
    fmt::print(stderr, "{}{}\n", level == LogLevel::kWarning ? "warning: " : "", text);
}

void warn_on_stderr(LogLevel level, const std::string& text) {
    if (level == LogLevel::kWarning) log_to_stderr(level, text);
}

void read_options(RunArguments& a) {
    if (!a.until.empty()) a.options.until = parse_time_of_day(a.until);
    if (!a.snapshot_every.empty()) a.options.snapshot_every = parse_duration(a.snapshot_every);
    if (!a.memory_limit.empty()) a.options.memory_limit_bytes = parse_bytes(a.memory_limit);
    if (a.seed >= 0) a.options.seed = static_cast<std::uint64_t>(a.seed);
    a.options.log = a.quiet ? warn_on_stderr : a.json_log ? log_as_json : log_to_stderr;
}

ProgressStyle style_of(const RunArguments& a) {
    if (a.quiet) return ProgressStyle::kQuiet;
    if (a.json_log) return ProgressStyle::kJson;
    return isatty(2) != 0 ? ProgressStyle::kLine : ProgressStyle::kLog;
}

int execute_run(RunArguments& a) {
    read_options(a);
    catch_stop_signals();
    ProgressLine line(style_of(a));
    const city::RunOutcome outcome =
        city::run_scenario(a.options, [&](const city::Progress& p) { return line.show(p); });
    line.finish();
    print_outcome(outcome);
    const bool was_stopped = outcome.reason == city::StopReason::kAsked;
    if (a.report) {
        const std::filesystem::path page = outcome.folder / "report.html";
        evaluation::write_report({outcome.folder}, page, "en");
        fmt::print("report {}\n", page.string());
    }
    if (was_stopped) return 128 + stop_signal();
    return outcome.indicators.balances() ? 0 : static_cast<int>(ExitCode::kInternal);
}

std::string time_words(double seconds) {
    if (seconds < 90) return fmt::format("{:.0f} s", std::max(1.0, seconds));
    return fmt::format("{:.0f} min", seconds / 60);
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
    auto a = std::make_shared<RunArguments>();
    CLI::App* run = app.add_subcommand("run", "run a scenario");
    add_inputs(*run, a->options);
    const auto option = [run](const char* name, auto& value, const char* help, const char* type) {
        return run->add_option(name, value, help)->type_name(type);
    };
    option("--out", a->options.out, "folder of the results (default out/NAME)", "DIR");
    option("--threads", a->options.threads, "results do not depend on it (default 2)", "N")
        ->check(number_from_to(1, 1024));
    option("--partitions", a->options.partitions, "results do not depend on it (default automatic)",
           "K")
        ->check(number_from_to(1, 1024));
    option("--seed", a->seed, "seed of all draws (default the scenario's)", "S")
        ->check(number_from_to(0, std::numeric_limits<std::int64_t>::max()));
    option("--until", a->until, "stop there and seal the run; --resume goes on", "HH:MM");
    option("--snapshot-every", a->snapshot_every, "simulated time between snapshots", "15min");
    run->add_flag("--resume", a->options.resume,
                  "go on from the newest whole snapshot, or begin where there is none");
    run->add_flag("--force", a->options.force, "replace the results of an earlier run");
    run->add_flag("--report", a->report, "write report.html too");
    option("--memory-limit", a->memory_limit, "refuse to use more", "6GiB");
    kernel::SelfChecks& checks = a->options.checks;
    run->add_flag("--check-ownership", checks.ownership, "no row is written by two owners (slow)");
    run->add_flag("--check-lookahead", checks.lookahead, "every message keeps its channel's delay");
    run->add_flag("--check-order", checks.order, "run twice, once shuffled, and compare");
    auto* quiet = run->add_flag("--quiet", a->quiet, "no progress, warnings only");
    run->add_flag("--json-log", a->json_log, "progress and log as JSON lines on stderr")
        ->excludes(quiet);
    run->callback([a, &exit_code] { exit_code = execute_run(*a); });
}

void add_check(CLI::App& app, int& exit_code) {
    auto o = std::make_shared<city::RunOptions>();
    CLI::App* check = app.add_subcommand(
        "check", "validate a scenario and its layers, forecast memory and time; run nothing");
    add_inputs(*check, *o);
    check->add_option("--threads", o->threads, "of the run that is forecast (default 2)")
        ->type_name("N")
        ->check(number_from_to(1, 1024));
    check->callback([o, &exit_code] {
        const city::CheckReport report = city::check_scenario(*o);
        for (const std::string& line : report.lines)
            fmt::print("{}\n", line);
        fmt::print("forecast: {:.0f} MiB of memory, about {} on {} thread{}\n",
                   report.memory_forecast_bytes / (1 << 20), time_words(report.time_forecast_s),
                   o->threads, o->threads == 1 ? "" : "s");
        fmt::print("{}: ok\n", o->scenario.string());
        exit_code = 0;
    });
}

}  // namespace jiahe::cli
