#include "kernel/delayed_log.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "kernel/context.h"
#include "support/scripted_system.h"

namespace jiahe::kernel {
namespace {

constexpr SimTime s(std::int64_t seconds) {
    return whole_seconds(seconds);
}

struct OneLog {
    explicit OneLog(std::uint32_t capacity) {
        id = logs.add({EntityId(0, 0), EntityId(0, 1), capacity, kTick});
        logs.allocate(store);
    }
    StateStore store;
    DelayedLogs logs;
    LogId id;
};

}  // namespace

TEST_CASE("a reader sees an entry from its time on, not before") {
    OneLog log(4);
    CHECK(log.logs.visible_value(log.id, s(1)) == 0);
    log.logs.push(log.id, s(5), 3, s(1));
    CHECK(log.logs.visible_value(log.id, {s(5).us - 1}) == 0);
    CHECK(log.logs.visible_value(log.id, s(5)) == 3);
    CHECK(log.logs.visible_value(log.id, s(9)) == 3);
}

TEST_CASE("a ring of four carries a thousand entries") {
    OneLog log(4);
    for (int k = 1; k <= 1000; ++k) {
        log.logs.push(log.id, s(k + 3), k, s(k));
        CHECK(log.logs.visible_value(log.id, s(k)) == std::max(0, k - 3));
    }
}

TEST_CASE("a full ring drops what its reader can see and refuses what it cannot hold") {
    OneLog log(2);
    log.logs.push(log.id, s(5), 1, s(1));
    log.logs.push(log.id, s(6), 2, s(1));
    CHECK_THROWS_AS(log.logs.push(log.id, s(7), 3, s(4)), InternalError);
    log.logs.push(log.id, s(7), 3, s(5));
    CHECK(log.logs.visible_value(log.id, s(5)) == 1);
    CHECK(log.logs.visible_value(log.id, s(7)) == 3);
}

TEST_CASE("times in a log are kept monotone") {
    OneLog log(4);
    log.logs.push(log.id, s(9), 1, s(1));
    log.logs.push(log.id, s(5), 2, s(1));
    CHECK(log.logs.visible_value(log.id, s(8)) == 0);
    CHECK(log.logs.visible_value(log.id, s(9)) == 2);
}

TEST_CASE("a waiter is woken when its entry is written, or at once where it was") {
    OneLog log(8);
    log.logs.push(log.id, s(5), 2, s(1));
    CHECK(log.logs.wait_for(log.id, 2) == s(5));
    CHECK(log.logs.wait_for(log.id, 2) == kNever);  // handed out already
    CHECK(log.logs.wait_for(log.id, 4) == kNever);  // not written yet
    CHECK(log.logs.push(log.id, s(6), 3, s(1)) == kNever);
    CHECK(log.logs.push(log.id, s(7), 4, s(1)) == s(7));
    CHECK(log.logs.push(log.id, s(8), 5, s(1)) == kNever);  // nobody waits any more
}

TEST_CASE("of two thresholds waited for, neither is forgotten") {
    OneLog log(8);
    CHECK(log.logs.wait_for(log.id, 3) == kNever);
    CHECK(log.logs.wait_for(log.id, 5) == kNever);
    CHECK(log.logs.push(log.id, s(5), 2, s(1)) == kNever);
    CHECK(log.logs.push(log.id, s(6), 3, s(1)) == s(6));
    CHECK(log.logs.push(log.id, s(7), 5, s(1)) == s(7));
    CHECK(log.logs.push(log.id, s(8), 6, s(1)) == kNever);
}

TEST_CASE("the hash of a log does not tell how far its reader has consumed") {
    OneLog a(4), b(4);
    for (OneLog* log : {&a, &b}) {
        log->logs.push(log->id, s(5), 1, s(1));
        log->logs.push(log->id, s(6), 2, s(1));
        log->logs.push(log->id, s(9), 3, s(1));
    }
    a.logs.visible_value(a.id, s(6));
    a.logs.wait_for(a.id, 7);
    CHECK(a.logs.hash(s(8)) == b.logs.hash(s(8)));
    b.logs.push(b.id, s(10), 4, s(1));
    CHECK_FALSE(a.logs.hash(s(8)) == b.logs.hash(s(8)));
}

TEST_CASE("a log needs room and a delay") {
    DelayedLogs logs;
    CHECK_THROWS_AS(logs.add({EntityId(0, 0), EntityId(0, 1), 0, s(1)}), InternalError);
    CHECK_THROWS_AS(logs.add({EntityId(0, 0), EntityId(0, 1), 1, {}}), InternalError);
}

// Owner 0 writes k at time 2k s, visible 3 s later: k is seen from 2k + 3 s on. Owner 1 waits for
// 2, then for 3, asked at `asks_at` and at each wake. Expected wakes: 7 s (or now, where seen), 9
// s.
TEST_CASE("a reader is woken when the value comes into sight, in one partition or two") {
    for (const int partitions : {1, 2}) {
        for (const std::int64_t asks_at : {1, 3, 5, 6}) {
            CAPTURE(partitions);
            CAPTURE(asks_at);
            ScriptedSystem system(2);
            LogId log;
            std::vector<std::int64_t> wakes;
            std::int64_t wanted = 2;
            const auto ask = [&](Context& context) {
                while (wanted <= 3 && context.visible_value(log) >= wanted) {
                    wakes.push_back(context.now().us / kMicrosPerSecond);
                    ++wanted;
                }
                if (wanted <= 3) context.wake_when(log, wanted);
            };
            system.on_channels = [&](ChannelList& list) {
                log = list.add_log({system.entity(0), system.entity(1), 8, s(3)});
            };
            system.on_start = [&](EpochContext& epoch) {
                for (int k = 1; k <= 5; ++k) {
                    epoch.post(system.entity(0), s(2 * k), 0, static_cast<std::uint64_t>(k));
                }
                epoch.post(system.entity(1), s(asks_at), 1);
            };
            system.on_handle = [&](Context& context, const Event& event) {
                if (event.own_kind() == 0) {
                    context.append(log, context.now() + s(3), event.payload_int());
                } else {
                    ask(context);
                }
            };
            system.on_decide = [&](Context& context, std::uint32_t) { ask(context); };
            Simulator simulator({.partitions = partitions});
            simulator.add_system(system);
            simulator.build();
            CHECK(simulator.partition_count() == partitions);
            simulator.run_until(s(20));
            CHECK(wakes == std::vector<std::int64_t>{7, 9});
        }
    }
}

TEST_CASE("an entry below its log's delay and a wait for what is visible are errors of the model") {
    ScriptedSystem system(2);
    LogId log;
    bool wait = false;
    system.on_channels = [&](ChannelList& list) {
        log = list.add_log({system.entity(0), system.entity(1), 8, s(3)});
    };
    system.on_start = [&](EpochContext& epoch) {
        epoch.post(system.entity(wait ? 1 : 0), s(1), 0);
    };
    system.on_handle = [&](Context& context, const Event&) {
        if (wait) {
            context.wake_when(log, 0);
        } else {
            context.append(log, context.now() + s(2), 1);
        }
    };
    for (const bool wait_instead : {false, true}) {
        wait = wait_instead;
        Simulator simulator({});
        simulator.add_system(system);
        simulator.build();
        CHECK_THROWS_AS(simulator.run_until(s(5)), InternalError);
    }
}

}  // namespace jiahe::kernel
