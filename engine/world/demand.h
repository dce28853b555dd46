// Demand: vehicle trips generated from residents and jobs.
//
// City lifecycle: a pure function of zones, options and seed, run once. Zones are clustered to at
// most `cluster_max`; a doubly constrained gravity model (Wilson 1967; Furness balancing) gives the
// flows from homes to jobs with deterrence exp(-d / beta). A share of the trips is long: drawn by
// residents and jobs alone, whatever the distance; they are what expressways are for. beta is found
// so that the mean distance of both kinds together meets the option. Where gates are given, a share
// of the trips begins or ends outside, at a gate. Trips go to work in the morning, home in the
// evening, and elsewhere over the day, in declared shares; a trip's ends, departure and class are
// named draws, so trip i depends neither on threads nor on how many there are.
// Units: m straight line, s since midnight. Shares and profile are assumptions (A): the busiest
// hour has 11 % of the day's trips. Invariants: 1. exactly `trip_count` trips, and those of the
// surges after them (a stride of k makes every k-th, without surges); 2. origin != destination; 3.
// same bits on any machine.
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
    std::size_t stride = 1;          // only trips 0, stride, 2 * stride ... are made: a sample,
                                     // which has no surges
    double mean_distance_m = 5'400;  // straight line
    double truck_share = 0.08;
    double commute_share = 0.24;     // home -> work, and the same again back
    double long_share = 0.10;        // less where the region is too small for the mean distance
    std::vector<NodeId> gates;       // where trips come from and go to outside
    double gate_share = 0.04;        // of all trips, where there are gates
    double gate_truck_share = 0.25;  // of those, A: a fifth of vehicles on expressways are trucks
    std::size_t cluster_max = 700;
    SimTime day_begins = hours(5);  // no trip departs before
    SimTime day_ends = hours(22);   // or after
    struct Surge {                  // more trips depart in [from, until)
        SimTime from, until;        // since midnight
        double factor = 1;          // >= 1, of those that would depart then; overlaps multiply
    };
    std::vector<Surge> surges;
};

struct GeneratedTrips {
    std::vector<std::int64_t> departure_us;  // since midnight
    std::vector<NodeId> origin, destination;
    std::vector<std::uint8_t> is_truck;
    double mean_distance_m = 0;  // expected, trips through gates aside
    double beta_m = 0;
    double long_share = 0;  // used
};

// zone_node[z]: where trips of the zone begin and end. REQUIRES: at least two distinct nodes.
GeneratedTrips generate_trips(std::span<const Zone> zones, std::span<const NodeId> zone_node,
                              const DemandOptions& options);

// Furness balancing: scales rows and columns of a positive matrix (row-major, n x n) to the given
// margins; returns the largest relative row error left.
double balance(std::vector<double>& matrix, std::span<const double> rows,
               std::span<const double> columns, int iterations);

}  // namespace jiahe
