// TourList: the tours under annealing as linked lists, with a log by which steps are taken back.
//
// Each vehicle has a ring of nodes: its depot, then its stops. A stop is put in or taken out with a
// few assignments; where nothing depends on time that is all, else its TourTimes follow. Every
// change is logged until keep() or undo(), so a step costs what it touched, whatever the number of
// stops. Working state of one search; not shared between threads.
//
// Invariants: 1. node(x).to_next and to_prev are the distances to its neighbours, 0 in an empty
// ring; 2. total() is the sum of tour costs and lost prizes once all tours are settled; 3. every
// settled tour keeps all limits. Units: the problem's.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/problem.h"
#include "routing/solution.h"
#include "routing/tour_times.h"

namespace jiahe::routing {

inline constexpr std::int64_t kNoPlace = std::int64_t{1} << 61;
inline constexpr std::uint32_t kAnyLength = 0xffffffffu;

class TourList {
  public:
    using Node = TourNode;
    struct Tour {
        Load room{};  // capacity not used
        std::int64_t distance = 0, duration = 0, cost = 0;
        std::int64_t cost_per_distance = 1;
        std::uint32_t size = 0;
    };

    TourList(const Problem& problem, const Solution& solution);

    const Problem& problem() const { return problem_; }
    const Node& node(std::uint32_t n) const { return nodes_[n]; }
    const Tour& tour(std::uint32_t vehicle) const { return tours_[vehicle]; }
    std::uint32_t depot_node(std::uint32_t vehicle) const { return stop_count_ + vehicle; }
    bool is_depot(std::uint32_t n) const { return n >= stop_count_; }
    bool is_timed() const { return times_.rule() != TourTimes::Rule::kUntimed; }
    std::int64_t total() const { return total_; }
    std::size_t used_count() const { return used_count_; }
    std::span<const std::uint32_t> unassigned() const { return unassigned_; }
    std::size_t group_count() const { return idle_.size(); }
    // An idle vehicle of the group, kNone where all are out.
    std::uint32_t idle_vehicle(std::uint32_t group) const {
        return idle_[group].empty() ? kNone : idle_[group].back();
    }
    bool has_room(std::uint32_t vehicle, std::uint32_t stop) const {
        const Load& room = tours_[vehicle].room;
        return demand_[stop][0] <= room[0] && demand_[stop][1] <= room[1];
    }
    std::int64_t way(std::uint32_t a, std::uint32_t b) const {  // distance between nodes
        return problem_.travel().distance(nodes_[a].location, nodes_[b].location);
    }
    // Longest way from the stop to its neighbours in the tour (saturated): kAnyLength beside a
    // depot, 0 outside.
    std::uint32_t longest_way(std::uint32_t stop) const { return longest_[stop]; }
    std::int64_t least_cost_per_distance() const { return least_cost_per_distance_; }
    // Cost of the vehicle's tour with `stop` after node `prev` less its cost now; kNoPlace where
    // that breaks a limit or costs `most` or more. REQUIRES: settled; there is room.
    std::int64_t insertion_cost(std::uint32_t stop, std::uint32_t prev, std::int64_t most) const {
        const Node& p = nodes_[prev];
        return insertion_cost(stop, prev, way(prev, stop) + way(stop, p.next) - p.to_next, most);
    }
    // The same where the additional way is known.
    std::int64_t insertion_cost(std::uint32_t stop, std::uint32_t prev, std::int64_t more_way,
                                std::int64_t most) const {
        const Tour& tour = tours_[nodes_[prev].vehicle];
        const std::int64_t cost = tour.cost_per_distance * more_way;
        if (cost >= most) return kNoPlace;
        return tour.size > 0 && !is_timed() ? cost : full_insertion_cost(stop, prev, cost, most);
    }
    // What taking `stop` out would save. REQUIRES: settled.
    std::int64_t saving_of(std::uint32_t stop) const;
    // Cost of the whole tour of `from`, driven by `to`; kNoPlace where it cannot.
    std::int64_t cost_if_driven_by(std::uint32_t from, std::uint32_t to) const;

    void insert(std::uint32_t stop, std::uint32_t prev);  // settles
    void take_out(std::uint32_t stop);                    // settle() the tour before it is priced
    void settle(std::uint32_t vehicle);
    void exchange(std::uint32_t a, std::uint32_t b);  // whole tours, one may be empty; settles both

    // Vehicles whose tours changed since the last keep() or undo(), each once.
    std::span<const std::uint32_t> changed() const { return changed_; }
    void keep();
    void undo();

    std::vector<std::uint32_t> stops_of(std::uint32_t vehicle) const;

  private:
    struct Step {
        std::uint32_t stop, prev;  // prev == kNone: was put in, else was taken out from after prev
        std::uint32_t vehicle;
    };
    std::int64_t full_insertion_cost(std::uint32_t stop, std::uint32_t prev, std::int64_t way_cost,
                                     std::int64_t most) const;
    void link(std::uint32_t stop, std::uint32_t prev);
    void unlink(std::uint32_t stop);
    void measure(std::uint32_t n);
    void note(std::uint32_t vehicle);
    void reprice(std::uint32_t vehicle);
    void forget_idle(std::uint32_t vehicle);

    const Problem& problem_;
    std::uint32_t stop_count_;
    TourTimes times_;
    std::vector<Node> nodes_;                       // [stop], then [stop_count + vehicle]
    std::vector<std::uint32_t> longest_;            // [node]
    std::vector<Load> demand_;                      // [stop]
    std::vector<Tour> tours_;                       // [vehicle]
    std::vector<std::vector<std::uint32_t>> idle_;  // [group]
    std::vector<std::uint32_t> idle_rank_;          // [vehicle], place in its group's idle_
    std::vector<std::uint32_t> unassigned_, unassigned_rank_;
    std::vector<Step> steps_;
    std::vector<std::uint32_t> changed_;
    std::vector<std::uint8_t> is_changed_;  // [vehicle]
    std::size_t used_count_ = 0;
    std::int64_t least_cost_per_distance_ = kForever;
    std::int64_t total_ = 0;
};

}  // namespace jiahe::routing
