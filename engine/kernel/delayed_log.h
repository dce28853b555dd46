// Delayed logs: what one owner did and one other may know only after a fixed delay (kernel.md).
//
// The writer appends (time visible, value); values never decrease and times are kept monotone. The
// one reader sees entries with time <= now and may ask to be woken when the value reaches a
// threshold: at once scheduled where the entry is written, else when it is. The ring lives with the
// reader; a writer of another partition sends its tail with the messages of the window, which is
// safe because a channel's delay is never shorter than its lookahead.
//
// Shape: one ring of `capacity` entries a log. Invariants: 1. entries are consumed in order; 2.
// what a reader sees depends on `now` alone; 3. a wake-up may be superfluous, never missing; 4. the
// state hash sees the value visible at `now` and the entries after it, whatever the reader has
// consumed, and neither waiters nor wakes: a superfluous one may exist in one partitioning only.
#pragma once

#include <cstdint>

#include <span>
#include <vector>

#include "kernel/event.h"
#include "kernel/state_hash.h"
#include "kernel/state_store.h"

namespace jiahe::kernel {

struct LogId {
    std::uint32_t value = 0xffffffffu;
    constexpr bool valid() const { return value != 0xffffffffu; }
    constexpr auto operator<=>(const LogId&) const = default;
};

struct LogSpec {
    EntityId writer;
    EntityId reader;
    std::uint32_t capacity = 0;  // most entries written and not yet consumed
    SimTime min_delay;           // visible - now at the writer, at least
};

class DelayedLogs {
  public:
    LogId add(const LogSpec& spec);
    void allocate(StateStore& store);

    const LogSpec& spec(LogId id) const { return specs_[id.value]; }
    std::size_t size() const { return specs_.size(); }
    std::span<const LogSpec> specs() const { return specs_; }

    // Reader: the largest value visible at `now` (0 before the first entry). Consumes.
    std::int64_t visible_value(LogId id, SimTime now);
    // Reader: time at which the value reaches `threshold`, or kNever where it is not written yet;
    // in that case the log remembers the waiter.
    SimTime wait_for(LogId id, std::int64_t threshold);
    // Writer's side of the exchange. Returns the time of a wake to schedule for the reader, or
    // kNever. `reader_now`: the reader's partition has reached it, so a full ring may drop what is
    // visible by then.
    SimTime push(LogId id, SimTime visible, std::int64_t value, SimTime reader_now);

    // Content at `now`, the same however far the reader has consumed.
    StateHash hash(SimTime now) const;

  private:
    struct Entry {
        std::int64_t visible_us;
        std::int64_t value;
    };
    // Thresholds not yet written: a wake is due from `low` on until `high` is reached; 0 = none.
    struct Waiter {
        std::int64_t low, high;
    };
    // One cache line a log.
    struct Header {
        std::int64_t seen_value;  // largest value consumed
        std::int64_t last_visible_us;
        std::uint64_t first_slot;  // offset into the entries
        std::uint32_t capacity;
        std::uint32_t head;
        std::uint32_t count;
        std::uint32_t unused;
        Waiter waiter;
        std::int64_t wake_us;  // last wake handed out, to hand it out once
    };
    static_assert(sizeof(Header) == 64);
    std::vector<LogSpec> specs_;
    StateArray<Header> header_;
    StateArray<Entry> entry_;
};

}  // namespace jiahe::kernel
