// Road networks as our GeoPackage: a lossless copy of RoadGraphData in five layers.
//
// Load time. Layers: nodes (points), links (lines along their shape), movements and signal_phases
// (tables), about (source and attribution). Units in the column names. Reading what was written
// gives equal rows. Errors: InputError E-GEO-* (file, layer, column), E-NET-130 (a value out of its
// list).
#pragma once

#include <filesystem>

#include "roads/road_graph.h"

namespace jiahe {

void write_network_gpkg(const RoadGraphData& data, const std::filesystem::path& path);
RoadGraphData read_network_gpkg(const std::filesystem::path& path);

}  // namespace jiahe
