// Lanes of a toll plaza, fitted to the volume of its design hour.
//
// City lifecycle: pure functions, used while the city is built. Each way of paying gets the lanes
// that keep it at a level of service: 433 veh/h an ETC lane (Yang 2011, level 3: a v/c of 0.74) and
// 210 veh/h a staffed lane (Zhou 2001: a mean queue of one vehicle). At least one of each. Staffed
// lanes read units as well (mixed), as Chinese stations are built since 2019: ETC lanes, and
// staffed ones that serve both. The apron holds eight vehicles a lane (A). Units: veh/h, one
// direction. Source: traffic sheet, section 4.
#pragma once

#include "world/site_layers.h"

namespace jiahe {

// Sets the lanes and the apron of `plaza`; its other fields stay.
void fit_plaza_lanes(PlazaSite& plaza, double design_hour_vph, double etc_share);

}  // namespace jiahe
