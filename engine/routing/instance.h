// Instance: what a benchmark file says, and the Problem and costs that follow by its convention.
//
// Value type, filled by the readers (read_vrplib.h, read_solomon.h), whose checks it relies on.
// Nodes count from 0 in the order of the file; a stop's number in solution files is its node.
// Distances are Euclidean under a CostRule, times are scaled with them, so a cost is an integer of
// 1/scale units and exact. Published costs of a kind of file have their own unit:
// cost_text() writes that.
// Source: logistics sheet, section 7. Errors: InputError E-RTG-110 where costs could overflow.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "routing/problem.h"

namespace jiahe::routing {

enum class CostRule : std::uint8_t {
    kNearest,      // to the nearest whole number (CVRP)
    kTenths,       // cut to tenths (VRPTW, MTVRPTWR)
    kThousandths,  // to the nearest thousandth (MDVRPTW)
    kExact,        // to the nearest millionth (HFVRP, Solomon)
};
// By name: nearest, tenths, thousandths, exact.
std::optional<CostRule> cost_rule_of(const std::string& name);

enum class InstanceKind : std::uint8_t {
    kCvrp,
    kVrptw,
    kMultiTrip,
    kMultiDepot,
    kMixedFleet,
    kSolomon
};

struct InstanceVehicle {
    std::int64_t capacity = 0;
    std::uint32_t depot = 0;                     // node
    std::vector<std::uint32_t> reload_depots{};  // nodes
    std::int64_t fixed_cost = 0, unit_cost = 1;
    double duration_most = -1;  // in file units; < 0: none
    bool operator==(const InstanceVehicle&) const = default;
};

struct Instance {
    std::string file, name;
    InstanceKind kind = InstanceKind::kCvrp;
    CostRule rule = CostRule::kNearest;
    std::vector<Position> at;                           // [node]
    std::vector<std::int64_t> demand;                   // [node]
    std::vector<double> service, open, close, release;  // [node], file units; empty: none
    std::vector<std::uint32_t> depots;                  // nodes
    std::vector<std::uint32_t> stops;                   // nodes, ascending
    std::vector<InstanceVehicle> vehicles;
    bool has_fleet = false;  // the file says how many vehicles there are

    double scale() const;
    Rounding rounding() const;
    std::int64_t scaled(double time) const;  // to the nearest unit
    // Vehicles differ, so route k belongs to vehicle k.
    bool names_vehicles() const;
};

// Stop i of the problem is node instance.stops[i]; vehicle and location numbers are the instance's.
Problem problem_of(const Instance& instance);

// A cost of the problem as published files write it, such as 27591, 42444.8 or 35170.24.
std::string cost_text(const Instance& instance, std::int64_t cost);
// What one unit of a published cost is in the problem's units.
double published_unit(const Instance& instance);

}  // namespace jiahe::routing
