// Simulator: systems on one clock; conservative windows over partitions, epochs, snapshots.
//
// Add systems (their ids count from 0 in the order of adding), couplings' channels and record
// listeners, then build(). run_until(t) runs every event before t and stops; epochs at t itself are
// the next call's. Results are the same bits for any number of threads and partitions, for any way
// of cutting a run into run_until calls, and after save and load.
//
// Windows: partition q may run up to min over p of (next event of p + lookahead p -> q), the
// lookahead closed over third partitions; messages are exchanged between windows
// (Chandy-Misra-style conservative synchronisation with a barrier). Errors: InternalError (a system
// broke its promise), InputError (unfit options), CorruptFileError and IoError from load and save.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/context.h"
#include "kernel/self_checks.h"
#include "kernel/state_hash.h"
#include "kernel/system.h"

namespace jiahe::kernel {

struct SimulatorOptions {
    std::uint64_t seed = 1;
    int threads = 1;
    int partitions = 0;  // 0 = chosen from threads and owners
    // A window after one with fewer events than this runs on one thread: waking a second costs
    // more.
    std::uint64_t parallel_events_min = 256;
    QueueChoice queue = QueueChoice::kAutomatic;
    // Owners joined by a shorter channel stay in one partition. Cities keep to the default.
    SimTime cut_delay_min = whole_seconds(1);
    SelfChecks checks = {};
};

struct RunCounters {
    std::uint64_t events = 0;
    std::uint64_t decisions = 0;
    std::uint64_t windows = 0;
    std::uint64_t messages = 0;  // events and log entries between partitions
    std::uint64_t epochs = 0;
    std::uint64_t regroupings = 0;  // owners brought into one partition or parted again
};

class Simulator {
  public:
    explicit Simulator(SimulatorOptions options);
    ~Simulator();

    // The simulator does not own the system, which must outlive it. REQUIRES: before build().
    SystemId add_system(System& system);
    // Channels of couplings. REQUIRES: before build().
    void add_channel(EntityId from, EntityId to, SimTime min_delay);
    void add_listener(SystemId system, std::uint8_t own_record_kind, RecordListener& listener);
    void add_sink(SystemId system, std::uint8_t own_record_kind, RecordSink& sink);
    // State of sinks and couplings, saved and restored with the rest. REQUIRES: before build().
    StateStore& store();

    // Partitions the owners, allocates state, starts the systems at time 0.
    void build();
    // Runs all events with time < until. `keep_going`, where given, is asked at each epoch, and at
    // `until`; it may save and take the hash. Returns false where it said no; now() then tells how
    // far the run came. After an exception the state is spoiled: only load() mends it.
    bool run_until(SimTime until, const std::function<bool(SimTime)>& keep_going = {});
    SimTime now() const;

    StateHash state_hash() const;
    RunCounters counters() const;
    int partition_count() const;
    std::size_t bytes_in_use() const;
    SimTime smallest_lookahead() const;  // between partitions; kNever where there is one

    // Whole state at now(). `city_digest` must match on load.
    void save(const std::string& path, const std::string& city_digest);
    void load(const std::string& path, const std::string& city_digest);

  private:
    friend class EpochContext;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jiahe::kernel
