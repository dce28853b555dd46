// City: the immutable world of a run: road graph, site layers and demand.
//
// City lifecycle: validated in its constructor, shared by const reference; systems keep references
// to its parts. Snap tables (zone or site to road node) are computed here once. Shapes: one entry a
// site, in the layers' order. Errors: InputError E-WLD-* naming the site.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/ids.h"
#include "roads/road_graph.h"
#include "roads/shortest_path.h"
#include "world/site_layers.h"

namespace jiahe {

class City {
  public:
    City(RoadGraph graph, SiteLayers sites);

    const RoadGraph& graph() const { return graph_; }
    const SiteLayers& sites() const { return sites_; }
    // Only while the city is being built: plans for the same nodes, in the same order.
    void set_signals(std::vector<SignalPlan> signals) { graph_.signals = std::move(signals); }
    // Likewise: the same plazas with other lanes.
    void set_plazas(std::vector<PlazaSite> plazas) { sites_.plazas = std::move(plazas); }

    std::vector<LinkId> plaza_link;       // [plaza]
    std::vector<LinkId> gantry_link;      // [gantry]
    std::vector<NodeId> hub_node;         // [hub]
    std::vector<NodeId> zone_node;        // [zone], nearest node where trips may begin and end
    std::vector<std::uint32_t> zone_hub;  // [zone], serving or nearest hub; empty: no hub
    std::vector<std::uint32_t> camera_cell, plaza_cell, gantry_cell, hub_cell;  // nearest cell
    std::vector<std::uint32_t> link_cell;  // [link], nearest cell to its middle
    // Nodes where trips may begin and end: reached by a road below motorway and not at a plaza.
    std::vector<std::uint8_t> node_is_access;

  private:
    void snap_roads();
    void snap_cells();
    RoadGraph graph_;
    SiteLayers sites_;
};

}  // namespace jiahe
