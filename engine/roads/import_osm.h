// OpenStreetMap extracts (.osm, .osm.gz, .osm.pbf) as a road network for cars.
//
// Load time; pure but for reading. Steps: read (osm_reader.h), judge tags (osm_tags.h), cut at
// shared nodes and join where nothing changes (osm_pieces.h), controls from node tags, a link for
// each direction, turn restrictions over nodes, largest strongly connected part (strong_part.h),
// default plans for signals (default_signals.h). Node ids are OpenStreetMap's; link ids count from
// 1 in the order of way ids. Lengths on the sphere, at least 1 m. Barriers are ignored and counted.
// A signal, stop or give-way sign on an approach belongs to the junction ahead, at most 50 m away
// (30 m for signs); signals farther from any junction are pedestrians' and are left out.
// Ferries, ways with reversible lanes and what the tags forbid to cars are left out and counted.
// Errors: InputError E-NET-120, 121 (osm_reader.h) and 122: no part where one can drive around;
// E-GEO-011: a coordinate system that OpenStreetMap does not have.
#pragma once

#include <filesystem>
#include <optional>

#include "geo/coordinate_system.h"
#include "geo/polygon.h"
#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

struct OsmImportOptions {
    bool keep_largest_part = true;
    bool service_roads = true;
    CoordinateSystem crs = {};            // a Chinese datum of a map that was drawn in it
    std::optional<BoundingBox> box = {};  // roads are cut off at its edge
};

RoadGraphData import_osm(const std::filesystem::path& path, const OsmImportOptions& options,
                         ImportReport& report);

}  // namespace jiahe
