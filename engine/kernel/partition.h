// Partition: a group of owners whose events run in order on one task at a time.
//
// Partition-state lifecycle. Holds the pending events of its owners and two sets of outgoing
// mailboxes (one is written during a window while the other, of the window before, is read by its
// receivers). Synchronised by the Simulator: run() of different partitions may overlap, and during
// a window nobody else touches this partition but to read its other mailbox.
//
// Two ways to run, which no owner can tell apart: in the order of time, or, where no channel within
// the partition is shorter than an inner window that holds many events, owner by owner inside such
// windows (owner_run.cpp). Which of the two is chosen from the load, unless an option says.
//
// Invariants: 1. at one instant all facts of an owner precede its one decision; 2. a message to
// another partition never falls below now + lookahead (checked; every channel's own delay with
// `check_lookahead`), and no two events but wakes tie (checked); 3. internal to the kernel.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "kernel/context.h"
#include "kernel/declared_channels.h"
#include "kernel/owner_sort.h"
#include "kernel/ownership_check.h"
#include "kernel/pending_events.h"
#include "kernel/system.h"

namespace jiahe::kernel {

struct LogTail {
    LogId log;
    SimTime visible;
    std::int64_t value;
};

struct Mailbox {
    std::vector<Event> events;
    std::vector<LogTail> logs;
    std::int64_t min_time_us = kNever.us;
    bool empty() const { return events.empty() && logs.empty(); }
    void clear() {
        events.clear();
        logs.clear();
        min_time_us = kNever.us;
    }
};

// Where owners lie, and how long ways between them take.
struct Layout {
    std::size_t partitions = 0;
    std::array<std::vector<std::uint16_t>, kSystemMax> partition_of;  // [system][owner]
    std::array<std::vector<std::uint32_t>, kSystemMax> place_of;  // [system][owner], rank within it
    std::vector<std::uint32_t> places;                            // [partition], its owners
    std::vector<std::int64_t> lookahead_us;                       // [from * partitions + to]
    std::vector<std::int64_t> inner_window_us;  // [partition], kNever where owners never meet

    std::uint16_t partition(EntityId owner) const {
        return partition_of[owner.system()][owner.index()];
    }
    std::uint32_t place(EntityId owner) const { return place_of[owner.system()][owner.index()]; }
};

// What all partitions share, read-only during a window (counters and logs by owner).
struct Wiring : Layout {
    std::vector<System*> systems;
    std::array<std::uint32_t, kSystemMax> owner_count{};         // [system], 0 beyond the last
    std::array<StateArray<std::uint32_t>, kSystemMax> sequence;  // [owner], last = the epoch
    std::vector<std::vector<RecordListener*>> listeners;         // [record kind]
    std::vector<std::uint8_t> merged;                            // [record kind]: goes to a sink
    std::vector<std::uint8_t> batched;      // [kind of an event], system + 1 or 0
    std::vector<std::uint8_t> cancellable;  // [kind of an event]
    DelayedLogs logs;
    std::uint64_t seed = 0;
    QueueChoice queue = QueueChoice::kAutomatic;
    bool check_lookahead = false;
    DeclaredChannels declared;            // where it is checked
    OwnershipCheck* ownership = nullptr;  // where it is checked
    std::uint64_t shuffle = 0;  // another order of owners, where that is checked; 0 = none

    bool cancelled(const Event& event) const {
        return cancellable[event.kind] != 0 && systems[event.owner().system()]->is_cancelled(event);
    }
    bool knows(EntityId owner) const { return owner.index() < owner_count[owner.system()]; }
    // The next number of a sender; 0 is for wakes, so that a counter that has turned is an error.
    std::uint32_t next_sequence(EntityId sender) {
        const std::uint32_t next = ++sequence[sender.system()][sender.index()];
        JIAHE_CHECK(next != 0, "a sender has used up its 4 294 967 295 sequence numbers");
        return next;
    }
    void exchange(Layout& other) { std::swap(static_cast<Layout&>(*this), other); }
};

class Partition {
  public:
    Partition(Wiring& wiring, std::uint16_t index);

    PendingEvents& queue() { return queue_; }
    const PendingEvents& queue() const { return queue_; }
    // Takes what another partition sent here in the window before.
    void take_mail(Mailbox& mail);
    // Runs events with time < bound, the first ones at least; writes to the outboxes of `side`.
    // `scratch` is this task's.
    void run(SimTime bound, int side, OwnerSort& scratch);
    // Changes the queue to the choice, or what comes nearest to it here.
    void prefer(QueueChoice choice);
    // Forgets events, for others of another layout: before they are given to their partitions.
    // `reached_us`: all partitions have run all events before it.
    void regroup(std::int64_t reached_us);
    std::int64_t reached_us() const { return reached_us_; }
    // Forgets events and records and sets the clock: before a snapshot is loaded.
    void reset(SimTime now);

    Mailbox& outbox(int side, std::size_t to) {
        return outbox_[static_cast<std::size_t>(side)][to];
    }
    // Partitions whose outboxes of `side` hold something.
    std::vector<std::uint16_t>& written(int side) {
        return written_[static_cast<std::size_t>(side)];
    }
    // Records for sinks, each owner's ascending in time.
    std::vector<Record>& merged_records() { return merged_records_; }
    std::uint64_t event_count() const { return event_count_; }
    std::uint64_t decision_count() const { return decision_count_; }
    std::uint64_t message_count() const { return message_count_; }

  private:
    friend class Context;
    void run_in_time_order(SimTime bound);
    // May stop short of the bound, if not at its first event; returns how far it came.
    std::int64_t run_by_owner(SimTime bound, OwnerSort& scratch);
    void run_window(std::span<const Event> events);
    std::size_t run_batch(std::span<const Event> events, std::size_t first);
    std::size_t run_owner(std::span<const Event> events, std::size_t first);
    void hint(std::span<const Event> events, std::size_t at) const;
    void choose_queue(SimTime reached);
    void take_windows();
    void flush_decisions();
    void push_own(SimTime at, std::uint16_t kind, std::uint64_t payload, std::uint16_t aux);
    void push_event(EntityId to, SimTime at, std::uint16_t kind, std::uint64_t payload,
                    std::uint16_t aux, EntityId sender);
    void push_wake(EntityId owner, SimTime at);
    void append_log(LogId log, SimTime visible, std::int64_t value);
    Mailbox& mail_to(std::uint16_t target, std::int64_t time_us);
    [[noreturn]] void report_breach(EntityId sender, EntityId to, std::uint16_t kind,
                                    SimTime at) const;
    [[noreturn]] void report_unknown(EntityId sender, EntityId to, std::uint16_t kind) const;
    void keep_hot(const Event& event);
    [[noreturn]] void report_tie(const Event& event) const;

    Wiring& wiring_;
    std::uint16_t index_;
    int side_ = 0;
    PendingEvents queue_;
    std::vector<Event> hot_;          // of the owner at hand, within the window at hand (a heap)
    std::int64_t window_end_us_ = 0;  // of the window at hand; 0 while running in time order
    std::int64_t reached_us_ = 0;     // all events before it have been run
    std::int64_t chosen_at_us_ = 0;   // time and events at the last choice of the queue
    std::uint64_t chosen_at_events_ = 0;
    std::array<std::vector<Mailbox>, 2> outbox_;
    std::array<std::vector<std::uint16_t>, 2> written_;
    std::vector<std::uint32_t> pending_decisions_;
    bool deciding_ = false;
    bool batching_ = false;  // handle_batch() is at work
    std::vector<Record> merged_records_;
    Context context_;
    std::uint64_t event_count_ = 0;
    std::uint64_t decision_count_ = 0;
    std::uint64_t message_count_ = 0;
};

}  // namespace jiahe::kernel
