// `jiahe flows`: the telecom flow solver alone, on the reference workloads.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <string>

#include "base/error.h"
#include "cli/commands.h"
#include "telecom/flow_run.h"
#include "telecom/flow_workload.h"

namespace jiahe::cli {
namespace {

struct FlowsArguments {
    std::string workload, start_up = "none";
    double load = 0.5;
    std::uint32_t flow_count = 200000;
    double delay_s = 0.010;
    int threads = 1;
    bool json = false;
};

void execute_flows(const FlowsArguments& a) {
    const telecom::FlowRunOptions options{telecom::start_up_named(a.start_up), a.delay_s};
    const telecom::FlowWorkload workload =
        telecom::reference_workload(a.workload, a.load, a.flow_count);
    const auto begin = std::chrono::steady_clock::now();
    const telecom::FlowRunResult result = telecom::run_flows(workload, options);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const auto fct = telecom::completion_statistics(result.completion_s);
    const double rate = a.flow_count / seconds;
    if (a.json) {
        fmt::print(
            "{{\"name\": \"flows\", \"workload\": \"{}\", \"load\": {:g}, \"flows\": {}, "
            "\"threads\": {}, \"seconds\": {:.6f}, \"flows_per_s\": {:.1f}, "
            "\"fct_mean_s\": {:.9f}, \"fct_p50_s\": {:.9f}, \"fct_p99_s\": {:.9f}, "
            "\"mean_active\": {:.2f}, \"state_hash\": \"{}\"}}\n",
            a.workload, a.load, a.flow_count, a.threads, seconds, rate, fct.mean_s, fct.p50_s,
            fct.p99_s, result.mean_active, result.state_hash.to_hex());
        return;
    }
    fmt::print("{} at load {:g}: {} flows, {:.1f} active on average\n", a.workload, a.load,
               a.flow_count, result.mean_active);
    fmt::print("completion time  mean {:.6f} s  p50 {:.6f} s  p99 {:.6f} s\n", fct.mean_s,
               fct.p50_s, fct.p99_s);
    fmt::print("{:.0f} flows/s ({:.2f} s)\nstate_hash {}\n", rate, seconds,
               result.state_hash.to_hex());
}

double delay_in_s(const std::string& text) {
    double value = 0;
    char unit[4] = {};
    if (std::sscanf(text.c_str(), "%lf%3[a-z]", &value, unit) == 2 && value >= 0 && value < 1e6) {
        const std::string u = unit;
        if (u == "ms") return value * 1e-3;
        if (u == "s") return value;
        if (u == "us") return value * 1e-6;
    }
    throw InputError(InputFault{"E-CLI-001",
                                {"--delay", 0, 0, ""},
                                fmt::format("found '{}'", text),
                                "expected a duration such as 10ms or 0.5s"});
}

}  // namespace

void add_flows(CLI::App& app, int& exit_code) {
    struct Texts {
        FlowsArguments arguments;
        std::string delay = "10ms";
    };
    auto t = std::make_shared<Texts>();
    CLI::App* flows = app.add_subcommand("flows", "the network flow solver alone");
    flows->add_option("WORKLOAD", t->arguments.workload, "one, city, cityhot or fattree")
        ->required();
    flows->add_option("--load", t->arguments.load, "share of the narrow links asked for");
    flows->add_option("--flows", t->arguments.flow_count, "flows in the run")
        ->check(CLI::Range(1, 100'000'000));
    flows->add_option("--t0", t->arguments.start_up,
                      "start-up of a connection: none, lv08 (13.01 L) or iw10 (slow start)");
    flows->add_option("--delay", t->delay, "one-way delay of a path");
    flows
        ->add_option("--threads", t->arguments.threads,
                     "accepted; one exact domain runs on one thread")
        ->check(CLI::Range(1, 1024));
    flows->add_flag("--json", t->arguments.json, "one JSON line");
    flows->callback([t, &exit_code] {
        t->arguments.delay_s = delay_in_s(t->delay);
        execute_flows(t->arguments);
        exit_code = 0;
    });
}

}  // namespace jiahe::cli
