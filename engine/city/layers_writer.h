// layers.gpkg: the run on a map for QGIS: links, plazas, hubs, cells with hourly figures.
//
// Written after the run, timed apart. links: a column of flow and of mean speed an hour;
// plaza_hours: one row a plaza and hour with start and end datetimes for the temporal controller.
// Units in the column names. Errors: IoError.
#pragma once

#include <string>

#include "results/slot_bins.h"
#include "tolling/tolling_system.h"
#include "world/city.h"

namespace jiahe::city {

void write_layers_gpkg(const std::string& path, const City& city, const results::SlotBins& bins,
                       const tolling::TollingSystem& tolling, SimTime start,
                       const std::string& date);

}  // namespace jiahe::city
