// Demand tables beside a network: trips with routes (plain or gzipped CSV), and OD tables.
//
// Load time; pure but for reading. trips: trip_id, departure_s, route_id; routes: route_id,
// o_node_id, d_node_id, link_path (link ids with ';' between); OD: o_node_id, d_node_id, trips,
// start_s, end_s (trips spread evenly over the window). Shapes: CSR of LinkId by route. Errors:
// InputError E-NET-1xx with file and line: unknown links or nodes, a path that is not a chain, an
// unknown route.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

struct GmnsDemand {
    std::vector<std::int64_t> trip_external_id;
    std::vector<double> trip_departure_s;
    std::vector<std::uint32_t> trip_route;
    std::vector<std::uint64_t> route_offset = {0};
    std::vector<LinkId> route_links;
};

GmnsDemand read_gmns_demand(const RoadGraph& graph, const std::filesystem::path& trips,
                            const std::filesystem::path& routes);

struct OdTrip {
    NodeId origin, destination;
    std::int64_t departure_us = 0;
};

std::vector<OdTrip> read_od_table(const RoadGraph& graph, const std::filesystem::path& path);

}  // namespace jiahe
