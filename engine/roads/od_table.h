// OD tables: numbers of trips from node to node, spread over time (CSV, plain or gzipped; TNTP).
//
// Load time; pure but for reading. CSV: o_node_id, d_node_id, trips (may be fractions), optional
// start_s and end_s (seconds since the run's start; both or neither in a row) and class (car,
// truck). A file *.tntp: the trips of a TNTP network, whose zones are the nodes of that number.
// Rows without a window of their own follow the options' slices, each with its share.
// Numbers times `scale` become whole trips by rounding the running sum of the rows in the order of
// their content, so the total is right to one trip and no row is off by more than one. A row's
// trips depart at even steps of its share of time, the first after a named draw of a step.
// Invariants: 1. trips come sorted by (origin, destination, row's content, departure); 2. the order
// of rows in the file changes nothing but equal rows. Units: s in the file, us out. Errors:
// InputError E-NET-1xx with file, line and column: unknown node, bad number, half a window.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

struct OdSlice {
    double from_s = 0, until_s = 0;  // since the run's start
    double share = 1;                // of the trips; the shares of all slices sum to 1
};

struct OdOptions {
    std::uint64_t seed = 1;
    double scale = 1;
    std::vector<OdSlice> slices;  // REQUIRES: at least one, in order of time, from < until
};

struct OdTrip {
    NodeId origin, destination;
    std::int64_t departure_us = 0;
    bool is_truck = false;
};

struct OdDemand {
    std::vector<OdTrip> trips;
    double requested = 0;      // scaled sum of the table
    double within_a_node = 0;  // of these, from a node to itself: left out
};

OdDemand read_od_table(const RoadGraph& graph, const std::filesystem::path& path,
                       const OdOptions& options);

}  // namespace jiahe
