// A trips table beside a network, with fixed routes or without (plain or gzipped CSV).
//
// Load time; pure but for reading. trips: trip_id, departure_s, then route_id, or o_node_id and
// d_node_id, or all three where a row fills one kind; optional class (car, truck). routes:
// route_id, o_node_id, d_node_id, link_path (link ids with ';' between). Rows come out in the order
// of trip ids, so the order of the file changes nothing. Shapes: one entry a trip; CSR of LinkId by
// route. Errors: InputError E-NET-1xx with file, line and column: unknown links or nodes, an id
// twice, a path that is not a chain, an unknown route, neither route nor ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

struct GmnsDemand {
    static constexpr std::uint32_t kNoRoute = 0xffffffffu;
    std::vector<std::int64_t> trip_external_id;
    std::vector<double> trip_departure_s;
    std::vector<std::uint32_t> trip_route;  // or kNoRoute
    std::vector<NodeId> trip_origin, trip_destination;
    std::vector<std::uint8_t> trip_is_truck;
    std::vector<std::uint64_t> route_offset = {0};
    std::vector<LinkId> route_links;
};

GmnsDemand read_gmns_demand(const RoadGraph& graph, const std::filesystem::path& trips,
                            const std::optional<std::filesystem::path>& routes);

}  // namespace jiahe
