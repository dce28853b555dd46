#include "telecom/max_min.h"

#include <cmath>
#include <initializer_list>

#include "base/random.h"

using namespace jiahe::telecom;

namespace {

std::uint32_t flow(SharingProblem& p, std::initializer_list<std::uint32_t> path, double weight = 1,
                   double cap = kNoCap) {
    const std::vector<std::uint32_t> links(path);
    return p.add_flow(links, weight, cap);
}

std::vector<double> rates(const SharingProblem& p) {
    MaxMinSolver solver;
    const auto shares = solver.solve(p);
    return {shares.flow_rate.begin(), shares.flow_rate.end()};
}

}  // namespace

TEST_CASE("two links of 10 and 4 with a flow over both give 8, 2 and 2") {
    // B = 4 is the tighter: f2 and f3 get 2 each; f1 takes what is left of A, 10 - 2 = 8.
    SharingProblem p;
    const auto a = p.add_link(10), b = p.add_link(4);
    flow(p, {a});
    flow(p, {a, b});
    flow(p, {b});
    CHECK(rates(p) == std::vector<double>{8, 2, 2});
}

TEST_CASE("in a linear network the long flow gets as much as each short one") {
    SharingProblem p;
    std::vector<std::uint32_t> all;
    for (int i = 0; i < 6; ++i)
        all.push_back(p.add_link(12));
    p.add_flow(all, 1, kNoCap);
    for (const auto link : all)
        flow(p, {link});
    for (const double x : rates(p))
        CHECK(x == 6);  // C / 2
}

TEST_CASE("weights 1 and 2 share 9 as 3 and 6") {
    SharingProblem p;
    const auto l = p.add_link(9);
    flow(p, {l}, 1);
    flow(p, {l}, 2);
    CHECK(rates(p) == std::vector<double>{3, 6});
}

TEST_CASE("what a capped flow leaves goes to the others: 2, 4, 4 of 10") {
    SharingProblem p;
    const auto l = p.add_link(10);
    flow(p, {l}, 1, 2);
    flow(p, {l});
    flow(p, {l});
    CHECK(rates(p) == std::vector<double>{2, 4, 4});
}

TEST_CASE("n equal flows and one fluid of weight n and cap n c get the same") {
    // 7 flows of cap 3 against one rival of weight 2 on 20: at level h the flows take 7 min(h, 3),
    // the rival 2 h; 9 h = 20 gives h = 2.22 < 3, so the flows get 7 * 20 / 9 together.
    SharingProblem single, fluid;
    const auto l1 = single.add_link(20), l2 = fluid.add_link(20);
    for (int i = 0; i < 7; ++i)
        flow(single, {l1}, 1, 3);
    flow(single, {l1}, 2);
    flow(fluid, {l2}, 7, 21);
    flow(fluid, {l2}, 2);
    const auto x = rates(single), y = rates(fluid);
    double sum = 0;
    for (int i = 0; i < 7; ++i)
        sum += x[static_cast<std::size_t>(i)];
    CHECK(sum == doctest::Approx(140.0 / 9).epsilon(1e-12));
    CHECK(y[0] == doctest::Approx(sum).epsilon(1e-12));
    CHECK(y[1] == doctest::Approx(x[7]).epsilon(1e-12));
}

TEST_CASE("unresponsive traffic is served first and loses 1 - C/U beyond the capacity") {
    CHECK(serve_unresponsive(10, 4).residual == 6);
    CHECK(serve_unresponsive(10, 4).lost_share == 0);
    CHECK(serve_unresponsive(10, 40).residual == 0);
    CHECK(serve_unresponsive(10, 40).lost_share == 0.75);
    SharingProblem p;  // two flows on what is left of 10 under 4 of attack
    const auto l = p.add_link(serve_unresponsive(10, 4).residual);
    flow(p, {l});
    flow(p, {l});
    CHECK(rates(p) == std::vector<double>{3, 3});
}

TEST_CASE("a dead link gives nothing and harms nobody else") {
    SharingProblem p;
    const auto dead = p.add_link(0), live = p.add_link(5);
    flow(p, {dead});
    flow(p, {dead, live});
    flow(p, {live});
    CHECK(rates(p) == std::vector<double>{0, 0, 5});
}

TEST_CASE("a newcomer finds idle capacity, or the level of a full link") {
    CHECK(share_for_newcomer(10, 4, kNoCap) == 6);
    CHECK(share_for_newcomer(10, 10, 2.5) == 2.5);
    CHECK(share_for_newcomer(0, 0, kNoCap) == 0);
}

TEST_CASE("random networks fulfil the definition: every flow is at its cap or has a bottleneck") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const jiahe::Draw draw(seed, 1, 0, 0);
        std::uint32_t n = 0;
        SharingProblem p;
        const auto links = static_cast<std::uint32_t>(2 + draw.below(8, n++));
        for (std::uint32_t l = 0; l < links; ++l)
            p.add_link(1 + 20 * draw.uniform(n++));
        for (int f = 0; f < 15; ++f) {
            std::vector<std::uint32_t> path;
            for (std::uint32_t l = 0; l < links; ++l) {
                if (draw.bernoulli(0.4, n++)) path.push_back(l);
            }
            if (path.empty()) path.push_back(0);
            const double weight = 1 + 3 * draw.uniform(n++);
            const bool capped = draw.bernoulli(0.4, n++);
            p.add_flow(path, weight, capped ? 4 * draw.uniform(n++) : kNoCap);
        }
        MaxMinSolver solver;
        const auto s = solver.solve(p);
        for (std::uint32_t l = 0; l < links; ++l) {
            REQUIRE(s.link_load[l] <= p.link_capacity[l] * (1 + 1e-12));
        }
        for (std::size_t f = 0; f < p.flow_count(); ++f) {
            REQUIRE(s.flow_rate[f] <= p.flow_cap[f]);
            bool settled = s.flow_rate[f] >= p.flow_cap[f] * (1 - 1e-12);
            for (std::uint32_t i = p.flow_first[f]; i < p.flow_first[f + 1]; ++i) {
                const double level = s.link_level[p.flow_link[i]];
                settled = settled || (level < kNoCap &&
                                      s.flow_rate[f] / p.flow_weight[f] >= level * (1 - 1e-9));
            }
            REQUIRE(settled);
        }
    }
}
