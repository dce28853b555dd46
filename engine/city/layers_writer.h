// layers.gpkg: the run on a map for QGIS: links, plazas, hubs, cells with hourly figures.
//
// Written after the run, timed apart. links, plazas, hubs and cells stand once with what holds for
// the whole run (links also with a column of flow and speed an hour); link_hours, plaza_hours,
// hub_hours and cell_hours have one row a thing and hour with datetimes `start` and `end` for the
// temporal controller (end excluded). Hours without vehicle, or that the run has not reached, have
// no row. link_hours is a view: the shapes of links stand once. Datetimes are the city's local time
// written as UTC. Units in the column names. Errors: IoError.
#pragma once

#include <span>
#include <string>

#include "city/results_writer.h"
#include "logistics/logistics_system.h"
#include "results/slot_bins.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_system.h"
#include "world/city.h"

namespace jiahe::city {

struct MapFigures {
    const City& city;
    std::span<const results::SlotBin> link_rows;
    const results::BinGrid& link_grid;
    const tolling::TollingSystem& tolling;
    const logistics::LogisticsSystem& logistics;
    const telecom::TelecomSystem& telecom;
    ResultsClock clock;
    std::string date;  // of the first midnight, such as 2024-05-06
};

void write_layers_gpkg(const std::string& path, const MapFigures& figures);

// Hour `h` since the first midnight, such as 2024-05-07T01:00:00Z for 25.
std::string datetime_of_hour(const std::string& date, int hour);

}  // namespace jiahe::city
