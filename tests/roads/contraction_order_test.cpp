#include "roads/contraction_order.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "roads/random_roads.h"
#include "support/ascii_roads.h"

using namespace jiahe;

TEST_CASE("the graph of turns joins links that follow each other, both ways, without bans") {
    // B turns nobody back: A to C over B and C to A are the only turns besides those at dead ends.
    const RoadGraph graph(ascii_roads("A--B--C"));
    const TurnGraph turns = turn_graph(graph);
    REQUIRE(turns.first.size() == graph.link_count() + 1);
    for (std::uint32_t l = 0; l < graph.link_count(); ++l) {
        for (std::uint32_t i = turns.first[l]; i < turns.first[l + 1]; ++i) {
            const LinkId other(turns.neighbour[i]);
            CHECK((graph.movement(LinkId(l), other).valid() ||
                   graph.movement(other, LinkId(l)).valid()));
        }
    }
    // AB-BC, CB-BA, and the turns back BA-AB and BC-CB: a ring of four.
    CHECK(turns.neighbour.size() == 8);
}

TEST_CASE("the order names every link once, and is the same every time") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const RoadGraph graph = random_graph(seed, 60, 300);
        const TurnGraph turns = turn_graph(graph);
        std::vector<std::uint32_t> order = dissection_order(turns);
        CHECK(order == dissection_order(turns));
        std::sort(order.begin(), order.end());
        REQUIRE(order.size() == graph.link_count());
        for (std::uint32_t l = 0; l < order.size(); ++l)
            CHECK(order[l] == l);
    }
}

TEST_CASE("links without any turn have an order too") {
    const RoadGraph graph(ascii_roads("A-->B   C-->D"));
    CHECK(dissection_order(turn_graph(graph)) == std::vector<std::uint32_t>{0, 1});
}
