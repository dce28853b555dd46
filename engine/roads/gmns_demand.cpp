#include "roads/gmns_demand.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/sim_time.h"
#include "roads/csv_table.h"

namespace jiahe {
namespace {

constexpr std::int64_t kIdMax = std::int64_t{1} << 62;
constexpr double kDayMax_s = 48 * 3600;

NodeId node_of(const RoadGraph& graph, const CsvTable& table, std::size_t column) {
    const NodeId node = graph.find_node(table.integer(column, -kIdMax, kIdMax));
    if (!node.valid()) table.fail(column, "the id of a node of the network");
    return node;
}

std::map<std::int64_t, std::uint32_t> read_routes(const RoadGraph& graph,
                                                  const std::filesystem::path& path,
                                                  GmnsDemand& demand) {
    CsvTable table(path, {"route_id", "o_node_id", "d_node_id", "link_path"});
    std::map<std::int64_t, std::uint32_t> index;
    while (table.next()) {
        const auto row = static_cast<std::uint32_t>(index.size());
        if (!index.emplace(table.integer(0, -kIdMax, kIdMax), row).second) {
            table.fail(0, "a route id that was not used before");
        }
        NodeId at = node_of(graph, table, 1);
        for (const std::int64_t id : table.integers(3)) {
            const LinkId link = graph.find_link(id);
            if (!link.valid() || graph.link_from[link.index()] != at) {
                table.fail(3, "a chain of links of the network from origin to destination");
            }
            at = graph.link_to[link.index()];
            demand.route_links.push_back(link);
        }
        if (at != node_of(graph, table, 2) ||
            demand.route_links.size() == demand.route_offset.back()) {
            table.fail(3, "a chain of links of the network from origin to destination");
        }
        demand.route_offset.push_back(demand.route_links.size());
    }
    return index;
}

}  // namespace

GmnsDemand read_gmns_demand(const RoadGraph& graph, const std::filesystem::path& trips,
                            const std::filesystem::path& routes) {
    GmnsDemand demand;
    const auto index = read_routes(graph, routes, demand);
    CsvTable table(trips, {"trip_id", "departure_s", "route_id"});
    while (table.next()) {
        demand.trip_external_id.push_back(table.integer(0, -kIdMax, kIdMax));
        demand.trip_departure_s.push_back(table.number(1, 0, kDayMax_s));
        const auto it = index.find(table.integer(2, -kIdMax, kIdMax));
        if (it == index.end()) table.fail(2, "the id of a row of the routes table");
        demand.trip_route.push_back(it->second);
    }
    // Dense ids in the order of external ids: the order of rows changes nothing.
    std::vector<std::uint32_t> order(demand.trip_route.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return demand.trip_external_id[a] < demand.trip_external_id[b];
    });
    GmnsDemand sorted = demand;
    for (std::size_t i = 0; i < order.size(); ++i) {
        sorted.trip_external_id[i] = demand.trip_external_id[order[i]];
        sorted.trip_departure_s[i] = demand.trip_departure_s[order[i]];
        sorted.trip_route[i] = demand.trip_route[order[i]];
    }
    return sorted;
}

std::vector<OdTrip> read_od_table(const RoadGraph& graph, const std::filesystem::path& path) {
    CsvTable table(path, {"o_node_id", "d_node_id", "trips", "start_s", "end_s"});
    std::vector<OdTrip> trips;
    while (table.next()) {
        const NodeId origin = node_of(graph, table, 0);
        const NodeId destination = node_of(graph, table, 1);
        const std::int64_t count = table.integer(2, 0, 10'000'000);
        const double start_s = table.number(3, 0, kDayMax_s);
        const double end_s = table.number(4, start_s, kDayMax_s);
        for (std::int64_t k = 0; k < count; ++k) {
            const double at_s =
                start_s + (end_s - start_s) * static_cast<double>(k) / static_cast<double>(count);
            trips.push_back({origin, destination, ceil_seconds(at_s).us});
        }
    }
    return trips;
}

}  // namespace jiahe
