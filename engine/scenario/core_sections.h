// The sections that belong to no system: name, start, end, seed, city, events, output.
//
// declare_core adds them to a schema; read_core gives them as one struct. `city` names where the
// world comes from (a network file or the generator, layers, data files); folders that build it
// (world) may add keys with schema.section("city"). Events change named things at given times;
// what a target means is checked by the system that owns it.
// Lifecycle: RunWindow and TimedEvent are plain values read once from a Scenario.
//
// Invariants: 1. start < end <= 48 h; 2. events are sorted by time, then by place in the file;
// 3. each event lies in [start, end), and until > time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sim_time.h"
#include "scenario/scenario.h"

namespace jiahe::scenario {

enum class Action : std::uint8_t { kFail, kRestore, kLimit, kClose, kSurge };

enum class TargetKind : std::uint8_t {
    kLink,
    kLane,
    kPlaza,
    kCell,
    kBackhaul,
    kDataCentre,
    kRoad,
    kDemand,
};

struct TimedEvent {
    SimTime time;   // since the start
    SimTime until;  // kNever where it lasts to the end
    Action action = Action::kFail;
    TargetKind target = TargetKind::kLink;
    std::string name;                  // external id or name of the target
    std::optional<std::int64_t> lane;  // of kLane: index from the kerb, 0 first
    double factor = 1;                 // limit: share of capacity left; surge: multiple of demand
    Value value;                       // for faults of the system that looks the target up
};

struct RunWindow {
    std::string name;
    std::string date;  // "2024-05-06"
    SimTime start;     // since midnight of the first day
    SimTime end;       // since midnight of the first day
    SimTime duration;  // end - start
    std::uint64_t seed = 0;
};

// What a run writes beside its indicators and the figures by time bin.
struct OutputOptions {
    SimTime bin_width;                      // of links, plazas, cells and hubs
    std::optional<SimTime> snapshot_every;  // simulated
    bool trips = true, parcels = true, passages = true;
    bool map = true;  // layers.gpkg
};

void declare_core(Schema& schema);

// REQUIRES: the scenario was loaded with a schema of declare_core, which checks the invariants.
RunWindow read_window(const Scenario& scenario);
OutputOptions read_output(const Scenario& scenario);
std::vector<TimedEvent> read_events(const Scenario& scenario);

std::string_view action_name(Action action);
std::string_view target_kind_name(TargetKind kind);

}  // namespace jiahe::scenario
