// What a Simulator is made of; internal to the kernel.
//
// Partition-state lifecycle. simulator.cpp assembles and runs it, simulator_state.cpp hashes, saves
// and loads it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kernel/grouping.h"
#include "kernel/partition.h"
#include "kernel/partitioner.h"
#include "kernel/record_merger.h"
#include "kernel/simulator.h"
#include "kernel/task_team.h"
#include "kernel/window_runner.h"

namespace jiahe::kernel {

// Everything that a snapshot holds, in memory.
struct StateCopy {
    std::vector<std::vector<char>> rows;  // [block of the store]
    std::vector<Event> pending;           // sorted
};

struct Simulator::Impl {
    explicit Impl(SimulatorOptions o) : options(o), team(o.threads) {}

    SimulatorOptions options;
    TaskTeam team;
    StateStore store;
    Wiring wiring;
    std::vector<Channel> extra_channels;
    std::vector<std::vector<EpochPlan>> plans;  // [system]
    RecordMerger merger;
    std::vector<std::unique_ptr<Partition>> partitions;
    std::unique_ptr<Grouping> grouping;
    std::unique_ptr<WindowRunner> windows;
    std::int64_t smallest_lookahead_us = kNever.us;
    SimTime now;
    bool built = false;
    bool spoiled = false;  // an exception has left the state between two instants
    std::uint64_t epoch_count = 0;
    RunCounters rehearsed;  // what --check-order ran beside the run itself
    std::unique_ptr<OwnershipCheck> ownership;

    OwnerGraph owner_graph(const std::vector<Channel>& channels,
                           const std::vector<OpenChannel>& open) const;
    Layout make_layout(const OwnerGraph& graph, const std::vector<std::uint16_t>& part) const;
    void lay_out(const OwnerGraph& graph);
    void note_kinds();
    void take_plans();
    void run_windows(SimTime stop);
    void run_windows_twice(SimTime stop);
    StateCopy copy_state() const;
    void restore_state(const StateCopy& copy);
    RunCounters count() const;
    void run_epochs(Simulator& simulator);
    SimTime next_epoch(SimTime from) const;
};

}  // namespace jiahe::kernel
