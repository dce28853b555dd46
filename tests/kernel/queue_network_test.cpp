// Queueing theory as the kernel's oracle: mean numbers within three standard errors over seeds.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "kernel/simulator.h"
#include "support/toy_queues.h"

namespace jiahe::kernel {
namespace {

constexpr int kSeeds = 20;
constexpr SimTime kWarm = hours(10);

struct Estimate {
    double mean = 0;
    double standard_error = 0;
};

// Mean and standard error over seeds of time averages after a warm-up.
std::vector<Estimate> estimate(
    const std::vector<toys::QueueStation>& stations, SimTime length,
    const std::function<double(const toys::QueueNetwork&, std::uint32_t, SimTime)>& area_s) {
    std::vector<double> sum(stations.size(), 0), squares(stations.size(), 0);
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        toys::QueueNetwork system(stations);
        Simulator simulator({.seed = seed, .threads = 2});
        simulator.add_system(system);
        simulator.build();
        simulator.run_until(kWarm);
        std::vector<double> before;
        for (std::uint32_t s = 0; s < stations.size(); ++s)
            before.push_back(area_s(system, s, kWarm));
        simulator.run_until(kWarm + length);
        for (std::uint32_t s = 0; s < stations.size(); ++s) {
            const double average =
                (area_s(system, s, kWarm + length) - before[s]) / length.seconds();
            sum[s] += average;
            squares[s] += average * average;
        }
    }
    std::vector<Estimate> result;
    for (std::size_t s = 0; s < stations.size(); ++s) {
        const double mean = sum[s] / kSeeds;
        const double variance = (squares[s] / kSeeds - mean * mean) * kSeeds / (kSeeds - 1);
        result.push_back({mean, std::sqrt(variance / kSeeds)});
    }
    return result;
}

double present(const toys::QueueNetwork& n, std::uint32_t s, SimTime t) {
    return n.present_area_s(s, t);
}
double waiting(const toys::QueueNetwork& n, std::uint32_t s, SimTime t) {
    return n.waiting_area_s(s, t);
}

void check_near(const Estimate& estimate, double expected) {
    CAPTURE(estimate.mean);
    CAPTURE(estimate.standard_error);
    CAPTURE(expected);
    CHECK(estimate.standard_error < 0.05 * expected);  // else the test would say little
    CHECK(std::abs(estimate.mean - expected) < 3 * estimate.standard_error);
}

}  // namespace

// M/M/1 with service mean 10 s and one arrival per 12.5 s: rho = .8, L = rho/(1-rho) = 4,
// Wq = rho/(mu(1-rho)) = 4/mu = 40 s, Lq = lambda Wq = .08 * 40 = 3.2.
TEST_CASE("a station with exponential service is M/M/1") {
    const std::vector<toys::QueueStation> stations = {{10, false, 0.08, {}}};
    check_near(estimate(stations, hours(500), present)[0], 4.0);
    check_near(estimate(stations, hours(500), waiting)[0], 3.2);
}

// M/D/1 at the same load waits half as long (Pollaczek-Khinchine with CV^2 = 0): Wq = 2/mu = 20 s,
// Lq = 1.6, L = Lq + rho = 2.4.
TEST_CASE("a station with constant service is M/D/1") {
    const std::vector<toys::QueueStation> stations = {{10, true, 0.08, {}}};
    check_near(estimate(stations, hours(500), present)[0], 2.4);
    check_near(estimate(stations, hours(500), waiting)[0], 1.6);
}

// Jackson network in units of 10 s: A (mu 3) fed at 1, A -> B .6, A -> C .4, B (mu 2) -> A .3 else
// leaves, C (mu 1) leaves. lambda_A = 1/(1 - .6*.3) = 1.219512, lambda_B = .6 lambda_A = .731707,
// lambda_C = .4 lambda_A = .487805; L = lambda/(mu - lambda) = .684932, .576923, .952381; by
// Little, W = (sum of L)/1 = 2.214236 units.
TEST_CASE("three stations make the Jackson network of the telecommunication goldens") {
    const std::vector<toys::QueueStation> stations = {{10.0 / 3, false, 0.1, {0, 0.6, 0.4}},
                                                      {10.0 / 2, false, 0, {0.3, 0, 0}},
                                                      {10.0, false, 0, {}}};
    const auto l = estimate(stations, hours(300), present);
    check_near(l[0], 0.684932);
    check_near(l[1], 0.576923);
    check_near(l[2], 0.952381);
    const double w_units = l[0].mean + l[1].mean + l[2].mean;
    CHECK(std::abs(w_units - 2.214236) < 0.02 * 2.214236);
}

TEST_CASE("customers of a station are conserved") {
    toys::QueueNetwork system({{10, false, 0.08, {}}});
    Simulator simulator({});
    simulator.add_system(system);
    simulator.build();
    simulator.run_until(hours(5));
    const auto& row = system.row(0);
    CHECK(row.arrived > 1200);
    CHECK(row.started - row.busy == row.arrived - row.present);  // ended = came and went
}

}  // namespace jiahe::kernel
