#include "world/signal_fit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/check.h"

namespace jiahe {
namespace {

std::map<std::int64_t, std::uint32_t> index_movements(const RoadGraph& graph) {
    std::map<std::int64_t, std::uint32_t> index;
    for (std::uint32_t m = 0; m < graph.movement_count(); ++m) {
        index[graph.movement_external_id[m]] = m;
    }
    return index;
}

int lanes_of(const RoadGraph& graph, std::uint32_t m) {
    const int first = graph.movement_first_lane[m], last = graph.movement_last_lane[m];
    if (first >= 1 && last >= first) return last - first + 1;
    return graph.link_lane_count[graph.movement_in_link[m].index()];
}

// Movements that share the very same lanes of a link share their capacity: volumes are summed.
std::vector<double> flow_ratios(const RoadGraph& graph, std::span<const double> volume,
                                double saturation_vphpl) {
    std::vector<double> ratio(graph.movement_count(), 0);
    for (std::uint32_t m = 0; m < graph.movement_count(); ++m) {
        const auto [begin, end] = graph.movements_of(graph.movement_in_link[m]);
        double vph = 0;
        for (std::uint32_t k = begin.value; k < end.value; ++k) {
            const bool same = graph.movement_first_lane[k] == graph.movement_first_lane[m] &&
                              graph.movement_last_lane[k] == graph.movement_last_lane[m];
            if (same) vph += volume[k];
        }
        ratio[m] = vph / (saturation_vphpl * lanes_of(graph, m));
    }
    return ratio;
}

SignalPlan fit_one(const SignalPlan& given, const std::map<std::int64_t, std::uint32_t>& index,
                   const std::vector<double>& ratio, const SignalFitOptions& o) {
    SignalPlan plan = given;
    std::vector<double> critical;
    double sum = 0, lost_s = 0;
    for (const SignalPhase& phase : given.phases) {
        double y = 0.02;
        for (const std::int64_t id : phase.green_movement_ids)
            y = std::max(y, ratio[index.at(id)]);
        critical.push_back(y);
        sum += y;
        lost_s += phase.clearance_s + o.start_up_loss_s;
    }
    const double y_all = std::min(sum, o.critical_max);
    const auto phases = static_cast<double>(given.phases.size());
    const double shortest_s = lost_s + phases * o.green_min_s;
    const double webster_s = (1.5 * lost_s + 5) / (1 - y_all);
    const double cycle_s = std::round(std::clamp(webster_s, std::max(o.cycle_min_s, shortest_s),
                                                 std::max(o.cycle_max_s, shortest_s)));
    const double spare_s = cycle_s - lost_s - phases * o.green_min_s;
    for (std::size_t p = 0; p < plan.phases.size(); ++p) {
        const double effective_s = o.green_min_s + spare_s * critical[p] / sum;
        plan.phases[p].green_s = std::round((effective_s + o.start_up_loss_s) * 10) / 10;
    }
    return plan;
}

}  // namespace

std::vector<double> count_movement_volumes(const RoadGraph& graph,
                                           std::span<const std::uint64_t> route_offset,
                                           std::span<const LinkId> route_links,
                                           std::span<const std::uint32_t> users,
                                           double duration_h) {
    std::vector<double> volume(graph.movement_count(), 0);
    for (std::size_t r = 0; r + 1 < route_offset.size(); ++r) {
        for (std::uint64_t i = route_offset[r]; i + 1 < route_offset[r + 1]; ++i) {
            const MovementId m = graph.movement(route_links[i], route_links[i + 1]);
            if (m.valid()) volume[m.index()] += users[r] / duration_h;
        }
    }
    return volume;
}

std::vector<SignalPlan> fit_signals(const RoadGraph& graph, std::span<const double> movement_vph,
                                    const SignalFitOptions& options) {
    JIAHE_CHECK(movement_vph.size() == graph.movement_count(), "one volume a movement");
    const auto index = index_movements(graph);
    const auto ratio = flow_ratios(graph, movement_vph, options.saturation_vphpl);
    std::vector<SignalPlan> plans;
    for (const SignalPlan& given : graph.signals)
        plans.push_back(fit_one(given, index, ratio, options));
    return plans;
}

std::size_t count_oversaturated(const RoadGraph& graph, std::span<const SignalPlan> plans,
                                std::span<const double> movement_vph,
                                const SignalFitOptions& options) {
    const auto index = index_movements(graph);
    const auto ratio = flow_ratios(graph, movement_vph, options.saturation_vphpl);
    std::size_t count = 0;
    for (const SignalPlan& plan : plans) {
        std::map<std::uint32_t, double> green_s;
        for (const SignalPhase& phase : plan.phases) {
            for (const std::int64_t id : phase.green_movement_ids) {
                green_s[index.at(id)] += phase.green_s - options.start_up_loss_s;
            }
        }
        for (const auto& [m, green] : green_s) {
            if (ratio[m] > green / plan.cycle_s()) ++count;
        }
    }
    return count;
}

}  // namespace jiahe
