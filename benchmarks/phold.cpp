// bench_phold: the kernel alone under the PHOLD load; prints one JSON line.
//
// `seconds` is the event loop alone. One unit of time is 10 simulated seconds (toy_phold.h).
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>

#include "kernel/simulator.h"
#include "support/toy_phold.h"

namespace {

struct Options {
    jiahe::toys::PholdOptions phold{.lps = 65'536};
    double end = 20;
    int threads = 1;
    int partitions = 0;
    std::uint64_t seed = 1;
};

void run(const Options& o) {
    using namespace jiahe;
    toys::Phold system(o.phold);
    kernel::Simulator simulator({o.seed, o.threads, o.partitions});
    simulator.add_system(system);
    simulator.build();
    const auto begin = std::chrono::steady_clock::now();
    simulator.run_until(toys::Phold::units(o.end));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const kernel::RunCounters counters = simulator.counters();
    fmt::print(
        "{{\"name\":\"phold\",\"lps\":{},\"population\":{},\"remote\":{},\"lookahead\":{},"
        "\"mean\":{},\"end\":{},\"threads\":{},\"partitions\":{},\"events\":{},\"messages\":{},"
        "\"windows\":{},\"seconds\":{:.4f},\"events_per_s\":{:.0f},\"peak_rss_mib\":{},"
        "\"state_hash\":\"{}\"}}\n",
        o.phold.lps, o.phold.population, o.phold.remote, o.phold.lookahead, o.phold.mean, o.end,
        o.threads, simulator.partition_count(), counters.events, counters.messages,
        counters.windows, seconds.count(), static_cast<double>(counters.events) / seconds.count(),
        usage.ru_maxrss / 1024, simulator.state_hash().to_hex());
}

}  // namespace

int main(int argc, char** argv) {
    Options o;
    CLI::App app{"PHOLD: events per second of the kernel"};
    app.add_option("--lps", o.phold.lps, "owners")->check(CLI::Range(1, 1 << 26));
    app.add_option("--population", o.phold.population, "messages an owner");
    app.add_option("--remote", o.phold.remote, "share that leaves its owner")
        ->check(CLI::Range(0., 1.));
    app.add_option("--lookahead", o.phold.lookahead, "least hold, in units of 10 s")
        ->check(CLI::Range(1e-6, 1e6));
    app.add_option("--mean", o.phold.mean, "mean of the exponential part, in units of 10 s")
        ->check(CLI::PositiveNumber);
    app.add_option("--neighbours", o.phold.neighbours, "owners that one may send to")
        ->check(CLI::Range(1, 1024));
    app.add_option("--end", o.end, "end of the run, in units of 10 s")->check(CLI::PositiveNumber);
    app.add_option("--threads", o.threads, "threads")->check(CLI::Range(1, 256));
    app.add_option("--partitions", o.partitions, "partitions, 0 = automatic");
    app.add_option("--seed", o.seed, "seed");
    CLI11_PARSE(app, argc, argv);
    run(o);
    return 0;
}
