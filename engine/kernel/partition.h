// Partition: a group of owners whose events run in order on one task at a time.
//
// Partition-state lifecycle. Holds the pending events of its owners and two sets of outgoing
// mailboxes (one is written during a window while the other, of the window before, is read by its
// receivers). Synchronised by the Simulator: run() of different partitions may overlap, and during
// a window nobody else touches this partition but to read its other mailbox.
//
// Invariants: 1. at one instant all facts of an owner precede its one decision; 2. a message to
// another partition never falls below now + lookahead (checked; every channel's own delay with
// JIAHE_DEBUG_CHECKS), and no two events but wakes tie (checked); 3. internal to the kernel.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "kernel/context.h"
#include "kernel/event_queue.h"
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

// Where a system's owners lie, and how many events each has sent.
struct OwnerTable {
    std::uint32_t count = 0;
    std::vector<std::uint16_t> partition;  // [owner]
    StateArray<std::uint32_t> sequence;    // [owner], last = the epoch
};

// What all partitions share, read-only during a window (counters and logs by owner).
struct Wiring {
    std::vector<System*> systems;
    std::array<OwnerTable, kSystemMax> owners;           // [system], empty beyond the last
    std::vector<std::vector<RecordListener*>> listeners;   // [record kind]
    std::vector<std::uint8_t> merged;                      // [record kind]: goes to a sink
    std::vector<std::int64_t> lookahead_us;                // [from * partitions + to]
    std::size_t partitions = 0;
    DelayedLogs logs;
    std::uint64_t seed = 0;
    std::vector<Channel> declared;  // sorted by (from, to); filled for JIAHE_DEBUG_CHECKS only

    bool knows(EntityId owner) const { return owner.index() < owners[owner.system()].count; }
    std::uint16_t partition(EntityId owner) const {
        return owners[owner.system()].partition[owner.index()];
    }
    // The next number of a sender; 0 is for wakes, so that a counter that has turned is an error.
    std::uint32_t next_sequence(EntityId sender) {
        const std::uint32_t next = ++owners[sender.system()].sequence[sender.index()];
        JIAHE_CHECK(next != 0, "a sender has used up its 4 294 967 295 sequence numbers");
        return next;
    }
};

class Partition {
  public:
    Partition(Wiring& wiring, std::uint16_t index);

    EventQueue& queue() { return queue_; }
    const EventQueue& queue() const { return queue_; }
    // Takes what another partition sent here in the window before.
    void take_mail(Mailbox& mail);
    // Runs all events with time < bound; writes to the outboxes of `side`.
    void run(SimTime bound, int side);
    // Forgets events and records and sets the clock: before a snapshot is loaded.
    void reset(SimTime now);

    Mailbox& outbox(int side, std::size_t to) {
        return outbox_[static_cast<std::size_t>(side)][to];
    }
    // Partitions whose outboxes of `side` hold something.
    std::vector<std::uint16_t>& written(int side) {
        return written_[static_cast<std::size_t>(side)];
    }
    // Records for sinks, ascending in time.
    std::vector<Record>& merged_records() { return merged_records_; }
    std::uint64_t event_count() const { return event_count_; }
    std::uint64_t decision_count() const { return decision_count_; }
    std::uint64_t message_count() const { return message_count_; }

  private:
    friend class Context;
    void flush_decisions();
    void push_event(EntityId to, SimTime at, std::uint16_t kind, std::uint64_t payload,
                    std::uint16_t aux, EntityId sender);
    void push_wake(EntityId owner, SimTime at);
    void append_log(LogId log, SimTime visible, std::int64_t value);
    Mailbox& mail_to(std::uint16_t target, std::int64_t time_us);
    [[noreturn]] void report_breach(EntityId sender, EntityId to, std::uint16_t kind,
                                    SimTime at) const;
    [[noreturn]] void report_unknown(EntityId sender, EntityId to, std::uint16_t kind) const;
    [[noreturn]] void report_tie(const Event& event) const;

    Wiring& wiring_;
    std::uint16_t index_;
    int side_ = 0;
    EventQueue queue_;
    std::array<std::vector<Mailbox>, 2> outbox_;
    std::array<std::vector<std::uint16_t>, 2> written_;
    std::vector<std::uint32_t> pending_decisions_;
    bool deciding_ = false;
    std::vector<Record> merged_records_;
    Context context_;
    std::uint64_t event_count_ = 0;
    std::uint64_t decision_count_ = 0;
    std::uint64_t message_count_ = 0;
};

}  // namespace jiahe::kernel
