// Our own network file: a GeoPackage with the layers network, nodes, links, movements and signals.
//
// Load time and export. Lossless: a graph written and read again is equal value by value (the
// file's bytes are not promised). Layers and fields, ids external:
//   network (rows): format (1), source, attribution
//   nodes (points): node_id, control
//   links (lines, from end to end): link_id, from_node_id, to_node_id, length_m, free_speed_mps,
//     lane_count, capacity_pcuph, road_class, name
//   movements (rows): movement_id, in_link_id, out_link_id, turn, first_lane, last_lane, signalised
//   signals (rows, one a phase in order): node_id, phase, offset_s, green_s, clearance_s,
//     green_movement_ids (';' between)
// Errors: E-GEO-* of the layers; E-NET-130: not version 1 of this format, a line that does not join
// its nodes, an unknown word; all that RoadGraph finds. IoError where writing fails.
#pragma once

#include <filesystem>

#include "geo/coordinate_system.h"
#include "roads/road_graph.h"

namespace jiahe {

// REQUIRES: data that a RoadGraph accepts.
void write_network_gpkg(const RoadGraphData& data, const std::filesystem::path& path);
RoadGraphData read_network_gpkg(const std::filesystem::path& path,
                                const CoordinateSystem& crs = {});

}  // namespace jiahe
