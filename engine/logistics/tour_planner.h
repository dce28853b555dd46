// Tour planner: ready parcels and idle vans of one hub -> calls and tours.
//
// Pure, no kernel. Parcels for one place are gathered into calls (the van parks once and walks to
// the doors), calls into tours by engine/routing: savings, local search, ruin and recreate, with
// capacity and shift. Travel between places is the straight line times a detour at a mean speed
// (A). Iterations, not seconds: the same plan on any machine. Units: s, m, us. Invariants: 1. a
// parcel is in at most one call, a call in at most one tour; 2. what does not fit stays unplanned,
// in order of parcels.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe::logistics {

struct PlannerOptions {
    int parcels_per_van = 180;    // C MASS-GT
    int doors_per_call = 12;      // A
    double speed_mps = 30 / 3.6;  // A
    double detour = 1.35;         // A
    double park_s = 60;           // A
    double door_s = 109;          // mean of the log-logistic door time
    double extra_parcel_s = 20;
    std::int64_t iterations = 1500;
};

struct Call {
    NodeId node;
    std::vector<std::uint32_t> parcels;
    std::uint32_t doors = 0;
};

struct VanTour {
    std::uint32_t van = 0;  // index into the idle vans
    std::vector<Call> calls;
};

// parcels ascend; node and door are indexed by parcel. `time_left_s` bounds a tour.
std::vector<VanTour> plan_tours(const RoadGraph& graph, NodeId hub,
                                std::span<const std::uint32_t> parcels,
                                std::span<const NodeId> node, std::span<const std::uint32_t> door,
                                std::size_t idle_vans, double time_left_s,
                                const PlannerOptions& options, std::uint64_t seed);

}  // namespace jiahe::logistics
