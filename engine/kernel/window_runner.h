// WindowRunner: conservative windows over the partitions (kernel.md, Lookahead and windows).
//
// In a window each partition with work takes its mail and runs up to the earliest time at which
// anything from elsewhere may reach it: min over p of (next event of p + lookahead p -> q), the
// lookahead closed over third partitions, p = q being the shortest way out and back. What it sends
// lies in outboxes until the next window (Chandy-Misra-style synchronisation with a barrier).
// Windows with few events run on the caller's thread, and owners that keep to few in one partition.
//
// Partition-state lifecycle. Invariants: 1. results do not depend on where windows end; 2. after
// run(stop) no mail is under way and no event before `stop` is pending. No allocation in steady
// state. Cost of a window: O(P^2) additions for P partitions and O(1) a mailbox used.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "kernel/grouping.h"
#include "kernel/partition.h"
#include "kernel/task_team.h"

namespace jiahe::kernel {

class WindowRunner {
  public:
    using Partitions = std::vector<std::unique_ptr<Partition>>;
    WindowRunner(const Wiring& wiring, Partitions& partitions, TaskTeam& team, Grouping& grouping,
                 std::uint64_t parallel_events_min);

    // Runs all events with time < stop. `between` is called between windows with a time below which
    // everything has happened.
    void run(SimTime stop, const std::function<void(SimTime)>& between);
    std::uint64_t window_count() const { return window_count_; }

  private:
    // Work and mail of a partition for the coming window.
    struct Turn {
        std::int64_t next_us = kNever.us;  // least pending event, mail under way included
        std::int64_t bound_us = 0;
        std::uint64_t events = 0;   // run in this window
        std::uint64_t records = 0;  // made in this window for sinks
        std::vector<std::uint16_t> senders;
    };
    void find_next();
    void sort_mail();
    void regroup();
    void set_bounds(SimTime stop);
    void run_turn(std::size_t index);
    std::unique_ptr<OwnerSort> take_scratch();

    const Wiring& wiring_;
    Partitions& partitions_;
    TaskTeam& team_;
    Grouping& grouping_;
    std::uint64_t parallel_events_min_;
    std::vector<Turn> turns_;
    std::vector<std::uint16_t> active_;
    std::vector<std::int64_t> bounds_;
    std::function<void(std::size_t)> task_;
    std::mutex scratch_mutex_;
    std::vector<std::unique_ptr<OwnerSort>> scratch_;  // not in use; one a task at work
    int side_ = 0;                                     // outboxes being written
    std::uint64_t window_events_ = 0;
    std::uint64_t window_count_ = 0;
};

}  // namespace jiahe::kernel
