// Networks cut down: to a box, or to the part in which every node can be reached from every other.
//
// Load time. A link stays where both its nodes do; where a link has lost its last way on, it gets a
// U-turn if its street has the other direction (clipped ends are dead ends). Both functions report
// what they drop. For sources that name their own turns; OpenStreetMap has its own way
// (import_osm.h). Errors: InputError E-NET-112: nothing left in the box.
#pragma once

#include <string>

#include "geo/polygon.h"
#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

// REQUIRES: data that a RoadGraph accepts. `file` is for the fault.
RoadGraphData clip_network(RoadGraphData data, const BoundingBox& box, const std::string& file,
                           ImportReport& report);

// By nodes: whatever turns are banned. Nodes without any link are outside. REQUIRES: valid data.
RoadGraphData keep_connected_nodes(RoadGraphData data, ImportReport& report);

}  // namespace jiahe
