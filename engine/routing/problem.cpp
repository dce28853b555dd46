#include "routing/problem.h"

#include <map>
#include <string>
#include <tuple>

#include "base/error.h"

namespace jiahe::routing {
namespace {

[[noreturn]] void refuse(const char* code, const std::string& feature, const std::string& message,
                         const std::string& hint) {
    throw InputError(InputFault{code, {"", 0, 0, feature}, message, hint});
}

bool is_bounded(std::int64_t value) {
    return value >= 0 && value <= kForever;
}

}  // namespace

Problem::Problem(std::vector<Depot> depots, std::vector<Vehicle> vehicles, std::vector<Stop> stops,
                 TravelTable travel, std::vector<Position> positions)
    : depots_(std::move(depots)),
      vehicles_(std::move(vehicles)),
      stops_(std::move(stops)),
      travel_(std::move(travel)),
      positions_(std::move(positions)) {
    const std::size_t locations = travel_.location_count();
    for (std::size_t d = 0; d < depots_.size(); ++d) {
        if (depots_[d].location < locations) continue;
        refuse("E-RTG-010", "depot " + std::to_string(d), "a location outside the travel table",
               "");
    }
    check_vehicles();
    check_stops();
    if (!positions_.empty() && positions_.size() != locations) {
        refuse("E-RTG-011", "positions",
               std::to_string(positions_.size()) + " positions for " + std::to_string(locations) +
                   " locations",
               "");
    }
    if (positions_.empty() && stops_.size() > kMostDenseLocations) {
        refuse("E-RTG-011", "positions", "none, with more than 5000 stops",
               "give the locations' positions, so that neighbours can be found");
    }
    group_vehicles();
}

void Problem::check_vehicles() const {
    for (std::size_t v = 0; v < vehicles_.size(); ++v) {
        const Vehicle& vehicle = vehicles_[v];
        const std::string name = "vehicle " + std::to_string(v);
        if (vehicle.depot >= depots_.size()) refuse("E-RTG-012", name, "an unknown depot", "");
        if (!is_bounded(vehicle.capacity[0]) || !is_bounded(vehicle.capacity[1]) ||
            !is_bounded(vehicle.duration_most) || vehicle.fixed_cost < 0 ||
            vehicle.cost_per_distance < 0 || vehicle.cost_per_time < 0) {
            refuse("E-RTG-012", name, "a negative capacity, cost or duration", "");
        }
        if (vehicle.shift_start < 0 || vehicle.shift_start > vehicle.shift_end ||
            vehicle.shift_end > kForever) {
            refuse("E-RTG-013", name, "a shift that ends before it starts", "");
        }
    }
}

void Problem::check_stops() const {
    for (std::size_t s = 0; s < stops_.size(); ++s) {
        const Stop& stop = stops_[s];
        const std::string name = "stop " + std::to_string(s);
        if (stop.location >= travel_.location_count()) {
            refuse("E-RTG-014", name, "a location outside the travel table", "");
        }
        if (!is_bounded(stop.demand[0]) || !is_bounded(stop.demand[1]) ||
            !is_bounded(stop.service) || !is_bounded(stop.release) || stop.prize < 0) {
            refuse("E-RTG-014", name, "a negative demand, service, release or prize", "");
        }
        if (stop.open < 0 || stop.open > stop.close || stop.close > kForever) {
            refuse("E-RTG-013", name, "a window that closes before it opens", "");
        }
    }
}

void Problem::group_vehicles() {
    const auto key = [](const Vehicle& v) {
        return std::tuple{v.depot,         v.capacity,   v.shift_start,       v.shift_end,
                          v.duration_most, v.fixed_cost, v.cost_per_distance, v.cost_per_time};
    };
    std::map<decltype(key(vehicles_[0])), std::uint32_t> known;
    for (std::uint32_t v = 0; v < vehicles_.size(); ++v) {
        const auto [at, is_new] =
            known.emplace(key(vehicles_[v]), static_cast<std::uint32_t>(groups_.size()));
        if (is_new) groups_.emplace_back();
        groups_[at->second].push_back(v);
        group_of_vehicle_.push_back(at->second);
    }
}

}  // namespace jiahe::routing
