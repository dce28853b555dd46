#include "kernel/partitioner.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "base/random.h"

namespace jiahe::kernel {
namespace {

constexpr SimTime s(std::int64_t seconds) {
    return whole_seconds(seconds);
}

OwnerGraph grid(std::uint32_t n, SimTime delay) {
    OwnerGraph graph;
    graph.weight.assign(n * n, 1);
    for (std::uint32_t i = 0; i < n * n; ++i) {
        if (i % n + 1 < n) graph.edges.push_back({i, i + 1, delay});
        if (i + n < n * n) graph.edges.push_back({i, i + n, delay});
    }
    return graph;
}

// Partition values are dense from 0; returns how many there are.
std::size_t require_dense(const std::vector<std::uint16_t>& part) {
    const std::set<std::uint16_t> values(part.begin(), part.end());
    REQUIRE(!values.empty());
    CHECK(*values.rbegin() + std::size_t{1} == values.size());
    return values.size();
}

}  // namespace

TEST_CASE("a grid is cut into equal parts along few edges") {
    const OwnerGraph graph = grid(40, s(10));
    for (const int partitions : {2, 3, 16, 64}) {
        CAPTURE(partitions);
        const auto part = partition_owners(graph, partitions);
        CHECK(require_dense(part) == static_cast<std::size_t>(partitions));
        std::vector<int> size(static_cast<std::size_t>(partitions), 0);
        for (const std::uint16_t p : part)
            ++size[p];
        CHECK(*std::max_element(size.begin(), size.end()) < 1.2 * 1600 / partitions);
        std::size_t cut = 0;
        for (const auto& edge : graph.edges)
            cut += part[edge.from] != part[edge.to] ? 1 : 0;
        CHECK(cut < graph.edges.size() / 4);
    }
}

TEST_CASE("owners joined by a channel under a second stay together") {
    OwnerGraph graph = grid(20, s(1));
    for (std::uint32_t i = 0; i + 1 < 400; i += 3)
        graph.edges.push_back({i, i + 1, {999'999}});
    for (const int partitions : {2, 16, 64, 300}) {
        const auto part = partition_owners(graph, partitions);
        require_dense(part);
        for (const auto& edge : graph.edges) {
            if (edge.min_delay < kCutDelayMin) CHECK(part[edge.from] == part[edge.to]);
        }
    }
    OwnerGraph tight = grid(20, {500'000});
    CHECK(require_dense(partition_owners(tight, 64)) == 1);
}

TEST_CASE("no edges, islands, few owners, one owner, none") {
    OwnerGraph loose;
    loose.weight.assign(1000, 1);
    CHECK(require_dense(partition_owners(loose, 8)) == 8);
    CHECK(require_dense(partition_owners(loose, 1000)) == 1000);
    OwnerGraph islands = grid(20, s(5));
    islands.weight.resize(1000, 1);
    islands.edges.push_back({500, 501, s(5)});
    CHECK(require_dense(partition_owners(islands, 16)) == 16);
    OwnerGraph few;
    few.weight.assign(5, 1);
    few.edges.push_back({0, 4, s(2)});
    CHECK(require_dense(partition_owners(few, 64)) == 5);
    OwnerGraph one;
    one.weight.assign(1, 0);
    CHECK(require_dense(partition_owners(one, 64)) == 1);
    CHECK(partition_owners({}, 64).empty());
}

TEST_CASE("an owner that carries half of the load does not upset the rest") {
    OwnerGraph graph = grid(40, s(5));
    graph.weight[820] = 1600;
    const auto part = partition_owners(graph, 16);
    require_dense(part);
    std::vector<double> load(16, 0);
    for (std::size_t v = 0; v < part.size(); ++v)
        load[part[v]] += v == 820 ? 100 : graph.weight[v];
    CHECK(*std::max_element(load.begin(), load.end()) < 300);
}

TEST_CASE("few groups are dealt out by load") {
    OwnerGraph graph;
    graph.weight = {5, 4, 3, 3, 3, 2};  // 20 in two parts: 5+3+2 and 4+3+3
    const auto part = partition_owners(graph, 2);
    double load[2] = {0, 0};
    for (std::size_t v = 0; v < part.size(); ++v)
        load[part[v]] += graph.weight[v];
    CHECK(load[0] == 10);
    CHECK(load[1] == 10);
}

TEST_CASE("lookahead between partitions is closed over third ones") {
    // 0 -> 1 in 2 s, 1 -> 2 in 3 s, 0 -> 2 in 9 s, 2 -> 0 in 4 s; a second channel 0 -> 1 in 7 s.
    OwnerGraph graph;
    graph.weight.assign(3, 1);
    graph.edges = {{0, 1, s(2)}, {1, 2, s(3)}, {0, 2, s(9)}, {2, 0, s(4)}, {0, 1, s(7)}};
    const auto d = close_lookahead(graph, {0, 1, 2}, 3);
    const std::vector<std::int64_t> expected_s = {9, 2, 5, 7, 9, 3, 4, 6, 9};
    for (std::size_t i = 0; i < 9; ++i)
        CHECK(d[i] == s(expected_s[i]).us);
}

TEST_CASE("an open channel joins what it may not cut, else cuts into ranges of equal weight") {
    OwnerGraph graph;
    graph.weight.assign(100, 1);
    for (std::size_t v = 0; v < 10; ++v)
        graph.weight[v] = 11;  // the first ten weigh more than all others
    graph.fans.push_back({{0, 100}, {0, 100}, whole_seconds(2)});
    const std::vector<std::uint16_t> part = partition_owners(graph, 4);
    CHECK(std::is_sorted(part.begin(), part.end()));
    std::vector<double> load(4, 0);
    for (std::size_t v = 0; v < 100; ++v)
        load[part[v]] += graph.weight[v];
    for (const double l : load)
        CHECK(l == doctest::Approx(50).epsilon(0.12));
    const auto lookahead = close_lookahead(graph, part, 4);
    for (std::size_t i = 0; i < 16; ++i)
        CHECK(lookahead[i] == whole_seconds(i / 4 == i % 4 ? 4 : 2).us);
    CHECK(inner_delays(graph, part, 4) == std::vector<std::int64_t>(4, 2'000'000));
    graph.cut_delay_min = whole_seconds(3);
    CHECK(partition_owners(graph, 4) == std::vector<std::uint16_t>(100, 0));
    graph.cut_delay_min = whole_seconds(2);
    // From the first ten to the last ten only: the others are free.
    graph.fans = {{{0, 10}, {90, 100}, whole_seconds(1)}};
    const auto joined = partition_owners(graph, 4);
    for (std::size_t v = 0; v < 10; ++v) {
        CHECK(joined[v] == joined[0]);
        CHECK(joined[90 + v] == joined[0]);
    }
    CHECK(std::count(joined.begin(), joined.end(), joined[0]) < 100);
}

TEST_CASE("the shortest channel within each partition") {
    OwnerGraph graph;
    graph.weight.assign(5, 1);
    graph.edges = {{0, 1, {7}}, {1, 0, {5}}, {0, 0, {1}}, {1, 2, {2}}, {2, 3, {9}}};
    CHECK(inner_delays(graph, {0, 0, 1, 1, 2}, 3) == std::vector<std::int64_t>{5, 9, kNever.us});
}

TEST_CASE("where there is no way there is no bound") {
    OwnerGraph graph;
    graph.weight.assign(2, 1);
    graph.edges = {{0, 1, s(2)}};
    const auto d = close_lookahead(graph, {0, 1}, 2);
    CHECK(d == std::vector<std::int64_t>{kNever.us, s(2).us, kNever.us, kNever.us});
    CHECK(close_lookahead(graph, {0, 0}, 1) == std::vector<std::int64_t>{kNever.us});
}

}  // namespace jiahe::kernel
