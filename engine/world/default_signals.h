// Fixed-time plans for signalised nodes of which the source says nothing but that they have lights.
//
// City lifecycle: a step before the graph is built. Approaches that lie on one axis (within 45
// degrees of the first approach or opposite to it) share a phase; so a plan has two phases, or one
// where all approaches lie on one axis. All movements of a phase have green: conflicts of left
// turns with oncoming traffic are not modelled. signal_fit.h turns these plans into fitted ones.
// Units: s. Invariants: 1. nodes with a plan keep it; 2. plans ascend with node ids; 3. movements
// of these nodes are marked signalised.
#pragma once

#include "roads/road_graph.h"

namespace jiahe {

// REQUIRES: data.movements is filled.
void add_default_signals(RoadGraphData& data, double green_s = 27, double clearance_s = 5);

}  // namespace jiahe
