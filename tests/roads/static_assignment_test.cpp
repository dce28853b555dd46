#include "roads/static_assignment.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "roads/assignment_networks.h"
#include "support/shared_data.h"

using namespace jiahe;

namespace {

AssignmentOptions to_gap(double gap, AssignmentGoal goal = AssignmentGoal::kUserEquilibrium) {
    AssignmentOptions options;
    options.gap = gap;
    options.goal = goal;
    return options;
}

AssignmentResult solve(const TntpNetwork& tntp, const AssignmentOptions& options,
                       const CostWeights& weights = {}) {
    return assign(AssignmentNetwork(tntp, tntp.demand, weights), options);
}

TntpNetwork shared_network(const std::string& stem) {
    TntpNetwork tntp = read_tntp_links(shared_data("tntp/" + stem + "_net.tntp"));
    read_tntp_trips(shared_data("tntp/" + stem + "_trips.tntp"), tntp);
    return tntp;
}

// Largest difference to the published flows, over links that exist once.
double worst_flow_difference(const TntpNetwork& tntp, const std::vector<double>& flow,
                             const std::string& stem) {
    std::map<std::pair<std::int64_t, std::int64_t>, double> published;
    std::ifstream file(shared_data("tntp/" + stem + "_flow.tntp"));
    std::string header;
    std::getline(file, header);
    std::int64_t from = 0, to = 0;
    double volume = 0, cost = 0;
    while (file >> from >> to >> volume >> cost)
        published[{from, to}] = volume;
    REQUIRE(published.size() == tntp.links.size());
    double worst = 0;
    for (std::size_t l = 0; l < flow.size(); ++l) {
        const auto row = published.find({tntp.links[l].from_node, tntp.links[l].to_node});
        REQUIRE(row != published.end());
        worst = std::max(worst, std::abs(flow[l] - row->second));
    }
    return worst;
}

struct Published {
    const char* stem;
    CostWeights weights;
    double objective, total_cost;
};

}  // namespace

TEST_CASE("Braess: the new road makes everyone slower, a toll on it undoes that") {
    TntpNetwork tntp = braess();
    const AssignmentResult with = solve(tntp, to_gap(1e-12));
    CHECK(with.converged);
    CHECK(with.objective == doctest::Approx(386).epsilon(1e-9));
    CHECK(with.total_cost == doctest::Approx(552).epsilon(1e-9));
    const std::vector<double> flows = {4, 2, 2, 2, 4};
    for (std::size_t l = 0; l < 5; ++l)
        CHECK(with.link_flow[l] == doctest::Approx(flows[l]).epsilon(1e-9));

    // Without the road 83 each: its way costs 10 * 3 + 10 + 10 * 3 + toll, so 13 closes it.
    tntp.links[3].toll = 13;
    const AssignmentResult tolled = solve(tntp, to_gap(1e-12), {1, 0});
    CHECK(tolled.link_flow[3] == doctest::Approx(0).epsilon(1e-9));
    CHECK(tolled.total_cost == doctest::Approx(6 * 83).epsilon(1e-9));
    CHECK(solve(tntp, to_gap(1e-12)).total_cost == doctest::Approx(552).epsilon(1e-9));
}

TEST_CASE("Braess: the system optimum leaves the new road empty") {
    const AssignmentResult best = solve(braess(), to_gap(1e-12, AssignmentGoal::kSystemOptimum));
    CHECK(best.converged);
    CHECK(best.objective == doctest::Approx(498).epsilon(1e-9));
    CHECK(best.total_cost == doctest::Approx(498).epsilon(1e-9));
    CHECK(best.link_flow[3] == doctest::Approx(0).epsilon(1e-9));
}

TEST_CASE("the published equilibria are met: objective to 1e-8, link flows to 1e-4") {
    for (const Published& p :
         {Published{"SiouxFalls/SiouxFalls", {0, 0}, 4231335.287107, 7480225.344921},
          Published{"Anaheim/Anaheim", {0, 0}, 1286032.171096, 1419913.851059},
          Published{
              "Chicago-Sketch/ChicagoSketch", {0.02, 0.04}, 17313018.738748, 18935450.261583}}) {
        CAPTURE(p.stem);
        if (!has_shared_data(std::string("tntp/") + p.stem + "_net.tntp")) return;
        const TntpNetwork tntp = shared_network(p.stem);
        const AssignmentResult result = solve(tntp, to_gap(1e-12), p.weights);
        CHECK(result.converged);
        CHECK(result.relative_gap <= 1e-12);
        CHECK(std::abs(result.objective / p.objective - 1) < 1e-12);
        CHECK(std::abs(result.total_cost / p.total_cost - 1) < 1e-9);
        CHECK(worst_flow_difference(tntp, result.link_flow, p.stem) < 1e-4);
    }
}

TEST_CASE("the system optimum of Sioux Falls is the published one") {
    if (!has_shared_data("tntp/SiouxFalls/SiouxFalls_net.tntp")) return;
    const AssignmentResult best = solve(shared_network("SiouxFalls/SiouxFalls"),
                                        to_gap(1e-11, AssignmentGoal::kSystemOptimum));
    CHECK(best.converged);
    CHECK(best.objective == doctest::Approx(7194256.0529).epsilon(1e-10));
}

TEST_CASE("without congestion everyone takes the free shortest way: Sioux Falls, 3,176,000") {
    if (!has_shared_data("tntp/SiouxFalls/SiouxFalls_net.tntp")) return;
    TntpNetwork tntp = shared_network("SiouxFalls/SiouxFalls");
    for (TntpLink& link : tntp.links)
        link.b = 0;
    const AssignmentResult free = solve(tntp, to_gap(0));
    CHECK(free.converged);
    CHECK(free.iterations == 0);
    CHECK(free.total_cost == doctest::Approx(3176000).epsilon(1e-12));
}

TEST_CASE("random networks: the stated gap is the true one, flow is conserved, zones not passed") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        const TntpNetwork tntp = random_tntp(seed, 6, 20, 30);
        const CostWeights weights{0.3, 0.1};
        const AssignmentNetwork network(tntp, tntp.demand, weights);
        for (const auto goal : {AssignmentGoal::kUserEquilibrium, AssignmentGoal::kSystemOptimum}) {
            const AssignmentResult result = assign(network, to_gap(1e-12, goal));
            CHECK(result.converged);
            CHECK(worst_imbalance(tntp, result.link_flow) < 1e-9);
            std::vector<double> cost;
            for (std::size_t l = 0; l < tntp.links.size(); ++l) {
                CHECK(result.link_flow[l] >= 0);
                const bool own = goal == AssignmentGoal::kUserEquilibrium;
                const VolumeDelay& delay = network.delay[l];
                cost.push_back((own ? delay : delay.marginal()).cost(result.link_flow[l]));
            }
            CHECK(std::abs(checked_gap(tntp, result.link_flow, cost).relative()) < 2e-12);
        }
    }
}

TEST_CASE("the gap stated half-way is true too, and the objective never rises by iterating on") {
    const TntpNetwork tntp = random_tntp(77, 8, 40, 60);
    const AssignmentNetwork network(tntp, tntp.demand, {});
    double before = 1e300;
    for (int limit = 0; limit <= 4; ++limit) {
        AssignmentOptions options = to_gap(0);
        options.max_iterations = limit;
        const AssignmentResult result = assign(network, options);
        CHECK(result.iterations <= limit);
        const CheckedGap gap = checked_gap(tntp, result.link_flow, result.link_cost);
        CHECK(result.relative_gap == doctest::Approx(gap.relative()).epsilon(1e-6));
        CHECK(result.average_excess_cost ==
              doctest::Approx((gap.total - gap.shortest) / network.assigned_trips).epsilon(1e-6));
        CHECK(result.objective <= before * (1 + 1e-12));
        before = result.objective;
    }
}

TEST_CASE("the bits do not depend on the number of threads") {
    const TntpNetwork tntp = random_tntp(5, 30, 120, 200);
    const AssignmentNetwork network(tntp, tntp.demand, {0.1, 0.1});
    AssignmentOptions options = to_gap(1e-10);
    const AssignmentResult one = assign(network, options);
    for (const int threads : {2, 3, 8}) {
        options.threads = threads;
        const AssignmentResult more = assign(network, options);
        CHECK(more.iterations == one.iterations);
        CHECK(more.objective == one.objective);
        CHECK(more.relative_gap == one.relative_gap);
        CHECK(more.link_flow == one.link_flow);
    }
}

TEST_CASE("every iteration is told, the last with the result's gap; no trips need none") {
    const TntpNetwork tntp = random_tntp(9, 6, 20, 30);
    std::vector<AssignmentStep> steps;
    AssignmentOptions options = to_gap(1e-9);
    options.trace = [&](const AssignmentStep& step) { steps.push_back(step); };
    const AssignmentResult result = solve(tntp, options);
    REQUIRE(steps.size() == static_cast<std::size_t>(result.iterations) + 1);
    CHECK(steps.back().relative_gap == result.relative_gap);
    CHECK(steps.back().objective == result.objective);

    TntpNetwork empty = tntp;
    empty.demand.clear();
    const AssignmentResult nothing = solve(empty, to_gap(1e-9));
    CHECK(nothing.converged);
    CHECK(nothing.iterations == 0);
    CHECK(nothing.total_cost == 0);
}
