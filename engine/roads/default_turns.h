// The turns of a network whose source names none, and the geometry that types them.
//
// Pure functions over RoadGraphData (load time only). A turn's type comes from the angle between
// the headings at the node, each taken over the first 15 m of the link's shape: up to 45 degrees
// thru, beyond that left (anticlockwise) or right; the only way on is always thru. A U-turn leads
// back to the node the in-link came from at an angle of more than 150 degrees. Invariants: 1.
// U-turns appear only where an in-link has no other way on (dead ends, and links all of whose other
// turns are banned); 2. movements come sorted by (in link id, out link id) with ids 1, 2, ... in
// that order. REQUIRES: the data's nodes and links are valid (road_graph.h).
#pragma once

#include <utility>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

// In-link and out-link by external id.
using TurnPair = std::pair<std::int64_t, std::int64_t>;

// Every permitted turn. `banned` holds turns to leave out, in any order.
std::vector<RoadGraphData::Movement> default_turns(const RoadGraphData& data,
                                                   std::vector<TurnPair> banned = {});

// Direction of travel in radians, anticlockwise from east, over the link's first or last 15 m.
double heading_at_start_rad(const RoadGraphData::Node& from, const RoadGraphData::Node& to,
                            const RoadGraphData::Link& link);
double heading_at_end_rad(const RoadGraphData::Node& from, const RoadGraphData::Node& to,
                          const RoadGraphData::Link& link);

// a - b in (-pi, pi].
double angle_between_rad(double a_rad, double b_rad);

}  // namespace jiahe
