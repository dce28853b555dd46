// Grouping: whether owners run in many partitions or, while the load is thin, all in one.
//
// Windows that hold few events are run by one thread, and then partitions only cost: messages,
// bounds, turns of a handful of events. So below `sparse_events` a window the partitions' events
// are brought together, and parted again when the load has doubled. Both layouts are made once;
// a change moves the pending events and nothing else, and no owner can tell.
// Partition-state lifecycle, used between windows on one thread.
//
// Invariant: changed only where no mail is under way. Measured in simulated load, not in time on
// the clock.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kernel/partition.h"

namespace jiahe::kernel {

class Grouping {
  public:
    using Partitions = std::vector<std::unique_ptr<Partition>>;
    Grouping(Wiring& wiring, Partitions& partitions, Layout merged, std::uint64_t sparse_events)
        : wiring_(wiring),
          partitions_(partitions),
          other_(std::move(merged)),
          sparse_events_(sparse_events) {}

    // After each window: its events and records, and the least pending time before it.
    void note(std::uint64_t events, std::uint64_t records, std::int64_t least_us);
    // True where the load of the last windows asks for change().
    bool due() const { return due_; }
    // REQUIRES: no mail under way.
    void change();
    std::uint64_t change_count() const { return change_count_; }
    // How far one partition may run alone before the load is looked at again.
    std::int64_t stride_us() const { return stride_us_; }

  private:
    void start_measuring(std::int64_t at_us);
    Wiring& wiring_;
    Partitions& partitions_;
    Layout other_;
    std::uint64_t sparse_events_;
    bool merged_ = false;
    bool due_ = false;
    bool measuring_ = false;
    std::int64_t since_us_ = 0;
    std::uint64_t windows_ = 0;
    std::uint64_t events_ = 0;
    std::uint64_t change_count_ = 0;
    double window_us_ = 0;  // mean advance of a window while parted
    std::int64_t stride_us_ = kMicrosPerSecond;
};

}  // namespace jiahe::kernel
