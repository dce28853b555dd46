// CityBuilder: from a scenario to the immutable City and its trips.
//
// Composition: generator or network file, sites, demand (generated, tables with or without routes),
// signal plans fitted on demand. Pure but for reading files; the same bits for any thread count.
// Errors: InputError of the reader that found the fault.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scenario/scenario.h"
#include "traffic/traffic_section.h"
#include "traffic/trip_table.h"
#include "world/city.h"

namespace jiahe::city {

struct BuiltCity {
    std::unique_ptr<City> city;
    traffic::TripTable trips;
    std::vector<std::int64_t> trip_external_id;  // [trip]
    std::vector<std::string> notes;              // one line a step, for `check` and the manifest
};

BuiltCity build_city(const scenario::Scenario& scenario, const traffic::TrafficConfig& traffic);

}  // namespace jiahe::city
