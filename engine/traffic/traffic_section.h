// The scenario's `traffic` section: vehicle classes, signals, rerouting, gridlock and demand.
//
// Scenario lifecycle: a plain value read once. Where the trips come from (a trips table with
// routes, an OD table, or generation from residents and jobs) is stated here; the composition root
// builds the TripTable from it. Errors: those of the scenario reader; E-TRF-020 a file that the
// source needs is missing, 021 a file that it does not read, 022 a slice of the OD profile outside
// the run or before the slice above it, 023 shares that do not sum to 1.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "scenario/schema.h"
#include "scenario/value.h"
#include "traffic/traffic_network.h"
#include "traffic/traffic_system.h"

namespace jiahe::traffic {

// What happens to a knot of full links. `none`: it stays and is reported.
enum class GridlockPolicy : std::uint8_t { kNone };

enum class DemandSource : std::uint8_t { kGenerated, kTripsTable, kOdTable, kNone };
enum class SignalPlans : std::uint8_t { kAsGiven, kFitted };

struct DemandConfig {
    DemandSource source = DemandSource::kGenerated;
    std::int64_t trip_count = 0;
    double truck_share = 0;
    double mean_trip_length_m = 0;
    double outside_share = 0, outside_truck_share = 0;
    std::optional<std::filesystem::path> trips_file, routes_file, od_file;
    double od_scale = 1;
    struct Slice {
        SimTime from, until;  // since the start
        double share = 1;
    };
    std::vector<Slice> od_profile;  // in order of time; empty: even over the run
};

struct TrafficConfig {
    NetworkOptions network;
    TrafficOptions options;
    GridlockPolicy gridlock = GridlockPolicy::kNone;
    SignalPlans signal_plans = SignalPlans::kAsGiven;
    DemandConfig demand;
};

void declare_traffic(scenario::Schema& schema);
TrafficConfig read_traffic(const scenario::Value& traffic, scenario::FaultList& faults);

}  // namespace jiahe::traffic
