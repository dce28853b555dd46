// Fixed-time plans for signals whose timing is unknown, from the geometry of their approaches.
//
// Pure function over RoadGraphData (load time). Two phases: the widest approach with those within
// 45 degrees of its axis (the opposing one), then the others. Where all approaches share an axis
// but merge from the same side, the merging ones get the second phase; where they only oppose each
// other, the second phase is the pedestrians': all red. Cycle 60 s up to three approaches, 75 s for
// four, 90 s beyond (A); 4 s all red after each phase (A); green split by the capacity of each
// phase's widest approach, at least 10 s (A). The axis nearest to north-south has the first phase
// and offsets are 0, so that the nodes of one wide junction turn green together. A node with a
// single approach needs no signal and loses it.
#pragma once

#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

// Adds a plan to every kSignal node without one and marks its turns as signalised. Data without
// movements gets the default turns first. REQUIRES: valid nodes, links and movements.
void add_default_signals(RoadGraphData& data, ImportReport& report);

}  // namespace jiahe
