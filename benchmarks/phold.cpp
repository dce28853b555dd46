// bench_phold: the kernel alone under the PHOLD load; prints one JSON line.
//
// Increments are lookahead + exponential of the given mean, in simulated seconds; a message that
// leaves goes to any other owner, uniformly drawn. `seconds` is the event loop alone, cpu_seconds
// the processor time of all threads in it.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <map>
#include <string>

#include "kernel/simulator.h"
#include "support/toy_phold.h"

namespace {

struct Options {
    jiahe::toys::PholdOptions phold{.lps = 65'536, .unit = jiahe::whole_seconds(1)};
    jiahe::kernel::QueueChoice queue = jiahe::kernel::QueueChoice::kAutomatic;
    double end = 20;
    int threads = 1;
    int partitions = 0;
    std::uint64_t seed = 1;
};

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void run(const Options& o) {
    using namespace jiahe;
    toys::Phold system(o.phold);
    kernel::SimulatorOptions options{
        .seed = o.seed,
        .threads = o.threads,
        .partitions = o.partitions,
        .queue = o.queue,
        .cut_delay_min = std::max(kTick, system.units(o.phold.lookahead))};
    // Without lookahead, owners may meet at once: nothing can be cut.
    if (o.phold.lookahead == 0) options.cut_delay_min = whole_seconds(1);
    kernel::Simulator simulator(options);
    simulator.add_system(system);
    simulator.build();
    const double cpu_before = cpu_seconds();
    const auto begin = std::chrono::steady_clock::now();
    simulator.run_until(system.units(o.end));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    const double cpu = cpu_seconds() - cpu_before;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const kernel::RunCounters counters = simulator.counters();
    fmt::print(
        "{{\"name\":\"phold\",\"lps\":{},\"population\":{},\"remote\":{},\"lookahead\":{},"
        "\"mean\":{},\"end\":{},\"threads\":{},\"batched\":{},\"partitions\":{},\"events\":{},"
        "\"messages\":{},\"windows\":{},\"seconds\":{:.4f},\"events_per_s\":{:.0f},"
        "\"cpu_seconds\":{:.4f},\"peak_rss_mib\":{},\"state_hash\":\"{}\"}}\n",
        o.phold.lps, o.phold.population, o.phold.remote, o.phold.lookahead, o.phold.mean, o.end,
        o.threads, o.phold.batched, simulator.partition_count(), counters.events, counters.messages,
        counters.windows, seconds.count(), static_cast<double>(counters.events) / seconds.count(),
        cpu, usage.ru_maxrss / 1024, simulator.state_hash().to_hex());
}

}  // namespace

int main(int argc, char** argv) {
    Options o;
    CLI::App app{"PHOLD: events per second of the kernel"};
    app.add_option("--lps", o.phold.lps, "owners")->check(CLI::Range(1, 1 << 26));
    app.add_option("--population", o.phold.population, "messages an owner");
    app.add_option("--remote", o.phold.remote, "share that leaves its owner")
        ->check(CLI::Range(0., 1.));
    app.add_option("--lookahead", o.phold.lookahead, "least hold, in seconds")
        ->check(CLI::Range(0., 1e6));
    app.add_option("--mean", o.phold.mean, "mean of the exponential part, in seconds")
        ->check(CLI::PositiveNumber);
    app.add_option("--neighbours", o.phold.neighbours, "owners that one may send to, 0 = all")
        ->check(CLI::Range(0, 1024));
    app.add_flag("--batched", o.phold.batched, "many messages a call");
    using jiahe::kernel::QueueChoice;
    const std::map<std::string, QueueChoice> queues = {{"automatic", QueueChoice::kAutomatic},
                                                       {"heap", QueueChoice::kHeap},
                                                       {"calendar", QueueChoice::kCalendar},
                                                       {"windows", QueueChoice::kWindows}};
    app.add_option("--queue", o.queue, "automatic, heap, calendar or windows")
        ->transform(CLI::CheckedTransformer(queues));
    app.add_option("--end", o.end, "end of the run, in seconds")->check(CLI::PositiveNumber);
    app.add_option("--threads", o.threads, "threads")->check(CLI::Range(1, 256));
    app.add_option("--partitions", o.partitions, "partitions, 0 = automatic");
    app.add_option("--seed", o.seed, "seed");
    CLI11_PARSE(app, argc, argv);
    run(o);
    return 0;
}
