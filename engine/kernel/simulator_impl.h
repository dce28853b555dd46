// What a Simulator is made of; internal to the kernel.
//
// Partition-state lifecycle. simulator.cpp assembles and runs it, simulator_state.cpp hashes, saves
// and loads it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kernel/partition.h"
#include "kernel/partitioner.h"
#include "kernel/record_merger.h"
#include "kernel/simulator.h"
#include "kernel/task_team.h"
#include "kernel/window_runner.h"

namespace jiahe::kernel {

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
    std::unique_ptr<WindowRunner> windows;
    SimTime now;
    bool built = false;
    bool spoiled = false;  // an exception has left the state between two instants
    std::uint64_t epoch_count = 0;

    OwnerGraph owner_graph(const std::vector<Channel>& channels) const;
    void partition_owners_of(const std::vector<Channel>& channels);
    void take_plans();
    void run_windows(SimTime stop);
    void run_epochs(Simulator& simulator);
    SimTime next_epoch(SimTime from) const;
};

}  // namespace jiahe::kernel
