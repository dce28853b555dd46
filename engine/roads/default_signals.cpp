#include "roads/default_signals.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "roads/data_index.h"
#include "roads/default_turns.h"
#include "roads/road_class_defaults.h"

namespace jiahe {

namespace {

constexpr double kClearance_s = 4.0;    // A
constexpr double kPedestrian_s = 20.0;  // A: one crossing of 4 lanes at 1 m/s and its clearance
constexpr double kLeastGreen_s = 10.0;  // A
constexpr double kAxisLimit_rad = 0.25 * std::numbers::pi;

struct Approach {
    std::uint32_t link_row;
    double heading_rad;  // of travel, at the stop line
    double capacity_pcuph;
    bool second_phase = false;
};

double angle_of_axes_rad(double a_rad, double b_rad) {
    const double angle = std::abs(angle_between_rad(a_rad, b_rad));
    return std::min(angle, std::numbers::pi - angle);
}

double cycle_s_for(std::size_t approach_count) {
    if (approach_count <= 3) return 60;
    return approach_count == 4 ? 75 : 90;
}

// Sets second_phase; false where no approach is in the second phase.
bool split_phases(std::vector<Approach>& approaches) {
    const auto main = std::max_element(
        approaches.begin(), approaches.end(), [](const Approach& a, const Approach& b) {
            return a.capacity_pcuph < b.capacity_pcuph;  // the first of equals: least link id
        });
    bool split = false;
    for (Approach& approach : approaches) {
        approach.second_phase =
            angle_of_axes_rad(approach.heading_rad, main->heading_rad) > kAxisLimit_rad;
        split = split || approach.second_phase;
    }
    if (split) return true;
    for (Approach& approach : approaches) {  // merging from the side of the main approach
        if (&approach == &*main) continue;
        approach.second_phase =
            std::abs(angle_between_rad(approach.heading_rad, main->heading_rad)) <
            std::numbers::pi / 2;
        split = split || approach.second_phase;
    }
    return split;
}

// How far the first phase's axis is from north-south.
double off_north_rad(const std::vector<Approach>& approaches, bool second_phase) {
    for (const Approach& approach : approaches) {
        if (approach.second_phase == second_phase) {
            return angle_of_axes_rad(approach.heading_rad, std::numbers::pi / 2);
        }
    }
    return std::numbers::pi;
}

double widest_pcuph(const std::vector<Approach>& approaches, bool second_phase) {
    double widest = 0;
    for (const Approach& approach : approaches) {
        if (approach.second_phase == second_phase) {
            widest = std::max(widest, approach.capacity_pcuph);
        }
    }
    return widest;
}

class PlanMaker {
  public:
    explicit PlanMaker(RoadGraphData& data) : data_(data), index_(data) {
        for (std::size_t row = 0; row < data.movements.size(); ++row) {
            by_in_link_.emplace_back(data.movements[row].in_link_id, row);
        }
        std::sort(by_in_link_.begin(), by_in_link_.end());
    }

    // False where the node has fewer than two approaches.
    bool add_plan(std::int64_t node_id) {
        std::vector<Approach> approaches = approaches_of(node_id);
        if (approaches.size() < 2) return false;
        SignalPlan plan;
        plan.node_id = node_id;
        const double cycle_s = cycle_s_for(approaches.size());
        if (!split_phases(approaches)) {
            plan.phases.push_back(
                {movements_of(approaches, false), cycle_s - kPedestrian_s, kPedestrian_s});
        } else {
            const double first = widest_pcuph(approaches, false);
            const double second = widest_pcuph(approaches, true);
            const double green_s = cycle_s - 2 * kClearance_s;
            const double first_s = std::clamp(std::round(green_s * first / (first + second)),
                                              kLeastGreen_s, green_s - kLeastGreen_s);
            plan.phases.push_back({movements_of(approaches, false), first_s, kClearance_s});
            plan.phases.push_back(
                {movements_of(approaches, true), green_s - first_s, kClearance_s});
            if (off_north_rad(approaches, true) < off_north_rad(approaches, false)) {
                std::swap(plan.phases[0], plan.phases[1]);
            }
        }
        data_.signals.push_back(std::move(plan));
        return true;
    }

  private:
    std::vector<Approach> approaches_of(std::int64_t node_id) const {
        std::vector<Approach> approaches;
        const std::uint32_t node = index_.node_row(node_id);
        for (const std::uint32_t row : index_.in_links(node)) {
            const auto& link = data_.links[row];
            if (movement_range(link.id).first == movement_range(link.id).second) continue;
            const auto& from = data_.nodes[index_.node_row(link.from_node_id)];
            const double capacity =
                link.capacity_pcuph > 0
                    ? link.capacity_pcuph
                    : default_capacity_pcuph(link.road_class, link.free_speed_mps, link.lane_count);
            approaches.push_back(
                {row, heading_at_end_rad(from, data_.nodes[node], link), capacity, false});
        }
        return approaches;
    }

    std::pair<std::size_t, std::size_t> movement_range(std::int64_t in_link_id) const {
        const auto begin = std::lower_bound(by_in_link_.begin(), by_in_link_.end(),
                                            std::pair{in_link_id, std::size_t{0}});
        auto end = begin;
        while (end != by_in_link_.end() && end->first == in_link_id)
            ++end;
        return {static_cast<std::size_t>(begin - by_in_link_.begin()),
                static_cast<std::size_t>(end - by_in_link_.begin())};
    }

    std::vector<std::int64_t> movements_of(const std::vector<Approach>& approaches,
                                           bool second_phase) {
        std::vector<std::int64_t> ids;
        for (const Approach& approach : approaches) {
            if (approach.second_phase != second_phase) continue;
            const auto [first, last] = movement_range(data_.links[approach.link_row].id);
            for (std::size_t i = first; i < last; ++i) {
                auto& movement = data_.movements[by_in_link_[i].second];
                movement.signalised = true;
                ids.push_back(movement.id);
            }
        }
        return ids;
    }

    RoadGraphData& data_;
    DataIndex index_;
    std::vector<std::pair<std::int64_t, std::size_t>> by_in_link_;
};

}  // namespace

void add_default_signals(RoadGraphData& data, ImportReport& report) {
    if (data.movements.empty()) data.movements = default_turns(data);
    std::vector<std::int64_t> planned;
    for (const SignalPlan& plan : data.signals)
        planned.push_back(plan.node_id);
    std::sort(planned.begin(), planned.end());
    PlanMaker maker(data);
    for (auto& node : data.nodes) {
        if (node.control != NodeControl::kSignal) continue;
        if (std::binary_search(planned.begin(), planned.end(), node.id)) continue;
        if (maker.add_plan(node.id)) {
            report.count("signals with a default plan");
        } else {
            node.control = NodeControl::kNone;
            report.remark("dropped: signals with a single approach",
                          fmt::format("node {}", node.id));
        }
    }
}

}  // namespace jiahe
