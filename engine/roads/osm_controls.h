// Which junctions of an OpenStreetMap network have signals, signs or are roundabouts.
//
// Load time, private to engine/roads. A tag on a junction counts there; a tag on an approach
// belongs to the junction it tells about: ahead in the direction that the tag names along its way,
// else the nearer one. Signals win over roundabouts, those over stop and give way.
#pragma once

#include <vector>

#include "roads/import_report.h"
#include "roads/osm_pieces.h"

namespace jiahe {

// One entry for each node of the extract; kNone where the node is no junction.
std::vector<NodeControl> osm_controls(const OsmExtract& extract,
                                      const std::vector<OsmPiece>& pieces, ImportReport& report);

}  // namespace jiahe
