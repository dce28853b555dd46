// Demand: vehicle trips generated from residents and jobs.
//
// City lifecycle: a pure function of zones, options and seed, run once. Zones are clustered to at
// most `cluster_max`; a doubly constrained gravity model (Wilson 1967; Furness balancing) gives
// home
// -> work flows with deterrence exp(-d / beta), beta found so that the mean distance meets the
// option. Trips are home -> work in the morning, work -> home in the evening and other trips over
// the day, in declared shares; each trip's origin, destination, departure and class are named
// draws, so trip i never depends on how many there are. Units: m, s since midnight. Invariants: 1.
// exactly `trip_count` trips; 2. origin != destination; 3. same bits on any machine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.h"
#include "base/sim_time.h"
#include "world/site_layers.h"

namespace jiahe {

struct DemandOptions {
    std::uint64_t seed = 1;
    std::size_t trip_count = 10'000;
    double mean_distance_m = 5'400;  // straight line
    double truck_share = 0.08;
    double commute_share = 0.30;  // home -> work, and the same again back; A
    std::size_t cluster_max = 700;
    SimTime day_begins = hours(5);  // no trip departs before
    SimTime day_ends = hours(22);   // or after
    struct Surge {                  // more trips depart in a window
        SimTime from, until;        // since midnight
        double factor = 1;
    };
    std::vector<Surge> surges;
};

struct GeneratedTrips {
    std::vector<std::int64_t> departure_us;  // since midnight
    std::vector<NodeId> origin, destination;
    std::vector<std::uint8_t> is_truck;
    double mean_distance_m = 0;
    double beta_m = 0;
};

// zone_node[z]: where trips of the zone begin and end. REQUIRES: at least two distinct nodes.
GeneratedTrips generate_trips(std::span<const Zone> zones, std::span<const NodeId> zone_node,
                              const DemandOptions& options);

// Furness balancing: scales rows and columns of a positive matrix (row-major, n x n) to the given
// margins; returns the largest relative row error left.
double balance(std::vector<double>& matrix, std::span<const double> rows,
               std::span<const double> columns, int iterations);

}  // namespace jiahe
