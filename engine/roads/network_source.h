// One door to all network files: by the name of a file or the content of a folder.
//
// Load time. GMNS folder (node.csv, link.csv), OpenStreetMap (.osm, .osm.gz, .osm.pbf), our
// GeoPackage (.gpkg), TNTP (*_net.tntp). Returns rows that a RoadGraph validates; lets sites be
// laid before. Errors: InputError E-NET-1xx: an unknown kind of file, and the importers' own.
#pragma once

#include <filesystem>
#include <string>

#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

struct NetworkSourceOptions {
    bool keep_largest_part = true;  // of OpenStreetMap files
    bool service_roads = true;      // of OpenStreetMap files
};

RoadGraphData load_network_data(const std::filesystem::path& path,
                                const NetworkSourceOptions& options, ImportReport& report);

// The same, validated.
RoadGraph load_network(const std::filesystem::path& path, const NetworkSourceOptions& options,
                       ImportReport& report);

}  // namespace jiahe
