#include "cli/commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "base/error.h"
#include "city/run.h"
#include "cli/progress_line.h"
#include "evaluation/report.h"
#include "roads/network_gpkg.h"
#include "roads/network_source.h"
#include "scenario/schema_documents.h"

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
    if (std::sscanf(text.c_str(), "%lf%3[a-z]", &value, unit) == 2 && value > 0) {
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
    if (std::sscanf(text.c_str(), "%lf%4[A-Za-z]", &value, unit) == 2 && value > 0) {
        const std::string u = unit;
        const double factor = u == "GiB" ? 1024.0 * 1024 * 1024 : u == "MiB" ? 1024.0 * 1024 : 0;
        if (factor > 0) return static_cast<std::uint64_t>(value * factor);
    }
    refuse("--memory-limit", text, "a size such as 6GiB or 800MiB");
}

void add_inputs(CLI::App& command, city::RunOptions& o) {
    command.add_option("SCENARIO", o.scenario, "scenario file (YAML)")->required();
    command.add_option("--data", o.data_dirs, "folder in which the scenario's data files lie")
        ->allow_extra_args(false);
    command.add_option("--set", o.overrides, "path.to.key=value, overrides the scenario")
        ->allow_extra_args(false);
}

void print_outcome(const city::RunOutcome& outcome) {
    if (outcome.already_finished) {
        fmt::print("{}: already finished\n", outcome.folder.string());
        return;
    }
    std::size_t broken = 0;
    for (const auto& line : outcome.indicators.audits) {
        if (line.balances()) continue;
        ++broken;
        fmt::print(stderr, "audit does not balance: {}: {} ({} against {})\n", line.name,
                   line.claim, line.left, line.right);
    }
    for (const auto& kpi : outcome.indicators.kpis) {
        fmt::print("{:<44} {:>16} {}\n", kpi.name, fmt::format("{:.6g}", kpi.value), kpi.unit);
    }
    fmt::print("audits: {} of {} balance\n", outcome.indicators.audits.size() - broken,
               outcome.indicators.audits.size());
    fmt::print("state_hash {}\n", outcome.state_hash);
    fmt::print("load {:.1f} s, simulate {:.1f} s, results {:.1f} s\n", outcome.load_s,
               outcome.simulate_s, outcome.write_s);
    fmt::print("results in {}\n", outcome.folder.string());
}

void log_to_stderr(LogLevel level, const std::string& text) {
    if (level == LogLevel::kDebug) return;
    fmt::print(stderr, "{}{}\n", level == LogLevel::kWarning ? "warning: " : "", text);
}

int execute_run(RunArguments& a) {
    if (!a.until.empty()) a.options.until = parse_time_of_day(a.until);
    if (!a.snapshot_every.empty()) a.options.snapshot_every = parse_duration(a.snapshot_every);
    if (!a.memory_limit.empty()) a.options.memory_limit_bytes = parse_bytes(a.memory_limit);
    if (a.seed >= 0) a.options.seed = static_cast<std::uint64_t>(a.seed);
    if (!a.quiet && !a.json_log) a.options.log = log_to_stderr;
    const auto style = a.quiet          ? ProgressStyle::kQuiet
                       : a.json_log     ? ProgressStyle::kJson
                       : isatty(2) != 0 ? ProgressStyle::kLine
                                        : ProgressStyle::kLog;
    catch_stop_signals();
    ProgressLine line(style);
    const city::RunOutcome outcome =
        city::run_scenario(a.options, [&](const city::Progress& p) { return line.show(p); });
    line.finish();
    print_outcome(outcome);
    if (a.report) {
        const std::filesystem::path page = outcome.folder / "report.html";
        evaluation::write_report({outcome.folder}, page, "en");
        fmt::print("report {}\n", page.string());
    }
    if (stop_signal() != 0) return 128 + stop_signal();
    return outcome.indicators.balances() ? 0 : static_cast<int>(ExitCode::kInternal);
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
    auto a = std::make_shared<RunArguments>();
    CLI::App* run = app.add_subcommand("run", "run a scenario");
    add_inputs(*run, a->options);
    run->add_option("--out", a->options.out, "folder of the results (default out/NAME)");
    run->add_option("--threads", a->options.threads, "threads; results do not depend on it")
        ->check(CLI::Range(1, 1024));
    run->add_option("--partitions", a->options.partitions,
                    "partitions; results do not depend on it")
        ->check(CLI::Range(1, 1024));
    run->add_option("--seed", a->seed, "seed of all draws")->check(CLI::NonNegativeNumber);
    run->add_option("--until", a->until, "stop at this time of day, HH:MM");
    run->add_option("--snapshot-every", a->snapshot_every, "simulated time between snapshots");
    run->add_flag("--resume", a->options.resume, "go on from the newest whole snapshot");
    run->add_flag("--force", a->options.force, "replace the results of an earlier run");
    run->add_flag("--report", a->report, "write report.html too");
    run->add_option("--memory-limit", a->memory_limit, "refuse to use more, such as 6GiB");
    auto* quiet = run->add_flag("--quiet", a->quiet, "no progress");
    run->add_flag("--json-log", a->json_log, "progress as JSON lines")->excludes(quiet);
    run->callback([a, &exit_code] { exit_code = execute_run(*a); });
}

void add_check(CLI::App& app, int& exit_code) {
    auto o = std::make_shared<city::RunOptions>();
    CLI::App* check =
        app.add_subcommand("check", "validate a scenario and its layers; run nothing");
    add_inputs(*check, *o);
    check->callback([o, &exit_code] {
        const city::CheckReport report = city::check_scenario(*o);
        for (const std::string& line : report.lines)
            fmt::print("{}\n", line);
        fmt::print("memory forecast {:.0f} MiB\n", report.memory_forecast_bytes / (1 << 20));
        fmt::print("{}: ok\n", o->scenario.string());
        exit_code = 0;
    });
}

void add_schema(CLI::App& app, int& exit_code) {
    auto markdown = std::make_shared<bool>(false);
    auto json = std::make_shared<bool>(false);
    CLI::App* schema = app.add_subcommand("schema", "print the scenario schema");
    auto* as_json = schema->add_flag("--json", *json, "JSON Schema (the default)");
    schema->add_flag("--markdown", *markdown, "Markdown")->excludes(as_json);
    schema->callback([markdown, &exit_code] {
        scenario::Schema s = city::make_schema();
        s.seal();
        fmt::print("{}", *markdown ? scenario::markdown(s) : scenario::json_schema(s));
        exit_code = 0;
    });
}

void add_verify(CLI::App& app, int& exit_code) {
    struct Arguments {
        std::filesystem::path folder, against;
    };
    auto a = std::make_shared<Arguments>();
    CLI::App* verify = app.add_subcommand("verify", "check a run's digests, audits and state hash");
    verify->add_option("RUN_DIR", a->folder, "folder of a finished run")->required();
    verify->add_option("--against", a->against, "another run that must be bit-equal");
    verify->callback([a, &exit_code] {
        std::optional<std::filesystem::path> against;
        if (!a->against.empty()) against = a->against;
        const city::VerifyReport report = city::verify_run(a->folder, against);
        for (const std::string& line : report.lines)
            fmt::print("{}\n", line);
        for (const std::string& fault : report.faults)
            fmt::print(stderr, "fault: {}\n", fault);
        exit_code = report.faults.empty() ? 0 : static_cast<int>(ExitCode::kCorrupt);
    });
}

void add_report(CLI::App& app, int& exit_code) {
    struct Arguments {
        std::vector<std::filesystem::path> folders;
        std::filesystem::path out;
        std::string language = "en";
    };
    auto a = std::make_shared<Arguments>();
    CLI::App* report = app.add_subcommand("report", "write a self-contained page of finished runs");
    report->add_option("RUN_DIR", a->folders, "folders of finished runs")->required();
    report->add_option("--out", a->out, "file (default report.html in the first folder)");
    report->add_option("--lang", a->language, "en or zh");
    report->callback([a, &exit_code] {
        const std::filesystem::path page =
            a->out.empty() ? a->folders.front() / "report.html" : a->out;
        evaluation::write_report(a->folders, page, a->language);
        fmt::print("{}\n", page.string());
        exit_code = 0;
    });
}

void add_import(CLI::App& app, int& exit_code) {
    struct Arguments {
        std::filesystem::path in, out;
    };
    CLI::App* import = app.add_subcommand("import", "read a road network, write our GeoPackage");
    import->require_subcommand(1);
    const auto add = [&](const char* kind, const char* help) {
        auto a = std::make_shared<Arguments>();
        CLI::App* command = import->add_subcommand(kind, help);
        command->add_option("IN", a->in, "file or folder")->required();
        command->add_option("--out", a->out, "NETWORK.gpkg")->required();
        command->callback([a, &exit_code] {
            ImportReport report;
            RoadGraphData data = load_network_data(a->in, {}, report);
            const RoadGraph graph(data);  // refuses what no run could use
            write_network_gpkg(data, a->out);
            for (const std::string& line : report.lines())
                fmt::print("{}\n", line);
            fmt::print("{}: {} nodes, {} links, {} turns, {} signals\n", a->out.string(),
                       graph.node_count(), graph.link_count(), graph.movement_count(),
                       graph.signals.size());
            exit_code = 0;
        });
    };
    add("osm", "OpenStreetMap: .osm, .osm.gz, .osm.pbf");
    add("gmns", "a GMNS folder");
    add("gpkg", "our own GeoPackage, checked and written again");
}

}  // namespace jiahe::cli
