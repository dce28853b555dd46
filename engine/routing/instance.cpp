#include "routing/instance.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/error.h"

namespace jiahe::routing {
namespace {

constexpr std::array<std::pair<const char*, CostRule>, 4> kRules{
    {{"nearest", CostRule::kNearest},
     {"tenths", CostRule::kTenths},
     {"thousandths", CostRule::kThousandths},
     {"exact", CostRule::kExact}}};

struct Published {
    std::int64_t per_unit;  // of the problem's costs
    int decimals;
};

Published published(const Instance& instance) {
    const auto scale = static_cast<std::int64_t>(instance.scale());
    if (instance.kind == InstanceKind::kMixedFleet) return {scale * 100, 2};
    if (instance.rule == CostRule::kExact) return {scale, 2};
    if (instance.kind == InstanceKind::kMultiTrip || instance.kind == InstanceKind::kMultiDepot) {
        return {1, 0};
    }
    return {scale, instance.rule == CostRule::kNearest  ? 0
                   : instance.rule == CostRule::kTenths ? 1
                                                        : 3};
}

// The dearest insertion must stay below the worth of a mandatory stop.
void check_costs(const Instance& instance) {
    Position low = instance.at.front(), high = low;
    for (const Position& p : instance.at) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const double longest = std::hypot(high.x - low.x, high.y - low.y) * instance.scale();
    for (const InstanceVehicle& v : instance.vehicles) {
        const double dearest = 2 * longest * static_cast<double>(v.unit_cost) +
                               static_cast<double>(v.fixed_cost) * instance.scale();
        if (dearest < static_cast<double>(kMandatory)) continue;
        throw InputError(InputFault{
            "E-RTG-110",
            {instance.file, 0, 0, "costs"},
            fmt::format("a tour to one stop may cost {:.3g} units of the rule, more than 1e14",
                        dearest),
            "choose a coarser --rounding"});
    }
}

Vehicle vehicle_of(const Instance& instance, const InstanceVehicle& v) {
    Vehicle vehicle;
    vehicle.depot = static_cast<std::uint32_t>(
        std::find(instance.depots.begin(), instance.depots.end(), v.depot) -
        instance.depots.begin());
    vehicle.capacity = {v.capacity, kForever};
    if (!instance.open.empty()) {
        vehicle.shift_start = instance.scaled(instance.open[v.depot]);
        vehicle.shift_end = instance.scaled(instance.close[v.depot]);
    }
    if (v.duration_most >= 0) vehicle.duration_most = instance.scaled(v.duration_most);
    vehicle.fixed_cost = v.fixed_cost * static_cast<std::int64_t>(instance.scale());
    vehicle.cost_per_distance = v.unit_cost;
    return vehicle;
}

Stop stop_of(const Instance& instance, std::uint32_t node) {
    Stop stop;
    stop.location = node;
    stop.demand = {instance.demand[node], 0};
    if (!instance.service.empty()) stop.service = instance.scaled(instance.service[node]);
    if (!instance.open.empty()) {
        stop.open = instance.scaled(instance.open[node]);
        stop.close = instance.scaled(instance.close[node]);
    }
    if (!instance.release.empty()) stop.release = instance.scaled(instance.release[node]);
    return stop;
}

}  // namespace

std::optional<CostRule> cost_rule_of(const std::string& name) {
    for (const auto& [known, rule] : kRules) {
        if (name == known) return rule;
    }
    return std::nullopt;
}

double Instance::scale() const {
    switch (rule) {
        case CostRule::kNearest:
            return 1;
        case CostRule::kTenths:
            return 10;
        case CostRule::kThousandths:
            return 1000;
        case CostRule::kExact:
            return 1e6;
    }
    return 1;
}

Rounding Instance::rounding() const {
    return rule == CostRule::kTenths ? Rounding::kDown : Rounding::kNearest;
}

std::int64_t Instance::scaled(double time) const {
    return std::llround(time * scale());
}

bool Instance::names_vehicles() const {
    return std::any_of(vehicles.begin(), vehicles.end(),
                       [&](const InstanceVehicle& v) { return !(v == vehicles.front()); });
}

Problem problem_of(const Instance& instance) {
    check_costs(instance);
    for (const InstanceVehicle& v : instance.vehicles) {
        if (v.reload_depots.empty()) continue;
        throw InputError(InputFault{"E-RTG-107",
                                    {instance.file, 0, 0, "VEHICLES_RELOAD_DEPOT_SECTION"},
                                    "tours with reloads are checked but not planned",
                                    "--check FILE.sol judges such a solution"});
    }
    std::vector<Depot> depots;
    for (const std::uint32_t node : instance.depots)
        depots.push_back({node});
    std::vector<Vehicle> vehicles;
    for (const InstanceVehicle& v : instance.vehicles)
        vehicles.push_back(vehicle_of(instance, v));
    std::vector<Stop> stops;
    for (const std::uint32_t node : instance.stops)
        stops.push_back(stop_of(instance, node));
    return Problem(std::move(depots), std::move(vehicles), std::move(stops),
                   TravelTable::from_positions(instance.at, instance.scale(), instance.rounding()),
                   instance.at);
}

double published_unit(const Instance& instance) {
    return static_cast<double>(published(instance).per_unit);
}

std::string cost_text(const Instance& instance, std::int64_t cost) {
    const auto [per_unit, decimals] = published(instance);
    std::int64_t power = 1;
    for (int i = 0; i < decimals; ++i)
        power *= 10;
    const std::int64_t digits =
        (cost / per_unit) * power + ((cost % per_unit) * power + per_unit / 2) / per_unit;
    if (decimals == 0) return std::to_string(digits);
    return fmt::format("{}.{:0{}}", digits / power, digits % power, decimals);
}

}  // namespace jiahe::routing
