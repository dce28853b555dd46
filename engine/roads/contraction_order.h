// The order in which a contraction hierarchy takes links away: nested dissection of the turns.
//
// Load time, pure. Works on the graph whose vertices are links and whose edges are permitted turns,
// directions and costs left out, so one order serves every cost vector. Separators come last.
// Paths never depend on the order (contraction_hierarchy.h), only their cost in time does.
// Errors: ResourceError where METIS runs out of memory. Source: METIS 5.1, multilevel nested
// dissection (Karypis & Kumar 1998).
#pragma once

#include <cstdint>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

// Per link the links that may follow or precede it, ascending, without repetition (CSR).
struct TurnGraph {
    std::vector<std::uint32_t> first, neighbour;
};

TurnGraph turn_graph(const RoadGraph& graph);

// Links (their indices) from the first taken away to the last.
std::vector<std::uint32_t> dissection_order(const TurnGraph& turns);

}  // namespace jiahe
