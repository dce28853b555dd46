#include "world/city.h"

#include <fmt/format.h>

#include "base/error.h"
#include "geo/lon_lat.h"
#include "world/point_grid.h"

namespace jiahe {
namespace {

InputError site_fault(const RoadGraph& graph, const std::string& name, const std::string& what) {
    return InputError(InputFault{"E-WLD-001", {graph.source, 0, 0, name}, what, ""});
}

template <class Site>
std::vector<std::uint32_t> nearest_cells(const std::vector<Site>& sites, const LocalPlane& plane,
                                         const PointGrid& grid) {
    std::vector<std::uint32_t> cell;
    cell.reserve(sites.size());
    for (const Site& s : sites)
        cell.push_back(grid.nearest(plane.to_plane({s.lon_deg, s.lat_deg})));
    return cell;
}

}  // namespace

City::City(RoadGraph graph, SiteLayers sites) : graph_(std::move(graph)), sites_(std::move(sites)) {
    snap_roads();
    snap_cells();
}

void City::snap_roads() {
    node_is_access.assign(graph_.node_count(), 0);
    for (std::size_t l = 0; l < graph_.link_count(); ++l) {
        const RoadClass c = graph_.link_class[l];
        if (c == RoadClass::kMotorway || c == RoadClass::kMotorwayLink) continue;
        node_is_access[graph_.link_from[l].index()] = 1;
        node_is_access[graph_.link_to[l].index()] = 1;
    }
    const auto link_of = [&](const std::string& name, std::int64_t id) {
        const LinkId link = graph_.find_link(id);
        if (!link.valid())
            throw site_fault(graph_, name, fmt::format("names an unknown link {}", id));
        return link;
    };
    for (const PlazaSite& plaza : sites_.plazas) {
        plaza_link.push_back(link_of(plaza.name, plaza.link_id));
        const NodeId node = graph_.link_to[plaza_link.back().index()];
        node_is_access[node.index()] = 0;
        if (graph_.in_links(node).size() != 1 || graph_.out_links(node).size() != 1) {
            throw site_fault(graph_, plaza.name,
                             "a plaza stands where one link enters and one link leaves");
        }
    }
    for (const GantrySite& gantry : sites_.gantries) {
        gantry_link.push_back(link_of(gantry.name, gantry.link_id));
    }
    std::vector<PlanePoint> nodes;
    for (std::size_t n = 0; n < graph_.node_count(); ++n) {
        nodes.push_back({graph_.node_x_m[n], graph_.node_y_m[n]});
    }
    std::vector<LonLat> places;
    for (std::size_t n = 0; n < graph_.node_count(); ++n) {
        places.push_back({graph_.node_lon_deg[n], graph_.node_lat_deg[n]});
    }
    const LocalPlane plane = LocalPlane::about(places);
    for (std::size_t n = 0; n < nodes.size(); ++n)
        nodes[n] = plane.to_plane(places[n]);
    const PointGrid access(nodes, node_is_access);
    for (const Zone& zone : sites_.zones) {
        zone_node.push_back(NodeId(access.nearest(plane.to_plane({zone.lon_deg, zone.lat_deg}))));
    }
    std::vector<PlanePoint> hubs;
    for (const HubSite& hub : sites_.hubs) {
        const NodeId node = graph_.find_node(hub.node_id);
        if (!node.valid()) {
            throw site_fault(graph_, hub.name,
                             fmt::format("names an unknown node {}", hub.node_id));
        }
        hub_node.push_back(node);
        hubs.push_back(nodes[node.index()]);
    }
    if (hubs.empty()) return;
    if (!sites_.zone_hub.empty()) {
        zone_hub = sites_.zone_hub;
        return;
    }
    const PointGrid hub_grid(hubs);
    for (const Zone& zone : sites_.zones) {
        zone_hub.push_back(hub_grid.nearest(plane.to_plane({zone.lon_deg, zone.lat_deg})));
    }
}

void City::snap_cells() {
    std::vector<LonLat> places;
    for (const CellSite& cell : sites_.cells)
        places.push_back({cell.lon_deg, cell.lat_deg});
    const LocalPlane plane = LocalPlane::about(places);
    std::vector<PlanePoint> points;
    for (const LonLat& p : places)
        points.push_back(plane.to_plane(p));
    const PointGrid grid(points);
    camera_cell = nearest_cells(sites_.cameras, plane, grid);
    plaza_cell = nearest_cells(sites_.plazas, plane, grid);
    gantry_cell = nearest_cells(sites_.gantries, plane, grid);
    hub_cell = nearest_cells(sites_.hubs, plane, grid);
    if (places.empty()) return;
    for (std::size_t l = 0; l < graph_.link_count(); ++l) {
        const std::size_t a = graph_.link_from[l].index();
        const std::size_t b = graph_.link_to[l].index();
        link_cell.push_back(
            grid.nearest(plane.to_plane({(graph_.node_lon_deg[a] + graph_.node_lon_deg[b]) / 2,
                                         (graph_.node_lat_deg[a] + graph_.node_lat_deg[b]) / 2})));
    }
}

}  // namespace jiahe
