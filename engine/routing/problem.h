// Problem: depots, a mixed fleet and stops to be served, checked once and never changed.
//
// One tour a vehicle: out of its depot, stops, back to the same depot within its shift. A stop has
// a demand in two dimensions (volume and count, say), a window in which service begins, a service
// time and a release time before which its tour cannot leave. A stop may stay unserved at the cost
// of its prize; kMandatory is a prize that no tour is worth. Costs, times and distances are
// integers in the caller's units:
//   tour = fixed_cost + cost_per_distance * distance + cost_per_time * (end - start)
// Immutable; shared by const reference between threads.
//
// Invariants: 1. every location is in the table; 2. demands, capacities, costs, service >= 0;
// 3. windows and shifts are not empty. Errors: InputError E-RTG-010..014 naming stop or vehicle.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "routing/euclidean.h"
#include "routing/time_segment.h"
#include "routing/travel_table.h"

namespace jiahe::routing {

using Load = std::array<std::int64_t, 2>;

inline constexpr std::int64_t kMandatory = 100'000'000'000'000;
inline constexpr std::uint32_t kNone = 0xffffffffu;

struct Depot {
    std::uint32_t location = 0;
};

struct Vehicle {
    std::uint32_t depot = 0;
    Load capacity{kForever, kForever};
    std::int64_t shift_start = 0, shift_end = kForever;
    std::int64_t duration_most = kForever;  // from leaving the depot to the return
    std::int64_t fixed_cost = 0;
    std::int64_t cost_per_distance = 1;
    std::int64_t cost_per_time = 0;
    bool operator==(const Vehicle&) const = default;
};

struct Stop {
    std::uint32_t location = 0;
    Load demand{};
    std::int64_t service = 0;
    std::int64_t open = 0, close = kForever;
    std::int64_t release = 0;
    std::int64_t prize = kMandatory;
};

class Problem {
  public:
    // `positions` help to find neighbours: one a location, or none where there are at most
    // kMostDenseLocations stops.
    Problem(std::vector<Depot> depots, std::vector<Vehicle> vehicles, std::vector<Stop> stops,
            TravelTable travel, std::vector<Position> positions = {});

    const std::vector<Depot>& depots() const { return depots_; }
    const std::vector<Vehicle>& vehicles() const { return vehicles_; }
    const std::vector<Stop>& stops() const { return stops_; }
    const std::vector<Position>& positions() const { return positions_; }
    const TravelTable& travel() const { return travel_; }
    std::size_t stop_count() const { return stops_.size(); }
    std::size_t vehicle_count() const { return vehicles_.size(); }
    std::uint32_t depot_location(std::uint32_t vehicle) const {
        return depots_[vehicles_[vehicle].depot].location;
    }
    // Vehicles that differ in nothing share a group; groups count from 0 by first vehicle.
    const std::vector<std::uint32_t>& group_of_vehicle() const { return group_of_vehicle_; }
    // [group], in ascending order.
    const std::vector<std::vector<std::uint32_t>>& vehicles_of_group() const { return groups_; }

  private:
    void check_vehicles() const;
    void check_stops() const;
    void group_vehicles();

    std::vector<Depot> depots_;
    std::vector<Vehicle> vehicles_;
    std::vector<Stop> stops_;
    TravelTable travel_;
    std::vector<Position> positions_;
    std::vector<std::uint32_t> group_of_vehicle_;
    std::vector<std::vector<std::uint32_t>> groups_;
};

}  // namespace jiahe::routing
