// GMNS 0.96 networks: config, node, link, movement tables and our phase table (one row a signal
// phase; rows with default_green_s make the plan).
//
// Load time; pure but for reading. Ids have 64 bits; lengths and speeds in the units that
// config.csv declares (m, km; km/h, mph, m/s), coordinates in its `crs`, else as the caller says.
// A link without capacity gets its class's by speed. Right turns that no phase names have green
// always. Columns that nobody reads are reported. Errors: InputError E-NET-1xx with file, line and
// column; E-GEO-010, 011 for coordinate systems.
#pragma once

#include <filesystem>

#include "geo/coordinate_system.h"
#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

RoadGraphData import_gmns(const std::filesystem::path& folder, ImportReport& report,
                          const CoordinateSystem& crs = {});

}  // namespace jiahe
