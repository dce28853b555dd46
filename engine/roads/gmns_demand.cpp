#include "roads/gmns_demand.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "roads/csv_table.h"

namespace jiahe {
namespace {

constexpr double kDayMax_s = 48 * 3600;

enum TripColumn : std::size_t { kTrip, kDeparture, kRoute, kOrigin, kDestination, kClass };

NodeId node_of(const RoadGraph& graph, const CsvTable& table, std::size_t column) {
    const NodeId node = graph.find_node(table.id(column));
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
        if (!index.emplace(table.id(0), row).second) {
            table.fail(0, "a route id that was not used before");
        }
        NodeId at = node_of(graph, table, 1);
        LinkId before;
        for (const std::int64_t id : table.integers(3)) {
            const LinkId link = graph.find_link(id);
            if (!link.valid() || graph.link_from[link.index()] != at) {
                table.fail(3, "a chain of links of the network from origin to destination");
            }
            if (before.valid() && !graph.movement(before, link).valid()) {
                table.fail(3, fmt::format("permitted turns only, not that from link {} to {}",
                                          graph.link_external_id[before.index()], id));
            }
            before = link;
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

// Reads the trips row by row and appends them to the demand.
class TripReader {
  public:
    TripReader(const RoadGraph& graph, const std::filesystem::path& path, bool has_routes,
               const std::map<std::int64_t, std::uint32_t>& route_index, GmnsDemand& demand)
        : graph_(graph),
          table_(has_routes ? CsvTable(path, {"trip_id", "departure_s", "route_id"},
                                       {"o_node_id", "d_node_id", "class"})
                            : CsvTable(path, {"trip_id", "departure_s", "o_node_id", "d_node_id"},
                                       {"class"})),
          has_routes_(has_routes),
          route_index_(route_index),
          demand_(demand) {}

    void run() {
        while (table_.next())
            read_row();
    }

  private:
    // The place of a column among those that this kind of table has.
    std::size_t at(TripColumn column) const {
        return has_routes_ || column < kRoute ? column : column - 1;
    }

    void read_row() {
        const std::int64_t id = table_.id(kTrip);
        if (!ids_.insert(id).second) table_.fail(kTrip, "a trip id that was not used before");
        demand_.trip_external_id.push_back(id);
        demand_.trip_departure_s.push_back(table_.number(kDeparture, 0, kDayMax_s));
        if (has_routes_ && !table_.text(kRoute).empty()) {
            add_routed();
        } else {
            demand_.trip_route.push_back(GmnsDemand::kNoRoute);
            demand_.trip_origin.push_back(node_of(graph_, table_, at(kOrigin)));
            demand_.trip_destination.push_back(node_of(graph_, table_, at(kDestination)));
        }
        const std::string& kind = table_.text(at(kClass));
        if (!kind.empty() && kind != "car" && kind != "truck")
            table_.fail(at(kClass), "car or truck");
        demand_.trip_is_truck.push_back(kind == "truck" ? 1 : 0);
    }

    void add_routed() {
        const auto it = route_index_.find(table_.id(kRoute));
        if (it == route_index_.end()) table_.fail(kRoute, "the id of a row of the routes table");
        const std::uint32_t route = it->second;
        const LinkId first = demand_.route_links[demand_.route_offset[route]];
        const LinkId last = demand_.route_links[demand_.route_offset[route + 1] - 1];
        demand_.trip_route.push_back(route);
        demand_.trip_origin.push_back(graph_.link_from[first.index()]);
        demand_.trip_destination.push_back(graph_.link_to[last.index()]);
    }

    const RoadGraph& graph_;
    CsvTable table_;
    bool has_routes_;
    const std::map<std::int64_t, std::uint32_t>& route_index_;
    GmnsDemand& demand_;
    std::set<std::int64_t> ids_;
};

template <class Value>
void permute(std::vector<Value>& values, const std::vector<std::uint32_t>& order) {
    std::vector<Value> sorted;
    sorted.reserve(values.size());
    for (const std::uint32_t i : order)
        sorted.push_back(values[i]);
    values = std::move(sorted);
}

}  // namespace

GmnsDemand read_gmns_demand(const RoadGraph& graph, const std::filesystem::path& trips,
                            const std::optional<std::filesystem::path>& routes) {
    GmnsDemand demand;
    std::map<std::int64_t, std::uint32_t> index;
    if (routes) index = read_routes(graph, *routes, demand);
    TripReader(graph, trips, routes.has_value(), index, demand).run();
    // Dense ids in the order of external ids: the order of rows changes nothing.
    std::vector<std::uint32_t> order(demand.trip_route.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return demand.trip_external_id[a] < demand.trip_external_id[b];
    });
    permute(demand.trip_external_id, order);
    permute(demand.trip_departure_s, order);
    permute(demand.trip_route, order);
    permute(demand.trip_origin, order);
    permute(demand.trip_destination, order);
    permute(demand.trip_is_truck, order);
    return demand;
}

}  // namespace jiahe
