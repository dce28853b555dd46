#include <doctest/doctest.h>

#include <cmath>

#include "kernel/simulator.h"
#include "support/toy_phold.h"

namespace jiahe::kernel {
namespace {

std::uint64_t events_of(const toys::PholdOptions& options, double end, SimulatorOptions at) {
    toys::Phold system(options);
    Simulator simulator(at);
    simulator.add_system(system);
    simulator.build();
    simulator.run_until(system.units(end));
    CHECK(system.received() == simulator.counters().events);
    return simulator.counters().events;
}

}  // namespace

// lookahead .1 and mean 1: mu = 1.1, sigma = 1. For T = 50 a message has
// E N = 50/1.1 + (1 - 1.21)/(2*1.21) = 45.4545 - 0.0868 = 45.3678, Var N = 50/1.331 = 37.566.
// 2,048 messages: 92,913 +- sqrt(2048 * 37.566) = 277 (one sigma).
TEST_CASE("PHOLD counts as many events as renewal theory expects") {
    const toys::PholdOptions options{.lps = 128, .population = 16};
    const double expected = 2048 * (50 / 1.1 + (1 - 1.21) / (2 * 1.21));
    const double sigma = std::sqrt(2048 * 50 / 1.331);
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const auto events = static_cast<double>(events_of(options, 50, {.seed = seed}));
        CHECK(std::abs(events - expected) < 4 * sigma);
        sum += events;
    }
    CHECK(std::abs(sum / 5 - expected) < 3 * sigma / std::sqrt(5.0));
}

TEST_CASE("PHOLD counts the same events in every configuration") {
    for (const double remote : {0.0, 0.25, 1.0}) {
        const toys::PholdOptions options{.lps = 96, .population = 4, .remote = remote};
        const std::uint64_t expected = events_of(options, 20, {});
        for (const int threads : {1, 2, 8}) {
            for (const int partitions : {1, 3, 16, 64}) {
                CHECK(events_of(options, 20,
                                {.threads = threads,
                                 .partitions = partitions,
                                 .parallel_events_min = 0}) == expected);
            }
        }
    }
}

}  // namespace jiahe::kernel
