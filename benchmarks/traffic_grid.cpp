// bench_traffic_grid: vehicles on an n x n grid of 200 m two-lane links at 50 km/h.
//
// Routes are random monotone staircases between two uniformly drawn nodes, departures even over
// 3,600 s, triangular diagram with holes. Prints one JSON line; `seconds` is the event loop alone.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>

#include "base/random.h"
#include "kernel/simulator.h"
#include "traffic/traffic_system.h"

namespace {

using namespace jiahe;

constexpr double kBlockM = 200;
constexpr double kSpeedMps = 50 / 3.6;
constexpr double kDegreesPerMetre = 1 / 111'194.9;

struct Options {
    int n = 50;
    int trips = 100'000;
    int threads = 1;
    int partitions = 0;
    std::uint64_t seed = 1;
    double capacity_pcuph = 3600;
};

RoadGraph make_grid(const Options& o) {
    RoadGraphData data;
    data.source = "grid";
    for (int y = 0; y < o.n; ++y) {
        for (int x = 0; x < o.n; ++x) {
            data.nodes.push_back({y * o.n + x, x * kBlockM * kDegreesPerMetre,
                                  y * kBlockM * kDegreesPerMetre, NodeControl::kNone});
        }
    }
    const auto add = [&](int from, int to) {
        RoadGraphData::Link link;
        link.id = static_cast<std::int64_t>(data.links.size());
        link.from_node_id = from;
        link.to_node_id = to;
        link.length_m = kBlockM;
        link.free_speed_mps = kSpeedMps;
        link.lane_count = 2;
        link.capacity_pcuph = o.capacity_pcuph;
        data.links.push_back(link);
    };
    for (int y = 0; y < o.n; ++y) {
        for (int x = 0; x < o.n; ++x) {
            const int node = y * o.n + x;
            if (x + 1 < o.n) add(node, node + 1);
            if (x > 0) add(node, node - 1);
            if (y + 1 < o.n) add(node, node + o.n);
            if (y > 0) add(node, node - o.n);
        }
    }
    return RoadGraph(std::move(data));
}

LinkId link_between(const RoadGraph& graph, int from, int to) {
    for (const LinkId link : graph.out_links(NodeId(from))) {
        if (graph.link_to[link.index()].value == static_cast<std::uint32_t>(to)) return link;
    }
    return {};
}

traffic::TripTable make_trips(const RoadGraph& graph, const Options& o) {
    traffic::TripTable table;
    const auto nodes = static_cast<std::uint64_t>(o.n) * static_cast<std::uint64_t>(o.n);
    for (int t = 0; t < o.trips; ++t) {
        const Draw draw(o.seed, 7, static_cast<std::uint64_t>(t), 0);
        const auto from = static_cast<int>(draw.below(nodes, 0));
        auto to = static_cast<int>(draw.below(nodes - 1, 1));
        if (to >= from) ++to;
        int x = from % o.n, y = from / o.n;
        const int dx = to % o.n - x, dy = to / o.n - y;
        int left_x = std::abs(dx), left_y = std::abs(dy);
        for (std::uint32_t step = 2; left_x + left_y > 0; ++step) {
            const auto choice = draw.below(static_cast<std::uint64_t>(left_x + left_y), step);
            const bool along_x = choice < static_cast<std::uint64_t>(left_x);
            const int next_x = x + (along_x ? (dx > 0 ? 1 : -1) : 0);
            const int next_y = y + (along_x ? 0 : (dy > 0 ? 1 : -1));
            (along_x ? left_x : left_y) -= 1;
            table.route_links.push_back(link_between(graph, y * o.n + x, next_y * o.n + next_x));
            x = next_x;
            y = next_y;
        }
        table.departure_us.push_back(3600 * kMicrosPerSecond * t / o.trips);
        table.origin.push_back(NodeId(from));
        table.destination.push_back(NodeId(to));
        table.vehicle_class.push_back(traffic::kCarClass);
        table.route.push_back(static_cast<std::uint32_t>(t));
        table.route_offset.push_back(table.route_links.size());
    }
    return table;
}

int run(const Options& o) {
    const RoadGraph graph = make_grid(o);
    const traffic::TripTable trips = make_trips(graph, o);
    const traffic::TrafficNetwork network(graph, {});
    traffic::TrafficOptions options;
    options.reroute_share = 0;
    traffic::TrafficSystem system(network, trips, options);
    kernel::Simulator simulator({o.seed, o.threads, o.partitions});
    simulator.add_system(system);
    simulator.build();
    const auto begin = std::chrono::steady_clock::now();
    simulator.run_until(hours(8));
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::uint64_t crossings = 0;
    for (const auto& exit : system.link_exits())
        crossings += exit.left_count;
    std::size_t arrived = 0;
    for (const auto& trip : system.trips())
        arrived += trip.arrived_us >= 0 ? 1 : 0;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto counters = simulator.counters();
    fmt::print(
        "{{\"name\":\"traffic_grid\",\"n\":{},\"trips\":{},\"threads\":{},\"partitions\":{},"
        "\"crossings\":{},\"seconds\":{:.4f},\"crossings_per_s\":{:.0f},\"arrived\":{},"
        "\"events\":{},\"decisions\":{},\"windows\":{},\"peak_rss_mib\":{},\"state_hash\":\"{}\"}}"
        "\n",
        o.n, o.trips, o.threads, simulator.partition_count(), crossings, seconds,
        static_cast<double>(crossings) / seconds, arrived, counters.events, counters.decisions,
        counters.windows, usage.ru_maxrss / 1024, simulator.state_hash().to_hex());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options o;
    CLI::App app{"Vehicles on a grid: link crossings per second"};
    app.add_option("--n", o.n, "nodes a side")->check(CLI::Range(2, 1000));
    app.add_option("--trips", o.trips, "vehicles")->check(CLI::Range(1, 100'000'000));
    app.add_option("--threads", o.threads, "threads")->check(CLI::Range(1, 256));
    app.add_option("--partitions", o.partitions, "partitions, 0 = automatic");
    app.add_option("--seed", o.seed, "seed");
    app.add_option("--capacity", o.capacity_pcuph, "capacity of a link in pcu/h");
    CLI11_PARSE(app, argc, argv);
    return run(o);
}
