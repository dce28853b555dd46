// One door to all network files: by the format that the caller names, else by the name of a file or
// the content of a folder.
//
// Load time. GMNS folder (node.csv, link.csv), OpenStreetMap (.osm, .osm.gz, .osm.pbf), our
// GeoPackage (.gpkg), TNTP (X_net.tntp, or a folder that holds one). Returns rows that a RoadGraph
// accepts (checked: faults name the file that was opened); lets sites be laid before. Of what is
// read only the box is kept, then the largest strongly connected part: by turns for OpenStreetMap,
// by nodes for GMNS and GeoPackage, which name their own turns; TNTP stays whole, for its zones may
// only send or only receive. What is dropped is reported. Errors: InputError
// E-NET-110 an unknown kind of file, 111 no or several networks in a folder, 112 nothing in the
// box; the importers' own; E-NET-0xx.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "geo/coordinate_system.h"
#include "geo/polygon.h"
#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

enum class NetworkFormat : std::uint8_t { kAuto, kGpkg, kOsm, kGmns, kTntp };

struct NetworkSourceOptions {
    NetworkFormat format = NetworkFormat::kAuto;
    bool keep_largest_part = true;
    bool service_roads = true;            // of OpenStreetMap files
    CoordinateSystem crs = {};            // where the file does not say (coordinate_system.h)
    std::optional<BoundingBox> box = {};  // WGS 84
};

RoadGraphData load_network_data(const std::filesystem::path& path,
                                const NetworkSourceOptions& options, ImportReport& report);

// The same, validated.
RoadGraph load_network(const std::filesystem::path& path, const NetworkSourceOptions& options,
                       ImportReport& report);

}  // namespace jiahe
