// Context: a handler's only door. No clock, no global, no file, no print.
//
// One Context a partition, lent to handle(), decide() and record listeners; it names the owner
// whose turn it is. EpochContext is the same door at an epoch, when everything stands still.
//
// Rules: send() reaches another owner over a declared channel with at least its delay, schedule()
// the owner itself, strictly later; what is to happen at this very instant after all facts is asked
// for with request_decision(). Cost: a few ns a call, no allocation in steady state.
#pragma once

#include <cstdint>
#include <functional>

#include "base/random.h"
#include "kernel/event.h"
#include "kernel/record.h"
#include "kernel/system.h"

namespace jiahe::kernel {

class Partition;
class Simulator;

class Context {
  public:
    SimTime now() const { return now_; }
    EntityId self() const { return self_; }
    // In handle_batch(): from here on in the name of this event's owner, at its time.
    void turn_to(const Event& event) {
        now_ = event.time();
        self_ = event.owner();
    }

    // A fact for the owner itself. REQUIRES: at > now.
    void schedule(SimTime at, std::uint8_t own_kind, std::uint64_t payload = 0,
                  std::uint16_t aux = 0);
    // A fact for another owner (of any system). REQUIRES: at >= now + the channel's delay.
    void send(EntityId to, SimTime at, std::uint8_t own_kind, std::uint64_t payload = 0,
              std::uint16_t aux = 0);
    // decide() for this owner at the end of this instant.
    void request_decision();
    // decide() for this owner at a later time. REQUIRES: at > now.
    void wake_at(SimTime at);

    // Writer of a delayed log. REQUIRES: visible >= now + the log's min_delay; values ascend.
    void append(LogId log, SimTime visible, std::int64_t value);
    // Reader: largest visible value, 0 before the first.
    std::int64_t visible_value(LogId log);
    // Reader: wake this owner when the value reaches `threshold`.
    void wake_when(LogId log, std::int64_t threshold);

    // Is anybody listening? Lets a handler skip the making of a record.
    bool listening(std::uint8_t own_record_kind) const;
    // Tells what has happened; entity and time are filled in.
    void record(std::uint8_t own_record_kind, std::uint32_t a = 0, std::int64_t b = 0,
                std::int64_t c = 0, std::uint16_t aux = 0);

    // The named draws of (seed, purpose, entity, occasion).
    Draw draw(Purpose purpose, std::uint64_t entity, std::uint64_t occasion) const {
        return {seed_, purpose, entity, occasion};
    }
    // The first half of their name, for an owner that keeps it (base/random.h).
    DrawName draw_name(Purpose purpose, std::uint64_t entity) const {
        return {seed_, purpose, entity};
    }

  private:
    friend class Partition;
    Context(Partition& partition, std::uint64_t seed) : partition_(partition), seed_(seed) {}
    Partition& partition_;
    std::uint64_t seed_;
    SimTime now_;
    EntityId self_;
};

class EpochContext {
  public:
    SimTime now() const { return now_; }
    // An event for an owner: an act where at == now, a fact where at > now. Single-threaded.
    void post(EntityId to, SimTime at, std::uint8_t own_kind, std::uint64_t payload = 0,
              std::uint16_t aux = 0);
    // Calls body(begin, end) over [0, count) on the run's threads, in chunks of at most `grain`.
    // The body must write only to slots of its own range.
    void parallel_for(std::size_t count, std::size_t grain,
                      const std::function<void(std::size_t, std::size_t)>& body);
    Draw draw(Purpose purpose, std::uint64_t entity, std::uint64_t occasion) const {
        return {seed_, purpose, entity, occasion};
    }
    DrawName draw_name(Purpose purpose, std::uint64_t entity) const {
        return {seed_, purpose, entity};
    }

  private:
    friend class Simulator;
    EpochContext(Simulator& simulator, SystemId system, SimTime now, std::uint64_t seed)
        : simulator_(simulator), seed_(seed), now_(now), system_(system) {}
    Simulator& simulator_;
    std::uint64_t seed_;
    SimTime now_;
    SystemId system_;
};

}  // namespace jiahe::kernel
