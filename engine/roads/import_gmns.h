// GMNS 0.96 networks: config, node, link, movement tables and our phase table (issue of the data:
// one row a signal phase; rows with default_green_s make the plan).
//
// Load time; pure but for reading. Ids have 64 bits; lengths and speeds in the units that
// config.csv declares (m, km; km/h, mph, m/s). A link without capacity gets its class's by speed.
// Right turns that no phase names have green always. Errors: InputError E-NET-1xx with file and
// line.
#pragma once

#include <filesystem>

#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

RoadGraphData import_gmns(const std::filesystem::path& folder, ImportReport& report);

}  // namespace jiahe
