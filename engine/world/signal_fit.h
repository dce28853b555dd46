// Signal plans fitted to a demand: Webster's cycle and splits per junction.
//
// City lifecycle: pure functions of the graph and the hourly volumes of its movements. Per junction
// the phase sets {as given with green} and, where the layer tells more phases, {split phases} are
// compared by the sum Y of their critical flow ratios; cycle C = (1.5 L + 5) / (1 - Y), clamped;
// greens share C - L in proportion to the critical ratios, with a floor (Webster 1958).
// Units: veh/h, s. Lost time of a phase = clearance + start-up loss.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

struct SignalFitOptions {
    double saturation_vphpl = 1700;  // per lane, effective green; A
    double start_up_loss_s = 2.0;
    double cycle_min_s = 40;
    double cycle_max_s = 140;
    double green_min_s = 7;
    double critical_max = 0.95;  // Y above this is taken as this
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
