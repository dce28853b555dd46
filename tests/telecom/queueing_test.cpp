#include "telecom/queueing.h"

#include <cmath>

#include "base/random.h"

using namespace jiahe;
using namespace jiahe::telecom;

TEST_CASE("Erlang B and C at the published points") {
    CHECK(std::abs(erlang_b(1, 1) - .5) < 5e-7);
    CHECK(std::abs(erlang_b(5, 3) - .110054) < 5e-7);
    CHECK(std::abs(erlang_b(10, 5) - .018385) < 5e-7);
    CHECK(std::abs(erlang_b(100, 90) - .026957) < 5e-7);
    CHECK(std::abs(erlang_c(2, 1.6) - .711111) < 5e-7);
    CHECK(std::abs(erlang_c(5, 4) - .554113) < 5e-7);
    CHECK(std::abs(erlang_c(10, 8) - .409180) < 5e-7);
    CHECK(std::abs(erlang_c(50, 45) - .363864) < 5e-7);
    CHECK(erlang_c(4, 4) == 1);
}

TEST_CASE("M/M/c/K loss and mean number at the published points") {
    struct Row {
        int c, k;
        double a, loss, mean;
    };
    const Row rows[] = {
        {1, 10, .9, .050814, 3.969441},
        {4, 20, 3.2, .003403, 5.321438},
        {4, 20, 4, .052033, 10.868293},
        {1, 10, 2, .500244, 9.005374},
        {4, 20, 8, .500001, 19.000037}};  // a flood at rho = 2, published as 19.0000
    for (const Row& row : rows) {
        const QueueFigures q = mmck(row.c, row.k, row.a, 1);
        CHECK(std::abs(q.loss - row.loss) < 1e-6);
        CHECK(std::abs(q.in_system - row.mean) < 1e-5);
        // Little: L = accepted rate times sojourn.
        CHECK(q.sojourn_s * row.a * (1 - q.loss) == doctest::Approx(q.in_system));
    }
}

TEST_CASE("many places do not overflow the weights of M/M/c/K") {
    // At rho = 2 and K large the loss tends to 1 - 1/rho = .5.
    CHECK(std::abs(mmck(8, 20000, 16, 1).loss - .5) < 1e-9);
    CHECK(std::abs(mmck(8, 20000, 4, 1).sojourn_s - (1 + mmc_wait_s(8, 4, 1))) < 1e-9);
}

TEST_CASE("waits of M/M/1, M/G/1 and the sojourn of processor sharing") {
    CHECK(mmc_wait_s(1, .8, 1) == doctest::Approx(4));  // M/M/1 at .8: Wq = 4/mu
    CHECK(mg1_wait_ratio(.8, 0) == doctest::Approx(2));
    CHECK(mg1_wait_ratio(.8, 1) == doctest::Approx(4));
    CHECK(mg1_wait_ratio(.8, 4) == doctest::Approx(10));
    CHECK(processor_sharing_sojourn_s(1, .5) == doctest::Approx(2));
    CHECK(processor_sharing_sojourn_s(1, .8) == doctest::Approx(5));
    CHECK(processor_sharing_sojourn_s(1, .9) == doctest::Approx(10));
    CHECK(std::isinf(mmc_wait_s(2, 2, 1)));
}

TEST_CASE("overload is visible: job 100 of 1.5 s each, one a second, stays 51.0 s") {
    // 3e9 instructions on 2e9 a second take 1.5 s; every job adds 0.5 s of wait: 1.5 + 99 * 0.5.
    FifoServer server;
    SimTime sojourn;
    for (int n = 0; n < 100; ++n) {
        sojourn = server.finish(whole_seconds(n), ceil_seconds(1.5)) - whole_seconds(n);
    }
    CHECK(sojourn == whole_seconds(51));
    CHECK(server.backlog(whole_seconds(100)) == whole_seconds(50));  // (1.5 - 1) * 100
}

TEST_CASE("a simulated M/M/1 queue meets its mean sojourn within three standard errors") {
    // rho .8, service 1 s: T = 1 / (1 - rho) = 5 s. 20 runs of 20,000 jobs.
    double sum = 0, sum2 = 0;
    constexpr int kRuns = 20, kJobs = 20000;
    for (int run = 0; run < kRuns; ++run) {
        FifoServer server;
        double clock_s = 0, total_s = 0;
        for (int job = 0; job < kJobs; ++job) {
            const Draw draw(7, 2, static_cast<std::uint64_t>(run), static_cast<std::uint64_t>(job));
            clock_s += draw.exponential(1.25, 0);
            const SimTime at = ceil_seconds(clock_s);
            total_s += (server.finish(at, ceil_seconds(draw.exponential(1, 1))) - at).seconds();
        }
        sum += total_s / kJobs;
        sum2 += (total_s / kJobs) * (total_s / kJobs);
    }
    const double mean = sum / kRuns;
    const double error = std::sqrt((sum2 / kRuns - mean * mean) / (kRuns - 1));
    CHECK(std::abs(mean - 5) < 3 * error);
}
