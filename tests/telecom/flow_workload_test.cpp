#include "telecom/flow_workload.h"

#include <cmath>
#include <numeric>

#include "base/error.h"

using namespace jiahe;
using namespace jiahe::telecom;

namespace {

// The sheet's acceptance: 1e-5 relative + 1 us.
void check_equal(double mine_s, double published_s) {
    CHECK(std::abs(mine_s - published_s) <= 1e-5 * published_s + 1e-6);
}

struct Golden {
    const char* workload;
    double load;
    std::uint32_t flows;
    double mean_active, mean_s, p50_s, p99_s;
};

// Telecom sheet, section 2: two to three independent codes agree (the two small rows: one code).
constexpr Golden kGoldens[] = {
    {"one", 0.5, 20000, 1.0, 0.078975, 0.045343, 0.509190},
    {"city", 0.8, 2000, 268.7, 0.050591, 0.032970, 0.246338},
    {"city", 0.5, 50000, 593.2, 0.051468, 0.033007, 0.274287},
    {"cityhot", 0.95, 50000, 1137.5, 0.112033, 0.057052, 0.766873},
    {"fattree", 0.5, 1000, 159.1, 0.020292, 0.014017, 0.077861},
    {"fattree", 0.5, 5000, 458.8, 0.029681, 0.019587, 0.140998},
};

double total_bytes(const FlowWorkload& w) {
    return std::accumulate(w.size_bytes.begin(), w.size_bytes.end(), 0.0);
}

}  // namespace

TEST_CASE("the streams begin and sum as the sheet says") {
    const FlowWorkload city = reference_workload("city", 0.5, 50000);
    CHECK(city.link_capacity_byteps.size() == 3424);
    CHECK(city.arrival_s[0] == doctest::Approx(0.000011498).epsilon(1e-4));
    CHECK(city.flow_route[0] == (218 * 4 + 1) * 2 + 1);
    CHECK(city.size_bytes[0] == 432165);
    CHECK(city.flow_route[1] == (753 * 4 + 0) * 2 + 1);
    CHECK(city.size_bytes[1] == 1008491);
    CHECK(total_bytes(city) == 42787447288.0);

    const FlowWorkload tree = reference_workload("fattree", 0.5, 5000);
    CHECK(tree.link_capacity_byteps.size() == 2592);
    CHECK(tree.flow_route[0] == 335 * 431 + 423);  // to host 424
    CHECK(tree.size_bytes[0] == 587099);
    CHECK(tree.size_bytes[1] == 27100);
    CHECK(total_bytes(tree) == 4959873662.0);

    const FlowWorkload one = reference_workload("one", 0.5, 500);
    CHECK(one.size_bytes[0] == 146653);
    CHECK(total_bytes(one) == 547869514.0);
}

TEST_CASE("completion times are those on which independent codes agree") {
    for (const Golden& golden : kGoldens) {
        CAPTURE(golden.workload);
        CAPTURE(golden.load);
        const FlowRunResult r =
            run_flows(reference_workload(golden.workload, golden.load, golden.flows), {});
        const CompletionStatistics fct = completion_statistics(r.completion_s);
        check_equal(fct.mean_s, golden.mean_s);
        check_equal(fct.p50_s, golden.p50_s);
        check_equal(fct.p99_s, golden.p99_s);
        CHECK(std::abs(r.mean_active - golden.mean_active) <= 0.05);  // printed to a tenth
    }
}

// Mean completion times of ns-3 with TCP Cubic over the same 500 flows: 0.2235 and 0.1159 s.
TEST_CASE("at half load start-up brings the mean within 5 % of packet level") {
    const FlowWorkload w = reference_workload("one", 0.5, 500);
    const auto mean_s = [&](StartUp law, double delay_s) {
        return completion_statistics(run_flows(w, {law, delay_s}).completion_s).mean_s;
    };
    CHECK(mean_s(StartUp::kLv08, 0.010) == doctest::Approx(0.2235).epsilon(0.05));
    CHECK(mean_s(StartUp::kIw10, 0.010) == doctest::Approx(0.2235).epsilon(0.05));
    CHECK(mean_s(StartUp::kLv08, 0.001) == doctest::Approx(0.1159).epsilon(0.05));
    CHECK(mean_s(StartUp::kIw10, 0.001) == doctest::Approx(0.1159).epsilon(0.05));
    CHECK(mean_s(StartUp::kNone, 0.010) < 0.5 * 0.2235);  // what start-up is for
}

TEST_CASE("unknown workloads and loads that no link can bear are refused") {
    CHECK_THROWS_AS(reference_workload("fatree", 0.5, 10), InputError);
    CHECK_THROWS_AS(reference_workload("city", 1.0, 10), InputError);
    CHECK_THROWS_AS(reference_workload("city", 0.0, 10), InputError);
}
