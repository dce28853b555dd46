// bench_routes: shortest paths by contraction hierarchy, with turn costs and unpacked paths.
//
// Network: an n x n grid of 200 m links at 50 km/h, or any network file. Link costs are free-flow
// times x (1 + u), u uniform in 0..1 and named by the link; turns cost 6 s to the left, 2 s to the
// right and 20 s back, by the angle between the links' ends. Queries between uniformly drawn nodes
// run on one thread. Rates are per second of that thread's CPU time, medians of five rounds.
// --check N compares N queries without turn costs with the Router, link by link.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>
#include <numbers>

#include "base/error.h"
#include "base/random.h"
#include "roads/contraction_hierarchy.h"
#include "roads/network_source.h"

namespace {

using namespace jiahe;

constexpr int kRounds = 5;

struct Options {
    std::string network = "grid";
    int n = 50;
    int queries = 20'000;
    int threads = 2;
    int check = 0;
    std::uint64_t seed = 1;
};

RoadGraph make_grid(int n) {
    constexpr double kBlock_deg = 200 / 111'194.9;
    RoadGraphData data;
    data.source = "grid";
    const auto add = [&](int from, int to) {
        RoadGraphData::Link link;
        link.id = static_cast<std::int64_t>(data.links.size());
        link.from_node_id = from;
        link.to_node_id = to;
        link.length_m = 200;
        link.free_speed_mps = 50 / 3.6;
        data.links.push_back(link);
    };
    for (int node = 0; node < n * n; ++node) {
        const int x = node % n, y = node / n;
        data.nodes.push_back({node, x * kBlock_deg, y * kBlock_deg, NodeControl::kNone});
        if (x + 1 < n) add(node, node + 1);
        if (x > 0) add(node, node - 1);
        if (y + 1 < n) add(node, node + n);
        if (y > 0) add(node, node - n);
    }
    return RoadGraph(std::move(data));
}

std::vector<std::int64_t> link_costs(const RoadGraph& graph, std::uint64_t seed) {
    std::vector<std::int64_t> cost_us = Router(graph, {0}).free_flow_us();
    for (std::size_t l = 0; l < cost_us.size(); ++l) {
        const double factor = 1 + Draw(seed, 1, l, 0).uniform();
        cost_us[l] = static_cast<std::int64_t>(static_cast<double>(cost_us[l]) * factor);
    }
    return cost_us;
}

double heading(const RoadGraph& graph, LinkId link) {
    const std::size_t from = graph.link_from[link.index()].index();
    const std::size_t to = graph.link_to[link.index()].index();
    return std::atan2(graph.node_y_m[to] - graph.node_y_m[from],
                      graph.node_x_m[to] - graph.node_x_m[from]);
}

std::vector<std::int64_t> turn_costs(const RoadGraph& graph) {
    std::vector<std::int64_t> cost_us;
    for (std::size_t m = 0; m < graph.movement_count(); ++m) {
        const double turned = std::remainder(
            heading(graph, graph.movement_out_link[m]) - heading(graph, graph.movement_in_link[m]),
            2 * std::numbers::pi);
        const double degrees = turned * 180 / std::numbers::pi;
        std::int64_t seconds = 0;
        if (degrees > 45) seconds = 6;
        if (degrees < -45) seconds = 2;
        if (std::abs(degrees) > 150) seconds = 20;
        cost_us.push_back(seconds * 1'000'000);
    }
    return cost_us;
}

double wall_s() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(now).count();
}

double cpu_s() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

struct Seconds {
    double wall, cpu;
};

// Medians over the rounds.
Seconds timed(const std::function<void()>& work) {
    std::array<double, kRounds> wall{}, cpu{};
    for (std::size_t i = 0; i < kRounds; ++i) {
        const double wall_begin = wall_s(), cpu_begin = cpu_s();
        work();
        wall[i] = wall_s() - wall_begin;
        cpu[i] = cpu_s() - cpu_begin;
    }
    std::sort(wall.begin(), wall.end());
    std::sort(cpu.begin(), cpu.end());
    return {wall[kRounds / 2], cpu[kRounds / 2]};
}

struct Pair {
    NodeId from, to;
};

std::vector<Pair> draw_pairs(const RoadGraph& graph, const Options& o) {
    std::vector<Pair> pairs;
    for (int i = 0; i < o.queries; ++i) {
        const Draw draw(o.seed, 2, static_cast<std::uint64_t>(i), 0);
        pairs.push_back(
            {NodeId(draw.below(graph.node_count(), 0)), NodeId(draw.below(graph.node_count(), 1))});
    }
    return pairs;
}

struct Check {
    int compared = 0, differing = 0;
    double router_per_s = 0;
};

Check check_against_router(const RoadGraph& graph, const ContractionHierarchy& hierarchy,
                           const std::vector<std::int64_t>& link_us, const std::vector<Pair>& pairs,
                           int count) {
    Check check;
    if (count == 0) return check;
    const Router router(graph);
    const LinkCosts reference_costs = router.tight_costs(link_us);
    const auto costs = hierarchy.customise(link_us);
    Router::Query reference(router);
    ContractionHierarchy::Query query(hierarchy);
    double router_s = 0;
    Path expected, path;
    for (const Pair& pair : pairs) {
        if (check.compared == count) break;
        const double begin = cpu_s();
        reference.node_to_node(pair.from, pair.to, reference_costs, expected);
        router_s += cpu_s() - begin;
        query.node_to_node(pair.from, pair.to, costs, path);
        ++check.compared;
        check.differing += path.cost_us == expected.cost_us && path.links == expected.links ? 0 : 1;
    }
    check.router_per_s = check.compared / router_s;
    return check;
}

int run(const Options& o) {
    ImportReport report;
    const RoadGraph graph =
        o.network == "grid" ? make_grid(o.n) : load_network(o.network, {}, report);
    const auto link_us = link_costs(graph, o.seed);
    const auto turn_us = turn_costs(graph);
    const double build_begin = cpu_s();
    const ContractionHierarchy hierarchy(graph);
    const double build_s = cpu_s() - build_begin;
    const Seconds customise = timed([&] { hierarchy.customise(link_us, turn_us, o.threads); });
    const auto costs = hierarchy.customise(link_us, turn_us, o.threads);
    const auto pairs = draw_pairs(graph, o);
    ContractionHierarchy::Query query(hierarchy);
    std::size_t found = 0, links = 0, ties = 0;
    std::uint64_t paths_hash = 0;
    const auto search_all = [&] {
        found = links = ties = 0;
        paths_hash = 14695981039346656037u;  // FNV-1a over all link ids
        Path path;
        for (const Pair& pair : pairs) {
            query.node_to_node(pair.from, pair.to, costs, path);
            found += path.found ? 1 : 0;
            ties += query.met_tie() ? 1 : 0;
            links += path.links.size();
            for (const LinkId link : path.links)
                paths_hash = (paths_hash ^ link.value) * 1099511628211u;
        }
    };
    const Seconds search = timed(search_all);
    const Check check = check_against_router(graph, hierarchy, link_us, pairs, o.check);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print(
        "{{\"name\":\"routes\",\"network\":\"{}\",\"links\":{},\"turns\":{},\"queries\":{},"
        "\"threads\":{},\"build_cpu_s\":{:.3f},\"arcs\":{},\"query_arcs\":{},"
        "\"customise_ms\":{:.2f},\"customise_cpu_ms\":{:.2f},\"routes_per_cpu_s\":{:.0f},"
        "\"routes_per_s\":{:.0f},\"found\":{},\"ties\":{},\"links_per_route\":{:.1f},"
        "\"router_per_cpu_s\":{:.0f},\"checked\":{},\"differing\":{},\"peak_rss_mib\":{},"
        "\"paths_hash\":\"{:016x}\"}}\n",
        o.network, graph.link_count(), graph.movement_count(), pairs.size(), o.threads, build_s,
        hierarchy.arc_count(), costs.query_arc_count(), 1e3 * customise.wall, 1e3 * customise.cpu,
        static_cast<double>(pairs.size()) / search.cpu,
        static_cast<double>(pairs.size()) / search.wall, found, ties,
        static_cast<double>(links) / static_cast<double>(std::max<std::size_t>(1, found)),
        check.router_per_s, check.compared, check.differing, usage.ru_maxrss / 1024, paths_hash);
    return check.differing == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Options o;
    CLI::App app{"Routes by contraction hierarchy: routes per second and core"};
    app.add_option("--network", o.network, "a network file or folder, or 'grid'");
    app.add_option("--n", o.n, "nodes a side of the grid")->check(CLI::Range(2, 1000));
    app.add_option("--queries", o.queries, "queries a round")->check(CLI::Range(1, 10'000'000));
    app.add_option("--threads", o.threads, "threads of customisation")->check(CLI::Range(1, 256));
    app.add_option("--check", o.check, "queries compared with the Router");
    app.add_option("--seed", o.seed, "seed");
    CLI11_PARSE(app, argc, argv);
    try {
        return run(o);
    } catch (const Error& error) {
        fmt::print(stderr, "{}\n", error.what());
        return static_cast<int>(error.exit_code());
    }
}
