// System: what a city is made of, as the kernel sees it. The kernel knows no word of cities.
//
// A system owns a range of owners (EntityId = system | index 0..owner_count-1). Everything between
// owners travels over a declared channel with a minimum delay. Lifecycle: constructed with its
// share of the City; then, in this order, the kernel calls channels(), allocate(), start() once,
// and handle()/decide() and the epoch functions for ever after. handle() and decide() of different
// owners run on any thread; those of one owner never overlap.
//
// Invariants a system keeps: 1. a handler touches only its owner's rows; 2. decide() called at a
// time when nothing can change, changes nothing; 3. nothing depends on a window's edge, a thread or
// a partition; 4. no allocation in handlers in steady state.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "kernel/delayed_log.h"
#include "kernel/event.h"
#include "kernel/record.h"
#include "kernel/state_store.h"

namespace jiahe::kernel {

class Context;
class EpochContext;

// A channel lets `from` send to `to` with at least `min_delay`. Channels under the least delay that
// may be cut (1 s, unless the simulator's options say otherwise) keep both owners in one partition.
struct Channel {
    EntityId from;
    EntityId to;
    SimTime min_delay;
};

// From any owner of one system to any of another, or of its own.
struct OpenChannel {
    SystemId from;
    SystemId to;
    SimTime min_delay;
};

// What a system or coupling declares before the run.
class ChannelList {
  public:
    void add(EntityId from, EntityId to, SimTime min_delay);
    // A delayed log is a channel from writer to reader too.
    LogId add_log(const LogSpec& spec);
    // Any owner of `from` may send to any of `to`, which may be the same system.
    void add_open(SystemId from, SystemId to, SimTime min_delay);
    const std::vector<Channel>& channels() const { return channels_; }
    const std::vector<OpenChannel>& open_channels() const { return open_channels_; }

  private:
    friend class Simulator;
    explicit ChannelList(DelayedLogs& logs) : logs_(logs) {}
    DelayedLogs& logs_;
    std::vector<Channel> channels_;
    std::vector<OpenChannel> open_channels_;
};

// Epochs at first, first + period, ... (period >= 1 s).
struct EpochPlan {
    SimTime first;
    SimTime period;
};

// Where pending events wait; never shows in results. kAutomatic: calendar or windows, from the
// load. kWindows: owner by owner wherever a partition's channels leave a window.
enum class QueueChoice : std::uint8_t { kAutomatic, kHeap, kCalendar, kWindows };

class System {
  public:
    virtual ~System() = default;
    virtual std::string_view name() const = 0;
    virtual std::uint32_t owner_count() const = 0;
    // Expected events of an owner, for the partitioner; any positive scale within one system's
    // neighbours.
    virtual double owner_weight(std::uint32_t /*owner*/) const { return 1; }
    virtual void channels(ChannelList& /*list*/) {}
    virtual void allocate(StateStore& store) = 0;
    // Posts the first events.
    virtual void start(EpochContext& epoch) = 0;

    virtual void handle(Context& context, const Event& event) = 0;
    // Called once per instant after all facts of that instant, where a handler asked for it or a
    // wake fell due.
    virtual void decide(Context& /*context*/, std::uint32_t /*owner*/) {}

    // Kinds of events that carry the load may be taken many at a time. The kernel then may call
    // handle_batch() instead of handle(): owners one after another, each owner's events in order,
    // turned to by context.turn_to(). REQUIRES of such a kind: it asks for no decision, and
    // schedules its own owner no sooner than batch_delay(); handle() does the same.
    virtual bool batches(std::uint8_t /*own_kind*/) const { return false; }
    virtual SimTime batch_delay() const { return kTick; }
    virtual void handle_batch(Context& context, std::span<const Event> events);

    // Kinds of events that may be called off. A pending event costs nothing to cancel: the owner
    // changes its version, and the event, which carries the old one in `aux`, is dropped at its
    // time as if it had never been: not handled, not counted, no clock moved. May read the owner's
    // rows only.
    virtual bool may_be_cancelled(std::uint8_t /*own_kind*/) const { return false; }
    virtual bool is_cancelled(const Event& /*event*/) const { return false; }

    // Hints that `event` will soon be handled, first from afar, then nearer: a chance to prefetch
    // its rows. May read (when near) only what travels with the event.
    virtual void prefetch(const Event& /*event*/, bool /*near*/) const {}

    virtual std::vector<EpochPlan> epochs() const { return {}; }
    // Owners write their fields from their own state.
    virtual void publish(std::size_t /*plan*/, EpochContext& /*epoch*/) {}
    // Pure functions of fields, in id order.
    virtual void reduce(std::size_t /*plan*/, EpochContext& /*epoch*/) {}
    // Posts act events at the epoch's time (or later facts), each to its owner.
    virtual void act(std::size_t /*plan*/, EpochContext& /*epoch*/) {}

    SystemId id() const { return id_; }
    EntityId entity(std::uint32_t owner) const { return {id_, owner}; }

  private:
    friend class Simulator;
    SystemId id_ = 0;
};

}  // namespace jiahe::kernel
