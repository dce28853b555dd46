// Road networks drawn in ASCII, for tests.
//
//   auto graph = RoadGraph(ascii_roads(R"(
//       A--B-->C
//       |  |
//       D--E      )", {.cell_m = 50}));
//   link(graph, "AB"), node(graph, 'A'), turn(graph, "ABC")
//
// Letters (but v) and digits are nodes, each once; their external id is the character's code.
// `-` `|` `/` `\` draw straight two-way links; one `>` `<` `^` or `v` anywhere on a line makes it
// one-way. A row or a column is cell_m apart, so a diagonal cell is cell_m * sqrt(2) long. Links
// have the external id 1000 * from + to. The drawing hangs south and east of 120.75 E 30.75 N.
// Errors: std::invalid_argument for a line that ends in nothing, a stray character, a node twice.
#pragma once

#include <string_view>

#include "roads/road_graph.h"

namespace jiahe {

struct AsciiRoadsOptions {
    double cell_m = 100;
    double speed_kmh = 50;
    int lane_count = 1;
    double capacity_pcuph = 1800;  // whole link
    RoadClass road_class = RoadClass::kTertiary;
};

RoadGraphData ascii_roads(std::string_view drawing, const AsciiRoadsOptions& options = {});

// Rows of the data, to change a link or a node before the graph is built. Throws where missing.
RoadGraphData::Node& node(RoadGraphData& data, char name);
RoadGraphData::Link& link(RoadGraphData& data, std::string_view from_to);

// Ids in the finished graph. Throws where missing.
NodeId node(const RoadGraph& graph, char name);
LinkId link(const RoadGraph& graph, std::string_view from_to);
MovementId turn(const RoadGraph& graph, std::string_view from_via_to);
// The links of a way through nodes: "ABC" is AB, BC.
std::vector<LinkId> links_along(const RoadGraph& graph, std::string_view nodes);
// The nodes of a path, "ABC"; "" for no links.
std::string nodes_along(const RoadGraph& graph, const std::vector<LinkId>& links);

}  // namespace jiahe
