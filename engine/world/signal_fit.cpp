#include "world/signal_fit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/check.h"

namespace jiahe {
namespace {

constexpr double kQuietRatio = 0.02;  // least flow ratio of a phase, so that quiet ones get a share

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
        const LinkId in = graph.movement_in_link[m];
        const auto [begin, end] = graph.movements_of(in);
        double vph = 0;
        for (std::uint32_t k = begin.value; k < end.value; ++k) {
            const bool same = graph.movement_first_lane[k] == graph.movement_first_lane[m] &&
                              graph.movement_last_lane[k] == graph.movement_last_lane[m];
            if (same) vph += volume[k];
        }
        const double per_lane = saturation_vphpl > 0 ? saturation_vphpl
                                                     : graph.link_capacity_pcuph[in.index()] /
                                                           graph.link_lane_count[in.index()];
        ratio[m] = vph / (per_lane * lanes_of(graph, m));
    }
    return ratio;
}

class Fitter {
  public:
    Fitter(const RoadGraph& graph, std::span<const double> volume, const SignalFitOptions& options)
        : graph_(graph),
          o_(options),
          index_(index_movements(graph)),
          ratio_(flow_ratios(graph, volume, options.saturation_vphpl)) {}

    SignalPlan fit(const SignalPlan& given) const {
        SignalPlan plan = given;
        if (o_.try_split_phases) {
            plan.phases.clear();
            for (const std::vector<SignalPhase>& group : groups(given)) {
                std::vector<SignalPhase> split = split_phases(group);
                const bool better = loading(split).load < loading(group).load - 1e-9;
                for (const SignalPhase& phase : better ? split : group)
                    plan.phases.push_back(phase);
            }
        }
        time(plan, loading(plan.phases));
        return plan;
    }

  private:
    struct Loading {
        std::vector<double> critical;  // [phase]
        double sum = 0, lost_s = 0;
        double load = 0;  // of the longest cycle: flow ratios and lost time
    };

    Loading loading(const std::vector<SignalPhase>& phases) const {
        Loading l;
        for (const SignalPhase& phase : phases) {
            double y = kQuietRatio;
            for (const std::int64_t id : phase.green_movement_ids) {
                y = std::max(y, ratio_[index_.at(id)]);
            }
            l.critical.push_back(y);
            l.sum += y;
            l.lost_s += phase.clearance_s + o_.start_up_loss_s;
        }
        l.load = l.sum + l.lost_s / o_.cycle_max_s;
        return l;
    }

    // Phases that have an approach in common, directly or through others, in the given order.
    std::vector<std::vector<SignalPhase>> groups(const SignalPlan& given) const {
        std::vector<std::vector<SignalPhase>> groups;
        std::vector<std::set<LinkId>> links;  // [group]
        for (const SignalPhase& phase : given.phases) {
            std::set<LinkId> mine;
            for (const std::int64_t id : phase.green_movement_ids) {
                mine.insert(graph_.movement_in_link[index_.at(id)]);
            }
            std::size_t home = groups.size();
            for (std::size_t g = groups.size(); g-- > 0;) {
                const bool common = std::any_of(mine.begin(), mine.end(),
                                                [&](LinkId l) { return links[g].count(l) > 0; });
                if (!common) continue;
                if (home < groups.size()) {  // this phase ties two groups together
                    groups[g].insert(groups[g].end(), groups[home].begin(), groups[home].end());
                    links[g].insert(links[home].begin(), links[home].end());
                    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(home));
                    links.erase(links.begin() + static_cast<std::ptrdiff_t>(home));
                }
                home = g;
            }
            if (home == groups.size()) {
                groups.emplace_back();
                links.emplace_back();
            }
            groups[home].push_back(phase);
            links[home].insert(mine.begin(), mine.end());
        }
        return groups;
    }

    // One phase an approach, in the order of links; clearance of the longest given phase.
    std::vector<SignalPhase> split_phases(const std::vector<SignalPhase>& given) const {
        std::map<LinkId, std::vector<std::int64_t>> of_link;
        double clearance_s = 0;
        for (const SignalPhase& phase : given) {
            clearance_s = std::max(clearance_s, phase.clearance_s);
            for (const std::int64_t id : phase.green_movement_ids) {
                auto& list = of_link[graph_.movement_in_link[index_.at(id)]];
                if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
            }
        }
        std::vector<SignalPhase> phases;
        for (auto& [link, ids] : of_link)
            phases.push_back({std::move(ids), 0, clearance_s});
        return phases;
    }

    void time(SignalPlan& plan, const Loading& l) const {
        const auto count = static_cast<double>(plan.phases.size());
        double clearance_s = 0;
        for (const SignalPhase& phase : plan.phases)
            clearance_s += phase.clearance_s;
        const double floor_s = std::ceil(o_.green_min_s);
        const double shortest_s = clearance_s + count * floor_s;
        const double webster_s = (1.5 * l.lost_s + 5) / (1 - std::min(l.sum, o_.critical_max));
        const double cycle_s = std::clamp(webster_s, std::max(o_.cycle_min_s, shortest_s),
                                          std::max(o_.cycle_max_s, shortest_s));
        std::vector<double> green_s = share_greens(l, cycle_s - clearance_s, floor_s);
        // Whole seconds that keep the sum: running totals are rounded.
        double exact = 0, given = 0;
        for (std::size_t p = 0; p < plan.phases.size(); ++p) {
            exact += green_s[p];
            const double whole = std::max(floor_s, std::round(exact - given));
            plan.phases[p].green_s = whole;
            given += whole;
        }
    }

    // Shown greens that sum to total_s: start-up loss and a share by critical y, not below floor_s.
    std::vector<double> share_greens(const Loading& l, double total_s, double floor_s) const {
        const std::size_t n = l.critical.size();
        std::vector<double> green_s(n, floor_s);
        std::vector<std::uint8_t> at_floor(n, 0);
        for (std::size_t round = 0; round < n; ++round) {
            double free_s = total_s, y = 0;
            for (std::size_t p = 0; p < n; ++p) {
                free_s -= at_floor[p] != 0 ? floor_s : o_.start_up_loss_s;
                y += at_floor[p] != 0 ? 0 : l.critical[p];
            }
            bool more = false;
            for (std::size_t p = 0; p < n; ++p) {
                if (at_floor[p] != 0) continue;
                green_s[p] = o_.start_up_loss_s + free_s * l.critical[p] / y;
                if (green_s[p] < floor_s) {
                    green_s[p] = floor_s;
                    at_floor[p] = 1;
                    more = true;
                }
            }
            if (!more) break;
        }
        return green_s;
    }

    const RoadGraph& graph_;
    const SignalFitOptions& o_;
    std::map<std::int64_t, std::uint32_t> index_;
    std::vector<double> ratio_;
};

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
    const Fitter fitter(graph, movement_vph, options);
    std::vector<SignalPlan> plans;
    for (const SignalPlan& given : graph.signals)
        plans.push_back(fitter.fit(given));
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
            if (movement_vph[m] > 0 && ratio[m] > green / plan.cycle_s()) ++count;
        }
    }
    return count;
}

}  // namespace jiahe
