// Static assignment networks in the TNTP text format: links, nodes, trips.
//
// Load time; pure but for reading. X_net.tntp is the network; X_node.tntp (or X_nodes.geojson) and
// X_trips.tntp beside it are read where they exist. The rows are kept as given for assignment
// (`links`, in the units of the file); `graph` is the same network for simulation.
// Graph: link ids count from 1 in the file's order, parallel links stay; m and m/s from the units
// that the original header names in brackets (ft, miles, km, m; min, h, s), else miles and minutes
// (A: the commonest); no turn through a zone (node below first_thru_node), no U-turn but at dead
// ends. A link without time or length gets 1 m and 50 km/h. Node positions: in the coordinate
// system that the caller names; else degrees where all fit, else a plane scaled so that the median
// link has its length, laid about (0, 0); none: a circle. Lanes: capacity over 1900 pcu/h, at least
// 1 (A).
// Errors: InputError E-NET-140 with file, line and column: not this format, a number that is none
// or negative, counts or a total that differ from the metadata; 141: no such node or zone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "geo/coordinate_system.h"
#include "roads/import_report.h"
#include "roads/road_graph.h"

namespace jiahe {

struct TntpLink {
    std::int64_t from_node = 0, to_node = 0;
    double capacity = 0, length = 0, free_flow_time = 0, b = 0, power = 0, speed = 0, toll = 0;
    int link_type = 0;
};

struct TntpDemand {
    std::int64_t origin = 0, destination = 0;
    double trips = 0;
};

struct TntpNetwork {
    std::int64_t zone_count = 0, node_count = 0, first_thru_node = 1;
    std::vector<TntpLink> links;     // in the file's order: link id - 1
    std::vector<TntpDemand> demand;  // > 0 only, intrazonal too, in the file's order
    RoadGraphData graph;
};

TntpNetwork import_tntp(const std::filesystem::path& net_file, ImportReport& report,
                        const CoordinateSystem& crs = {});

// The trips of one file, > 0 only, in its order, of the zones 1..zones_at_most. Checked against its
// <NUMBER OF ZONES> and its <TOTAL OD FLOW>, if any.
std::vector<TntpDemand> read_tntp_trips(
    const std::filesystem::path& path,
    std::int64_t zones_at_most = std::numeric_limits<std::int64_t>::max());

// The parts, for assignment: the rows of the links alone (no graph, no demand; `header` gets the
// original header), the trips of a file (network.demand is replaced), and the trips file that lies
// beside a network, empty where there is none.
TntpNetwork read_tntp_links(const std::filesystem::path& net_file, std::string* header = nullptr);
void read_tntp_trips(const std::filesystem::path& trips_file, TntpNetwork& network);
std::filesystem::path tntp_trips_beside(const std::filesystem::path& net_file);

}  // namespace jiahe
