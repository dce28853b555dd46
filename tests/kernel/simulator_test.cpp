#include "kernel/simulator.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/error.h"
#include "support/scripted_system.h"
#include "support/toy_tokens.h"

namespace jiahe::kernel {
namespace {

constexpr SimTime s(std::int64_t seconds) {
    return whole_seconds(seconds);
}
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("unfit options are refused as input") {
    CHECK_THROWS_AS(Simulator({.threads = 0}), InputError);
    CHECK_THROWS_AS(Simulator({.threads = 100'000}), InputError);
    CHECK_THROWS_AS(Simulator({.partitions = -1}), InputError);
    CHECK_THROWS_AS(Simulator({.partitions = 100'000}), InputError);
    CHECK_NOTHROW(Simulator({.threads = 8, .partitions = 1024}));
}

TEST_CASE("a run comes after build, and build comes once") {
    ScriptedSystem system(1);
    Simulator simulator({});
    simulator.add_system(system);
    CHECK_THROWS_AS(simulator.run_until(s(1)), InternalError);
    simulator.build();
    CHECK_THROWS_AS(simulator.build(), InternalError);
    CHECK_THROWS_AS(simulator.add_system(system), InternalError);
}

TEST_CASE("no systems, no owners and no events make a run of nothing") {
    Simulator empty({.threads = 2});
    empty.build();
    CHECK(empty.run_until(hours(24)));
    CHECK(empty.now() == hours(24));
    ScriptedSystem nobody(0);
    Simulator simulator({.threads = 2, .partitions = 3});
    simulator.add_system(nobody);
    simulator.build();
    CHECK(simulator.run_until(hours(24)));
    CHECK(simulator.counters().events == 0);
}

TEST_CASE("an epoch publishes in all systems, then reduces, then acts") {
    Lines lines;
    ScriptedSystem a(1, "a"), b(1, "b");
    for (ScriptedSystem* system : {&a, &b}) {
        system->plans = {{s(10), s(20)}, {s(30), s(20)}};
        const auto note = [&lines, system](const char* what) {
            return [&lines, system, what](std::size_t plan, EpochContext& epoch) {
                lines.push_back(fmt::format("{} {} {} at {}", system->name(), what, plan,
                                            epoch.now().us / kMicrosPerSecond));
            };
        };
        system->on_publish = note("publish");
        system->on_reduce = note("reduce");
        system->on_act = note("act");
    }
    b.plans.pop_back();
    Simulator simulator({});
    simulator.add_system(a);
    simulator.add_system(b);
    simulator.build();
    simulator.run_until(s(30));
    CHECK(lines == Lines{"a publish 0 at 10", "b publish 0 at 10", "a reduce 0 at 10",
                         "b reduce 0 at 10", "a act 0 at 10", "b act 0 at 10"});
    lines.clear();
    simulator.run_until(s(31));
    CHECK(lines == Lines{"a publish 0 at 30", "a publish 1 at 30", "b publish 0 at 30",
                         "a reduce 0 at 30", "a reduce 1 at 30", "b reduce 0 at 30",
                         "a act 0 at 30", "a act 1 at 30", "b act 0 at 30"});
    CHECK(simulator.counters().epochs == 2);
}

TEST_CASE("an epoch stands after all events before it and before all at it") {
    for (const int partitions : {1, 4}) {
        ScriptedSystem system(4);
        StateArray<std::int64_t> seen;
        std::vector<std::int64_t> published;
        system.on_allocate = [&](StateStore& store) {
            seen = store.create<std::int64_t>("seen", 4);
        };
        system.on_start = [&](EpochContext& epoch) {
            for (std::uint32_t owner = 0; owner < 4; ++owner) {
                epoch.post(system.entity(owner), {s(10).us - 1}, 0);
                epoch.post(system.entity(owner), s(10), 0);
            }
        };
        system.on_handle = [&](Context&, const Event& event) { ++seen[event.owner_index()]; };
        system.plans = {{s(10), s(100)}};
        system.on_publish = [&](std::size_t, EpochContext&) {
            published.assign(seen.begin(), seen.end());
        };
        Simulator simulator({.partitions = partitions});
        simulator.add_system(system);
        simulator.build();
        simulator.run_until(s(20));
        CHECK(published == std::vector<std::int64_t>{1, 1, 1, 1});
        CHECK(std::vector<std::int64_t>(seen.begin(), seen.end()) ==
              std::vector<std::int64_t>{2, 2, 2, 2});
    }
}

TEST_CASE("epochs lie at least a second apart") {
    ScriptedSystem system(1);
    system.plans = {{{}, {999'999}}};
    Simulator simulator({});
    simulator.add_system(system);
    CHECK_THROWS_AS(simulator.build(), InternalError);
}

TEST_CASE("keep_going is asked at each epoch and at the end, and stops the run there") {
    ScriptedSystem system(1);
    system.plans = {{s(10), s(10)}};
    Simulator simulator({});
    simulator.add_system(system);
    simulator.build();
    std::vector<std::int64_t> asked;
    const auto until_30 = [&](SimTime now) {
        asked.push_back(now.us / kMicrosPerSecond);
        return now < s(30);
    };
    CHECK_FALSE(simulator.run_until(s(35), until_30));
    CHECK(simulator.now() == s(30));
    CHECK(simulator.run_until(s(35), [&](SimTime) { return true; }));
    CHECK(simulator.now() == s(35));
    CHECK(asked == std::vector<std::int64_t>{10, 20, 30});
}

TEST_CASE("an error in a handler reaches the caller from any thread") {
    for (const int threads : {1, 4}) {
        ScriptedSystem system(64);
        system.on_start = [&](EpochContext& epoch) {
            for (std::uint32_t owner = 0; owner < 64; ++owner) {
                for (int i = 1; i < 1000; ++i)
                    epoch.post(system.entity(owner), s(i), 0);
            }
        };
        system.on_handle = [](Context& context, const Event& event) {
            JIAHE_CHECK(context.now() < s(500) || event.owner_index() != 33, "thirty-three");
        };
        system.plans = {{s(100), s(100)}};
        Simulator simulator({.threads = threads, .partitions = 16, .parallel_events_min = 0});
        simulator.add_system(system);
        simulator.build();
        CHECK_THROWS_AS(simulator.run_until(s(1000)), InternalError);
        // What the others did by then depends on threads: neither continued nor saved.
        CHECK_THROWS_AS(simulator.run_until(s(1000)), InternalError);
        CHECK_THROWS_AS(simulator.save("/nonexistent/a", ""), InternalError);
    }
}

TEST_CASE("an epoch's parallel loop covers its range once, in chunks of at most the grain") {
    ScriptedSystem system(1);
    std::vector<int> touched(1003, 0);
    std::size_t longest = 0;
    system.plans = {{{}, s(100)}};
    system.on_publish = [&](std::size_t, EpochContext& epoch) {
        epoch.parallel_for(0, 10, [&](std::size_t, std::size_t) { longest = 999; });
        epoch.parallel_for(touched.size(), 100, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                ++touched[i];
            if (begin == 0) longest = std::max(longest, end);
        });
    };
    Simulator simulator({.threads = 4});
    simulator.add_system(system);
    simulator.build();
    simulator.run_until(s(1));
    CHECK(touched == std::vector<int>(1003, 1));
    CHECK(longest == 100);
}

TEST_CASE("the state hash sees rows and pending facts, but no wakes and no derived rows") {
    const auto hash = [](bool wake, bool fact, std::int64_t row, std::int64_t derived) {
        ScriptedSystem system(1);
        StateArray<std::int64_t> rows, other;
        system.on_allocate = [&](StateStore& store) {
            rows = store.create<std::int64_t>("rows", 1);
            other = store.create<std::int64_t>("derived", 1, HashRole::kDerived);
        };
        system.on_start = [&](EpochContext& epoch) { epoch.post(system.entity(0), s(1), 0); };
        system.on_handle = [&](Context& context, const Event&) {
            rows[0] = row;
            other[0] = derived;
            if (wake) context.wake_at(s(9));
            if (fact) context.schedule(s(9), 0);
        };
        Simulator simulator({});
        simulator.add_system(system);
        simulator.build();
        simulator.run_until(s(5));
        return simulator.state_hash().to_hex();
    };
    const std::string base = hash(false, false, 1, 1);
    CHECK(hash(true, false, 1, 2) == base);
    CHECK(hash(false, true, 1, 1) != base);
    CHECK(hash(false, false, 2, 1) != base);
}

TEST_CASE("tokens are conserved and every move is heard by listener and sink") {
    for (const int partitions : {1, 16}) {
        Simulator simulator({.threads = 2, .partitions = partitions, .parallel_events_min = 0});
        toys::TokenCity city(simulator);
        simulator.build();
        simulator.run_until(s(2000));
        CHECK(city.ring.injected() == 150);
        CHECK(city.ring.not_moved_yet() + city.ring.on_ways() == 150);
        CHECK(city.ring.moved() > 2000);
        CHECK(city.digest.row().records == city.ring.moved());
        CHECK(city.meter.heard() <= city.ring.moved());
        CHECK(city.meter.heard() + 100 > city.ring.moved());  // those of the last two seconds lack
    }
}

TEST_CASE("counters tell events, windows and messages") {
    Simulator one({.partitions = 1}), many({.partitions = 8});
    toys::TokenCity city_one(one), city_many(many);
    one.build();
    many.build();
    one.run_until(s(300));
    many.run_until(s(300));
    CHECK(one.counters().events == many.counters().events);
    CHECK(one.counters().messages == 0);
    CHECK(many.counters().messages > 0);
    CHECK(many.counters().windows > one.counters().windows);
    CHECK(one.smallest_lookahead() == kNever);
    CHECK(many.smallest_lookahead() >= s(1));
    CHECK(one.bytes_in_use() > 0);
}

}  // namespace jiahe::kernel
