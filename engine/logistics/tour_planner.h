// Tour planner: ready parcels and idle vans of one hub -> calls and tours.
//
// Pure, no kernel. Parcels for one place are gathered into calls (the van parks once and walks to
// the doors; a locker or station is a call of its own), calls into tours by engine/routing:
// savings, local search, ruin and recreate, with capacity by count and volume, and shift. Promises
// are windows; only if a call then fits no tour, all is planned again without them: better late
// than never. Travel between places is the quickest way over the road network (travel_matrix.h), as
// slow as the hub's vans found the roads lately, and the time to set off and to report at both ends
// of a drive. Iterations, not seconds: the same plan on any machine. Costs in 1/1000 fen. Units: s,
// m. Invariants: 1. a parcel is in at most one call, a call in at most one tour; 2. what does not
// fit stays unplanned.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "logistics/parcel_orders.h"
#include "logistics/stop_service.h"
#include "roads/road_graph.h"
#include "roads/travel_matrix.h"

namespace jiahe::logistics {

struct PlannerOptions {
    int parcels_per_van = 180;    // C MASS-GT
    double van_volume_l = 8000;   // 8 m3
    int doors_per_call = 12;      // A
    int parcels_per_locker = 60;  // compartments filled at a call, A
    double ride_s = 4;            // A: belt, door and report, each drive
    double wage_fen_ph = 3000;    // A
    double van_fen_per_km = 60;   // A: energy and wear
    double tour_fen = 2000;       // A: fixed cost of a tour
    std::int64_t iterations = 1500;
};

struct Call {
    NodeId node;
    Handover handover = Handover::kDoor;
    std::uint32_t doors = 0;
    std::vector<std::uint32_t> parcels;
    double arrival_s = 0;  // planned, since the tour's start
    double drive_s = 0;    // planned, from the call before
};

struct VanTour {
    std::uint32_t van = 0;  // index into the idle vans
    std::vector<Call> calls;
    double distance_m = 0;    // planned
    double drive_home_s = 0;  // planned, from the last call
    double duration_s = 0;    // planned
};

// What is known when tours are planned. Per-parcel spans are indexed by parcel.
struct PlanningSituation {
    NodeId hub;
    std::span<const std::uint32_t> parcels;  // ready, ascending
    std::span<const Handover> handover;      // [parcel of `parcels`], as of now
    std::span<const double> due_s;           // [parcel of `parcels`], promise since the start
    std::size_t idle_vans = 0;
    double time_left_s = 0;  // of the shift, bounds a tour
    double slowness = 1;     // of driving, against the travel matrix
    std::uint64_t seed = 1;
};

// REQUIRES: the hub and the parcels' nodes are places of `travel`.
std::vector<VanTour> plan_tours(const RoadGraph& graph, const TravelMatrix& travel,
                                const ParcelOrders& orders, const PlanningSituation& situation,
                                const PlannerOptions& options, const CallTimes& times);

}  // namespace jiahe::logistics
