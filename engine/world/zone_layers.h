// Zones of residents and jobs from the scenario's `city.layers`, over any network.
//
// City lifecycle: read once while the city is built; pure but for reading. A layer holds points or
// polygons (the zone is their middle) and a number in a column, by default of the layer's name; a
// CSV has columns lon and lat. What the layers do not give (only residents, only jobs) is taken
// from the zones laid along the streets. Zones farther from the network than kReach_m are left out
// and counted. Units: persons, jobs, degrees WGS 84. Errors: E-GEO-* of the layer; InputError
// E-WLD-020 feature without a place, 021 number below 0 or beyond any city, 022 no persons at all,
// 023 the layer lies elsewhere; E-WLD-024 a name of a layer that nobody reads.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/coordinate_system.h"
#include "roads/road_graph.h"
#include "scenario/value.h"
#include "world/site_layers.h"

namespace jiahe {

struct LayerRequest {
    std::filesystem::path file;
    std::string layer;   // empty: the first
    std::string column;  // that holds the number
    CoordinateSystem crs;
};

struct ZoneLayers {
    std::optional<LayerRequest> residents, jobs;
    bool any() const { return residents || jobs; }
};

// Checks every name in `city.layers`.
ZoneLayers read_zone_layers(const scenario::Value& city);

// The system that `value.crs` names, else `city.crs`, else WGS 84.
CoordinateSystem crs_of(const scenario::Value& value, const scenario::Value& city);

// `streets`: zones laid along the streets, for what the layers do not give. `notes` gets a line a
// layer.
std::vector<Zone> zones_of_layers(const ZoneLayers& layers, const RoadGraph& graph,
                                  const std::vector<Zone>& streets, double jobs_share,
                                  std::vector<std::string>& notes);

}  // namespace jiahe
