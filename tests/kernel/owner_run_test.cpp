// Owner by owner inside windows: what an owner sees is what it sees in the order of time.
#include <doctest/doctest.h>

#include <map>
#include <tuple>

#include "base/error.h"
#include "support/scripted_system.h"

namespace jiahe::kernel {
namespace {

constexpr SimTime s(std::int64_t seconds) {
    return whole_seconds(seconds);
}
// Per owner: (time in s, what, kind).
using Story = std::map<std::uint32_t, std::vector<std::tuple<std::int64_t, char, int>>>;

void note(Story& story, const Context& context, char what, int kind) {
    story[context.self().index()].emplace_back(context.now().us / kMicrosPerSecond, what, kind);
}

// A ring of owners joined by channels of 10 s, each of which schedules itself within them.
class Ring : public ScriptedSystem {
  public:
    static constexpr std::uint32_t kOwners = 6;
    Ring() : ScriptedSystem(kOwners) {
        on_channels = [this](ChannelList& list) {
            for (std::uint32_t i = 0; i < kOwners; ++i)
                list.add(entity(i), entity((i + 1) % kOwners), s(10));
        };
        on_start = [this](EpochContext& epoch) {
            for (std::uint32_t i = 0; i < kOwners; ++i)
                epoch.post(entity(i), s(1 + i % 3), 0, 3);
        };
        on_handle = [this](Context& context, const Event& event) {
            note(story, context, 'h', event.own_kind());
            const std::uint32_t next = (event.owner_index() + 1) % kOwners;
            if (event.own_kind() == 0) {
                context.schedule(context.now() + s(2), 1);
                context.schedule(context.now() + s(2), 2);
                context.wake_at(context.now() + s(1));
                context.send(entity(next), context.now() + s(10), 0);
            } else {
                context.request_decision();
            }
        };
        on_decide = [this](Context& context, std::uint32_t) { note(story, context, 'd', 0); };
    }
    Story story;
};

Story story_of(QueueChoice queue, int partitions) {
    Ring ring;
    Simulator simulator({.partitions = partitions, .queue = queue});
    simulator.add_system(ring);
    simulator.build();
    simulator.run_until(s(15));
    simulator.run_until(s(100));
    return ring.story;
}

}  // namespace

TEST_CASE("facts an owner schedules for itself within a window, wakes and decisions keep order") {
    const Story expected = story_of(QueueChoice::kHeap, 1);
    REQUIRE(expected.size() == Ring::kOwners);
    // Owner 0 starts at 1 s: wake at 2 s, two facts and one decision at 3 s.
    const Story::mapped_type begin(expected.at(0).begin(), expected.at(0).begin() + 5);
    CHECK(begin ==
          Story::mapped_type{{1, 'h', 0}, {2, 'd', 0}, {3, 'h', 1}, {3, 'h', 2}, {3, 'd', 0}});
    for (const QueueChoice queue :
         {QueueChoice::kCalendar, QueueChoice::kWindows, QueueChoice::kAutomatic}) {
        for (const int partitions : {1, 2, 6})
            CHECK(story_of(queue, partitions) == expected);
    }
}

TEST_CASE("a message that would reach another owner within the window is caught") {
    for (const SimTime delay : {s(10), SimTime{300'000}}) {
        ScriptedSystem system(2);
        system.on_channels = [&](ChannelList& list) {
            list.add(system.entity(0), system.entity(1), s(10));
        };
        system.on_start = [&](EpochContext& epoch) { epoch.post(system.entity(0), s(5), 0); };
        system.on_handle = [&](Context& context, const Event& event) {
            if (event.owner_index() == 0) context.send(system.entity(1), context.now() + delay, 0);
        };
        Simulator simulator({.partitions = 1, .queue = QueueChoice::kWindows});
        simulator.add_system(system);
        simulator.build();
        if (delay >= s(10)) {
            CHECK_NOTHROW(simulator.run_until(s(30)));
        } else {
            CHECK_THROWS_WITH_AS(simulator.run_until(s(30)),
                                 doctest::Contains("below its channel's delay"), InternalError);
        }
    }
}

namespace {

// Kind 1 is taken many at a time, kind 2 is not; every owner gets both, some only 1.
class Mixed : public ScriptedSystem {
  public:
    static constexpr std::uint32_t kOwners = 40;
    explicit Mixed(SimTime own_delay) : ScriptedSystem(kOwners), own_delay_(own_delay) {
        on_start = [this](EpochContext& epoch) {
            for (std::uint32_t i = 0; i < 4 * kOwners; ++i) {
                const int kind = i % 7 == 0 ? 2 : 1;
                epoch.post(entity(i % kOwners), s(1 + i % 5), static_cast<std::uint8_t>(kind));
            }
        };
        on_handle = [this](Context& context, const Event& event) { take(context, event); };
    }
    bool batches(std::uint8_t own_kind) const override { return own_kind == 1; }
    SimTime batch_delay() const override { return s(6); }
    void handle_batch(Context& context, std::span<const Event> events) override {
        ++batches_made;
        for (const Event& event : events) {
            CHECK(event.own_kind() == 1);
            context.turn_to(event);
            take(context, event);
        }
    }
    void take(Context& context, const Event& event) {
        note(story, context, 'h', event.own_kind());
        context.schedule(context.now() + own_delay_, event.own_kind());
    }
    Story story;
    int batches_made = 0;

  private:
    SimTime own_delay_;
};

}  // namespace

TEST_CASE("batched kinds are taken together but where their owner has another kind between") {
    Mixed one(s(7)), many(s(7));
    for (Mixed* system : {&one, &many}) {
        Simulator simulator({.queue = system == &one ? QueueChoice::kHeap : QueueChoice::kWindows});
        simulator.add_system(*system);
        simulator.build();
        simulator.run_until(s(60));
        CHECK(simulator.counters().events > 1000);
    }
    CHECK(one.batches_made == 0);
    CHECK(many.batches_made > 0);
    CHECK(one.story == many.story);
}

TEST_CASE("a batched kind that schedules its owner sooner than it promised is caught") {
    Mixed hasty(s(2));
    Simulator simulator({.queue = QueueChoice::kWindows});
    simulator.add_system(hasty);
    simulator.build();
    CHECK_THROWS_WITH_AS(simulator.run_until(s(60)), doctest::Contains("batch_delay"),
                         InternalError);
}

namespace {

// Owners set a timer of 5 s at each of their ticks, a second apart: only the last one rings.
class Timers : public ScriptedSystem {
  public:
    enum Kind : std::uint8_t { kTick, kRing };
    Timers() : ScriptedSystem(5, "timers") {
        on_allocate = [this](StateStore& store) {
            version = store.create<std::uint16_t>("timers.version", 5);
        };
        on_start = [this](EpochContext& epoch) {
            for (std::uint32_t i = 0; i < 5; ++i)
                epoch.post(entity(i), s(1 + i), kTick);
        };
        on_handle = [this](Context& context, const Event& event) {
            note(story, context, 'h', event.own_kind());
            if (event.own_kind() == kRing) return;
            const std::uint16_t valid = ++version[event.owner_index()];
            context.schedule(context.now() + s(5), kRing, 0, valid);
            if (context.now() < s(50)) context.schedule(context.now() + s(1), kTick);
        };
    }
    bool may_be_cancelled(std::uint8_t own_kind) const override { return own_kind == kRing; }
    bool is_cancelled(const Event& event) const override {
        return event.aux != version[event.owner_index()];
    }
    StateArray<std::uint16_t> version;
    Story story;
};

}  // namespace

TEST_CASE("a cancelled event is dropped at its time: not handled, not counted") {
    for (const QueueChoice queue :
         {QueueChoice::kHeap, QueueChoice::kCalendar, QueueChoice::kWindows}) {
        Timers timers;
        Simulator simulator({.queue = queue});
        simulator.add_system(timers);
        simulator.add_channel(timers.entity(0), timers.entity(1), s(3));
        simulator.build();
        simulator.run_until(s(100));
        for (std::uint32_t i = 0; i < 5; ++i) {
            // Ticks at 1 + i, 2 + i, ... 50 s; the last sets the timer that rings at 55 s.
            CHECK(timers.story[i].size() == 51 - i);
            CHECK(timers.story[i].back() == std::tuple{std::int64_t{55}, 'h', int{Timers::kRing}});
        }
        CHECK(simulator.counters().events == 5 * 51 - (0 + 1 + 2 + 3 + 4));
    }
}

}  // namespace jiahe::kernel
