#include "support/ascii_roads.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace jiahe;

TEST_CASE("a drawing becomes two-way links, one-way links and diagonals of the right length") {
    const RoadGraph graph(ascii_roads(R"(
        A--B-->C
        | /    ^
        |/     |
        D------E
    )",
                                      {.cell_m = 50}));
    CHECK(graph.node_count() == 5);
    // AB, AD, BD, DE two-way (8); BC and EC one-way (2).
    CHECK(graph.link_count() == 10);
    CHECK(graph.link_length_m[link(graph, "AB").index()] == doctest::Approx(150));
    CHECK(graph.link_length_m[link(graph, "AD").index()] == doctest::Approx(150));
    CHECK(graph.link_length_m[link(graph, "DE").index()] == doctest::Approx(350));
    // Three diagonal cells of 50 * sqrt(2) m.
    CHECK(graph.link_length_m[link(graph, "DB").index()] == doctest::Approx(212.132));
    CHECK(graph.find_link(1000 * 'C' + 'B') == LinkId{});
    CHECK(graph.find_link(1000 * 'C' + 'E') == LinkId{});
    // The plane agrees with the drawing: B lies 150 m east and 150 m north of D.
    const auto d = node(graph, 'D').index();
    const auto b = node(graph, 'B').index();
    CHECK(graph.node_x_m[b] - graph.node_x_m[d] == doctest::Approx(150).epsilon(1e-4));
    CHECK(graph.node_y_m[b] - graph.node_y_m[d] == doctest::Approx(150).epsilon(1e-4));
}

TEST_CASE("a drawing with a loose end, a stray mark or a node twice is refused") {
    CHECK_THROWS_AS(ascii_roads("A--  B"), std::invalid_argument);
    CHECK_THROWS_AS(ascii_roads("A--B *"), std::invalid_argument);
    CHECK_THROWS_AS(ascii_roads("A--B--A"), std::invalid_argument);
    CHECK_THROWS_AS(ascii_roads("A<->B"), std::invalid_argument);
}

TEST_CASE("paths are written and read as node names") {
    const RoadGraph graph(ascii_roads("A--B--C"));
    CHECK(nodes_along(graph, links_along(graph, "ABC")) == "ABC");
    CHECK_THROWS(link(graph, "AC"));
}
