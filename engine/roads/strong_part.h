// The largest part of a network in which every link can be reached from every other one.
//
// Load time. Links are the states and permitted turns the steps, so turn bans and dead ends count;
// largest is by length of road. Method: Tarjan 1972, without recursion. Errors: none.
#pragma once

#include <cstdint>
#include <vector>

#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

// Strong component of each link, numbered from 0.
std::vector<std::uint32_t> strong_components(const RoadGraph& graph);

// All turns, U-turns too: with them the parts are those of nodes without turn bans. To be dropped
// first, so that a street whose far end only leads out of the network becomes a dead end.
std::vector<RoadGraphData::Movement> every_turn(const RoadGraphData& data);

// Keeps the largest part with its nodes, turns and plans; reports what was dropped. Data without
// movements gets the default turns first. REQUIRES: data that a RoadGraph accepts.
RoadGraphData keep_largest_part(RoadGraphData data, ImportReport& report);

}  // namespace jiahe
