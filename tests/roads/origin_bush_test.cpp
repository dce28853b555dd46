#include "roads/origin_bush.h"

#include <doctest/doctest.h>

#include "roads/assignment_networks.h"

using namespace jiahe;

namespace {

// One bush over a network, with its loads.
struct Single {
    explicit Single(const TntpNetwork& tntp)
        : network(tntp, tntp.demand, {}),
          scratch(network),
          loads(network.delay),
          bush(network, network.origins[0]) {
        bush.grow_tree(loads, scratch);
        bush.add_to(loads);
    }
    AssignmentNetwork network;
    BushScratch scratch;
    LinkLoads loads;
    OriginBush bush;
};

// Two ways from 1 to 2: over 3 (cost v) and over 4 (cost 10 + v); 30 trips.
TntpNetwork two_ways() {
    TntpNetwork tntp;
    tntp.zone_count = 2;
    tntp.node_count = 4;
    tntp.links = {{1, 3, 1, 1, 1e-9, 1e9, 1, 0, 0, 1},
                  {1, 4, 1, 1, 10, 0.1, 1, 0, 0, 1},
                  {3, 2, 1, 1, 0, 0, 1, 0, 0, 1},
                  {4, 2, 1, 1, 0, 0, 1, 0, 0, 1}};
    tntp.demand = {{1, 2, 30}};
    return tntp;
}

}  // namespace

TEST_CASE("the first tree carries all trips over the shortest way at no load") {
    Single s(two_ways());
    CHECK(s.loads.flows() == std::vector<double>{30, 0, 30, 0});
    // One tree: nothing to save within it.
    CHECK(s.bush.excess(s.loads, s.scratch) == 0);
}

TEST_CASE("a shorter way is taken up; one Newton step equals linear costs") {
    Single s(two_ways());
    // 30 trips cost 30 each; over 4 they would cost 10 each.
    CHECK(s.bush.improve(s.loads, s.scratch) == doctest::Approx(300));
    CHECK(s.bush.excess(s.loads, s.scratch) == doctest::Approx(30 * (30 - 10)));
    s.bush.shift_flows(s.loads, s.scratch);
    // v = 10 + (30 - v)
    CHECK(s.loads.flow(0) == doctest::Approx(20));
    CHECK(s.loads.flow(3) == doctest::Approx(10));
    CHECK(s.loads.cost(0) == doctest::Approx(20));
    CHECK(s.bush.excess(s.loads, s.scratch) == doctest::Approx(0));
}

TEST_CASE("a way that became too long is left by all and dropped") {
    TntpNetwork tntp = two_ways();
    Single s(tntp);
    s.bush.improve(s.loads, s.scratch);
    s.bush.excess(s.loads, s.scratch);
    s.bush.shift_flows(s.loads, s.scratch);
    // Other travellers: 100 on the way over 4.
    s.loads.shift(1, 100);
    s.bush.excess(s.loads, s.scratch);
    s.bush.shift_flows(s.loads, s.scratch);
    CHECK(s.loads.flow(3) == 0);
    CHECK(s.loads.flow(0) == doctest::Approx(30));
    s.bush.improve(s.loads, s.scratch);
    std::vector<double> own(4, 0.0);
    s.bush.add_flows(own);
    CHECK(own == std::vector<double>{30, 0, 30, 0});
}

TEST_CASE("balance is restored from shares: flows are those of the trips again") {
    const TntpNetwork tntp = random_tntp(3, 5, 15, 20);
    Single s(tntp);
    for (int round = 0; round < 5; ++round) {
        s.bush.improve(s.loads, s.scratch);
        s.bush.excess(s.loads, s.scratch);
        s.bush.shift_flows(s.loads, s.scratch);
        s.bush.restore_balance(s.scratch);
        TntpNetwork own = tntp;
        std::erase_if(own.demand, [](const TntpDemand& d) { return d.origin != 1; });
        std::vector<double> flow(tntp.links.size(), 0.0);
        s.bush.add_flows(flow);
        CHECK(worst_imbalance(own, flow) < 1e-11);
    }
}
