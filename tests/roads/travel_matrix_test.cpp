#include "roads/travel_matrix.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "roads/shortest_path.h"

namespace jiahe {
namespace {

// A grid of `side` x `side` nodes; links of 500 m, some slow by their number.
RoadGraph grid(int side) {
    RoadGraphData data;
    const auto id = [side](int r, int c) { return std::int64_t{r} * side + c; };
    const LocalPlane plane(LonLat{120.75, 30.75});
    std::int64_t link_id = 0;
    for (int r = 0; r < side; ++r) {
        for (int c = 0; c < side; ++c) {
            const LonLat at = plane.to_lon_lat({500.0 * c, 500.0 * r});
            data.nodes.push_back({id(r, c), at.lon_deg, at.lat_deg, NodeControl::kNone});
            const auto connect = [&](int to_r, int to_c) {
                for (const auto& [from, to] :
                     {std::pair{id(r, c), id(to_r, to_c)}, std::pair{id(to_r, to_c), id(r, c)}}) {
                    RoadGraphData::Link link;
                    link.id = ++link_id;
                    link.from_node_id = from;
                    link.to_node_id = to;
                    link.length_m = 500;
                    link.free_speed_mps = 5 + static_cast<double>(link_id * 7 % 11);
                    data.links.push_back(link);
                }
            };
            if (c + 1 < side) connect(r, c + 1);
            if (r + 1 < side) connect(r + 1, c);
        }
    }
    return RoadGraph(std::move(data));
}

}  // namespace

TEST_CASE("a travel matrix holds the quickest ways that the router finds") {
    const RoadGraph graph = grid(9);
    const auto link_us = expected_link_us(graph, 1000);
    std::vector<NodeId> places;
    for (std::uint32_t n = 3; n < graph.node_count(); n += 7)
        places.push_back(NodeId(n));
    places.push_back(NodeId(3));  // twice
    const TravelMatrix matrix = make_travel_matrix(graph, link_us, places);
    REQUIRE(matrix.count() == places.size() - 1);
    const Router router(graph);
    Router::Query query(router);
    const LinkCosts costs = router.costs(link_us);
    for (std::size_t a = 0; a < matrix.count(); ++a) {
        CHECK(matrix.row_of(matrix.place[a]) == a);
        for (std::size_t b = 0; b < matrix.count(); ++b) {
            const Path path = query.node_to_node(matrix.place[a], matrix.place[b], costs);
            REQUIRE(path.found);
            // No way of a grid without one-way streets needs a turn back.
            CHECK(matrix.time_ms[a * matrix.count() + b] == (path.cost_us + 999) / 1000);
            CHECK(matrix.length_m[a * matrix.count() + b] ==
                  500 * static_cast<int>(path.links.size()));
        }
    }
}

TEST_CASE("the number of threads changes nothing in a travel matrix") {
    const RoadGraph graph = grid(8);
    const auto link_us = expected_link_us(graph, 8);
    std::vector<NodeId> places;
    for (std::uint32_t n = 0; n < graph.node_count(); n += 3)
        places.push_back(NodeId(n));
    const TravelMatrix one = make_travel_matrix(graph, link_us, places, 1);
    const TravelMatrix four = make_travel_matrix(graph, link_us, places, 4);
    CHECK(one.time_ms == four.time_ms);
    CHECK(one.length_m == four.length_m);
}

TEST_CASE("a place that no way leads to is unreachable") {
    RoadGraphData data;
    for (std::int64_t n = 0; n < 3; ++n)
        data.nodes.push_back(
            {n, 120.75 + 0.01 * static_cast<double>(n), 30.75, NodeControl::kNone});
    for (const auto& [from, to] : {std::pair{0, 1}, {1, 0}, {2, 1}}) {
        RoadGraphData::Link link;
        link.id = 10 * from + to;
        link.from_node_id = from;
        link.to_node_id = to;
        link.length_m = 900;
        link.free_speed_mps = 10;
        data.links.push_back(link);
    }
    const RoadGraph graph(std::move(data));
    const TravelMatrix matrix =
        make_travel_matrix(graph, expected_link_us(graph, 100), {NodeId(0), NodeId(1), NodeId(2)});
    CHECK(matrix.time_ms[0 * 3 + 2] == TravelMatrix::kUnreachable_ms);
    CHECK(matrix.time_ms[2 * 3 + 0] == 180'000);
    CHECK(matrix.length_m[2 * 3 + 0] == 1800);
}

TEST_CASE("a driver expects half the red, weighed by its share of the cycle, at a signal") {
    RoadGraphData data;
    for (std::int64_t n = 0; n < 3; ++n) {
        data.nodes.push_back({n, 120.75 + 0.01 * static_cast<double>(n), 30.75,
                              n == 1 ? NodeControl::kSignal : NodeControl::kNone});
    }
    for (const auto& [id, from, to] : {std::tuple{1, 0, 1}, {2, 1, 2}, {3, 2, 1}, {4, 1, 0}}) {
        RoadGraphData::Link link;
        link.id = id;
        link.from_node_id = from;
        link.to_node_id = to;
        link.length_m = 1000;
        link.free_speed_mps = 20;
        data.links.push_back(link);
    }
    data.movements = {{100, 1, 2, TurnType::kThru, 0, 0, true},
                      {101, 3, 4, TurnType::kThru, 0, 0, true},
                      {102, 2, 3, TurnType::kUturn, 0, 0, false},
                      {103, 4, 1, TurnType::kUturn, 0, 0, false}};
    data.signals = {{1, 0, {{{100}, 25, 5}, {{101}, 25, 5}}}};
    const RoadGraph graph(std::move(data));
    const auto link_us = expected_link_us(graph, 10);
    // 1,000 m at no more than 10 m/s; red 35 of 60 s: 35^2 / 120 = 10.208 s.
    CHECK(link_us[graph.find_link(2).index()] == 100'000'000);
    CHECK(static_cast<double>(link_us[graph.find_link(1).index()]) * 1e-6 ==
          doctest::Approx(110.2083).epsilon(1e-5));
}

}  // namespace jiahe
