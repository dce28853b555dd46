// What happens at one instant: acts, then facts, then decisions; and who may ask for what.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include "base/error.h"
#include "kernel/partition.h"
#include "support/scripted_system.h"

namespace jiahe::kernel {
namespace {

constexpr SimTime s(std::int64_t seconds) {
    return whole_seconds(seconds);
}
using Lines = std::vector<std::string>;

// Runs one scripted system up to `until` and returns what its handlers wrote down.
struct Stage {
    explicit Stage(std::uint32_t owners) : system(owners) {
        system.on_handle = [this](Context& context, const Event& event) {
            note(context, event.phase() == Phase::kAct ? "act" : "fact", event.own_kind());
        };
        system.on_decide = [this](Context& context, std::uint32_t) { note(context, "decide", 0); };
    }
    void note(const Context& context, const char* what, int kind) {
        lines.push_back(fmt::format("{} {} of {} at {}", what, kind, context.self().index(),
                                    context.now().us / kMicrosPerSecond));
    }
    Lines run(SimTime until, int partitions = 1) {
        lines.clear();
        Simulator simulator({.partitions = partitions});
        simulator.add_system(system);
        simulator.build();
        simulator.run_until(until);
        return lines;
    }
    ScriptedSystem system;
    Lines lines;
};

}  // namespace

TEST_CASE("an owner takes in all facts of an instant and then decides once") {
    Stage stage(2);
    stage.system.on_start = [&](EpochContext& epoch) {
        for (const std::uint32_t owner : {1, 0}) {
            epoch.post(stage.system.entity(owner), s(5), 2);
            epoch.post(stage.system.entity(owner), s(5), 1);
            epoch.post(stage.system.entity(owner), s(5), 1);
        }
    };
    stage.system.on_handle = [&](Context& context, const Event& event) {
        stage.note(context, "fact", event.own_kind());
        context.request_decision();
    };
    CHECK(stage.run(s(9)) == Lines{"fact 1 of 0 at 5", "fact 1 of 0 at 5", "fact 1 of 1 at 5",
                                   "fact 1 of 1 at 5", "fact 2 of 0 at 5", "fact 2 of 1 at 5",
                                   "decide 0 of 0 at 5", "decide 0 of 1 at 5"});
}

TEST_CASE("no decision is made where nobody asks") {
    Stage stage(1);
    stage.system.on_start = [&](EpochContext& epoch) {
        epoch.post(stage.system.entity(0), s(5), 1);
    };
    CHECK(stage.run(s(9)) == Lines{"fact 1 of 0 at 5"});
}

TEST_CASE(
    "a wake decides at its time, once however often it was asked for, after that time's facts") {
    Stage stage(1);
    stage.system.on_start = [&](EpochContext& epoch) {
        epoch.post(stage.system.entity(0), s(1), 1);
        epoch.post(stage.system.entity(0), s(4), 2);
    };
    stage.system.on_handle = [&](Context& context, const Event& event) {
        stage.note(context, "fact", event.own_kind());
        if (event.own_kind() == 1) {
            for (int i = 0; i < 3; ++i)
                context.wake_at(s(4));
        }
        context.request_decision();
    };
    CHECK(stage.run(s(9)) == Lines{"fact 1 of 0 at 1", "decide 0 of 0 at 1", "fact 2 of 0 at 4",
                                   "decide 0 of 0 at 4"});
}

TEST_CASE("the last decision of a run is made before it ends") {
    Stage stage(1);
    stage.system.on_start = [&](EpochContext& epoch) {
        epoch.post(stage.system.entity(0), {s(5).us - 1}, 1);
    };
    stage.system.on_handle = [&](Context& context, const Event&) { context.request_decision(); };
    CHECK(stage.run(s(5)) == Lines{"decide 0 of 0 at 4"});
}

TEST_CASE("events at the end of a run belong to the next one") {
    Stage stage(1);
    stage.system.on_start = [&](EpochContext& epoch) {
        epoch.post(stage.system.entity(0), s(5), 1);
    };
    CHECK(stage.run(s(5)).empty());
    CHECK(stage.run({s(5).us + 1}).size() == 1);
}

TEST_CASE("an act at an epoch comes before a fact and a decision of the same instant") {
    Stage stage(2);
    stage.system.plans = {{s(5), s(100)}};
    stage.system.on_start = [&](EpochContext& epoch) {
        epoch.post(stage.system.entity(0), s(5), 1);
        epoch.post(stage.system.entity(1), s(4), 3);
    };
    stage.system.on_act = [&](std::size_t, EpochContext& epoch) {
        epoch.post(stage.system.entity(0), epoch.now(), 9);
        epoch.post(stage.system.entity(0), s(6), 8);
    };
    stage.system.on_handle = [&](Context& context, const Event& event) {
        stage.note(context, event.phase() == Phase::kAct ? "act" : "fact", event.own_kind());
        if (event.own_kind() == 3) context.wake_at(s(5));
    };
    CHECK(stage.run(s(9)) == Lines{"fact 3 of 1 at 4", "act 9 of 0 at 5", "fact 1 of 0 at 5",
                                   "decide 0 of 1 at 5", "fact 8 of 0 at 6"});
}

TEST_CASE("what starts at time 0 is an act") {
    Stage stage(1);
    stage.system.on_start = [&](EpochContext& epoch) {
        epoch.post(stage.system.entity(0), {}, 1);
        epoch.post(stage.system.entity(0), kTick, 2);
    };
    CHECK(stage.run(s(1)) == Lines{"act 1 of 0 at 0", "fact 2 of 0 at 0"});
}

TEST_CASE("messages of one instant are taken in the order of kind and sender, not of arrival") {
    for (const int partitions : {1, 4}) {
        CAPTURE(partitions);
        Stage stage(4);
        stage.system.on_channels = [&](ChannelList& list) {
            for (std::uint32_t from = 0; from < 3; ++from) {
                list.add(stage.system.entity(from), stage.system.entity(3), s(1));
            }
        };
        // Owner 2 sends first, owner 0 last; all reach owner 3 at 10 s. Owner 1 sends kind 1 twice.
        stage.system.on_start = [&](EpochContext& epoch) {
            for (std::uint32_t from = 0; from < 3; ++from) {
                epoch.post(stage.system.entity(from), s(5 - from), 0);
            }
        };
        std::vector<std::uint32_t> senders;
        stage.system.on_handle = [&](Context& context, const Event& event) {
            const std::uint32_t owner = event.owner_index();
            if (owner == 3) {
                senders.push_back(event.sender & kIndexMax);
                return;
            }
            if (owner == 1) context.send(stage.system.entity(3), s(10), 7);
            context.send(stage.system.entity(3), s(10), 1);
        };
        stage.run(s(20), partitions);
        CHECK(senders == std::vector<std::uint32_t>{0, 1, 2, 1});
    }
}

TEST_CASE("what a handler may not ask for is caught") {
    const auto run = [](auto&& ask) {
        Stage stage(2);
        stage.system.on_channels = [&](ChannelList& list) {
            list.add(stage.system.entity(0), stage.system.entity(1), s(2));
        };
        stage.system.on_start = [&](EpochContext& epoch) {
            epoch.post(stage.system.entity(0), s(5), 0);
        };
        stage.system.on_handle = [&](Context& context, const Event& event) {
            if (event.owner_index() == 0) ask(context, stage.system.entity(1));
        };
        stage.system.on_decide = [&](Context& context, std::uint32_t) {
            context.request_decision();
        };
        stage.run(s(9), 2);
    };
    CHECK_NOTHROW(run([](Context& c, EntityId to) { c.send(to, c.now() + s(2), 0); }));
    SUBCASE("a message below its channel's delay") {
        CHECK_THROWS_AS(
            run([](Context& c, EntityId to) { c.send(to, {c.now().us + s(2).us - 1}, 0); }),
            InternalError);
    }
    SUBCASE("a message that takes no time") {
        CHECK_THROWS_AS(run([](Context& c, EntityId to) { c.send(to, c.now(), 0); }),
                        InternalError);
    }
    SUBCASE("a fact for itself at this instant") {
        CHECK_THROWS_AS(run([](Context& c, EntityId) { c.schedule(c.now(), 0); }), InternalError);
    }
    SUBCASE("a wake at this instant") {
        CHECK_THROWS_AS(run([](Context& c, EntityId) { c.wake_at(c.now()); }), InternalError);
    }
    SUBCASE("a decision from within a decision") {
        CHECK_THROWS_AS(run([](Context& c, EntityId) { c.request_decision(); }), InternalError);
    }
}

TEST_CASE("a message against the declared direction is caught between partitions") {
    Stage stage(2);
    stage.system.on_channels = [&](ChannelList& list) {
        list.add(stage.system.entity(0), stage.system.entity(1), s(2));
    };
    stage.system.on_start = [&](EpochContext& epoch) {
        epoch.post(stage.system.entity(1), s(5), 0);
    };
    stage.system.on_handle = [&](Context& context, const Event&) {
        context.send(stage.system.entity(0), context.now() + hours(1), 0);
    };
    try {
        stage.run(s(9), 2);
        FAIL("no error");
    } catch (const InternalError& error) {
        // The message names both owners, so that the fault is found without a debugger.
        CHECK(std::string(error.what())
                  .find("system 'scripted' owner 1 sent kind 0 to system "
                        "'scripted' owner 0") != std::string::npos);
    }
}

TEST_CASE("a message to an owner or a system that does not exist is caught and named") {
    for (const EntityId nobody : {EntityId(0, 2), EntityId(7, 0), EntityId(31, kIndexMax)}) {
        Stage stage(2);
        stage.system.on_start = [&](EpochContext& epoch) {
            epoch.post(stage.system.entity(1), s(5), 0);
            CHECK_THROWS_AS(epoch.post(nobody, s(5), 0), InternalError);
        };
        stage.system.on_handle = [&](Context& context, const Event&) {
            context.send(nobody, s(6), 0);
        };
        CHECK_THROWS_WITH_AS(stage.run(s(9)), doctest::Contains("which does not exist"),
                             InternalError);
    }
}

TEST_CASE("two events in the same place of the order are an error, wakes are not") {
    const auto run = [](std::uint32_t first_sequence, std::uint32_t second_sequence) {
        Stage stage(1);
        StateStore* store = nullptr;
        stage.system.on_allocate = [&](StateStore& s) { store = &s; };
        stage.system.on_start = [&](EpochContext& epoch) {
            epoch.post(stage.system.entity(0), s(1), 0);
        };
        stage.system.on_handle = [&](Context& context, const Event& event) {
            if (event.own_kind() != 0) return;
            std::uint32_t* counter = nullptr;
            for (const StateStore::Block* block : store->blocks()) {
                if (block->name == "kernel.sequence.scripted") {
                    counter = static_cast<std::uint32_t*>(block->data);
                }
            }
            REQUIRE(counter != nullptr);
            for (const std::uint32_t sequence : {first_sequence, second_sequence}) {
                *counter = sequence;
                context.schedule(s(3), 1);
                context.wake_at(s(3));
            }
        };
        stage.run(s(9));
    };
    CHECK_NOTHROW(run(4, 5));
    CHECK_THROWS_WITH_AS(run(4, 4), doctest::Contains("come from sender 0 with sequence 5"),
                         InternalError);
    CHECK_THROWS_WITH_AS(run(4, 0xffffffffu), doctest::Contains("sequence numbers"), InternalError);
}

TEST_CASE("draws are named: they depend on seed, purpose, entity and occasion, not on history") {
    Stage stage(1);
    std::vector<double> drawn;
    stage.system.on_start = [&](EpochContext& epoch) {
        epoch.post(stage.system.entity(0), s(1), 0);
        epoch.post(stage.system.entity(0), s(2), 0);
        drawn.push_back(epoch.draw(300, 7, 1).uniform());
    };
    stage.system.on_handle = [&](Context& context, const Event&) {
        drawn.push_back(context.draw(300, 7, 1).uniform());
        drawn.push_back(context.draw(300, 7, 2).uniform());
    };
    stage.run(s(5));
    REQUIRE(drawn.size() == 5);
    CHECK(drawn[0] == Draw(1, 300, 7, 1).uniform());
    CHECK(drawn[1] == drawn[0]);
    CHECK(drawn[3] == drawn[0]);
    CHECK(drawn[2] == drawn[4]);
    CHECK(drawn[2] != drawn[0]);
}

}  // namespace jiahe::kernel
