// Signal plans fitted to a demand: Webster's cycle and splits per junction.
//
// City lifecycle: pure functions of the graph and the hourly volumes of its movements. A movement's
// flow ratio y is its volume over the saturation flow of its lanes; movements on the very same
// lanes add up. Y = sum of the phases' greatest y, L = sum of their lost times (clearance and
// start-up). Phases that have approaches in common form a group (an axis of a crossing); each group
// is taken as given or as split phases (each approach alone, with all its signalised movements),
// whichever has the smaller Y + L / longest cycle, as given at a tie. Cycle C = (1.5 L + 5) / (1 -
// Y), clamped; greens share C - L in proportion to the critical y, none below the floor (Webster
// 1958). Where the sum exceeds 1 a junction stays over its capacity: the longest cycle then shares
// the shortage. Units: veh/h, s. Invariants: 1. greens are whole seconds; 2. every movement with
// green before has green after; 3. offsets stay.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

struct SignalFitOptions {
    double saturation_vphpl = 0;  // of a lane in effective green; 0 = the link's capacity per lane
    double start_up_loss_s = 2.0;
    double cycle_min_s = 40;
    double cycle_max_s = 150;    // more only where the floors need it
    double green_min_s = 7;      // shown
    double critical_max = 0.95;  // Y above this is taken as this
    bool try_split_phases = true;
};

// Vehicles an hour through each movement, from routes and the number of users of each route.
std::vector<double> count_movement_volumes(const RoadGraph& graph,
                                           std::span<const std::uint64_t> route_offset,
                                           std::span<const LinkId> route_links,
                                           std::span<const std::uint32_t> users, double duration_h);

// New plans, one a signalised node of the graph, in the graph's order.
std::vector<SignalPlan> fit_signals(const RoadGraph& graph, std::span<const double> movement_vph,
                                    const SignalFitOptions& options);

// Signalised movements whose volume exceeds what their greens can pass.
std::size_t count_oversaturated(const RoadGraph& graph, std::span<const SignalPlan> plans,
                                std::span<const double> movement_vph,
                                const SignalFitOptions& options);

}  // namespace jiahe
