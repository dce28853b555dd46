// Seeded breaches, each caught by its check; and toys that keep their promises, which pass them
// all.
#include "kernel/self_checks.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/scripted_system.h"
#include "support/toy_phold.h"
#include "support/toy_queues.h"
#include "support/toy_tokens.h"

namespace jiahe::kernel {
namespace {

constexpr SimTime s(std::int64_t seconds) {
    return whole_seconds(seconds);
}

// Four owners in a ring of 10 s ways; each counts its messages, and may do one thing it may not.
enum class Breach { kNone, kWritesNeighbour, kReadsNeighbour, kHastens };
struct Ring {
    Ring(Breach breach, SelfChecks checks, int partitions = 1)
        : simulator({.partitions = partitions, .checks = checks}) {
        system.on_channels = [this](ChannelList& list) {
            for (std::uint32_t i = 0; i < 4; ++i) {
                list.add(system.entity(i), system.entity((i + 1) % 4), s(10));
                // A short way elsewhere, so that partitions alone do not notice a hasty message.
                list.add(system.entity(i), system.entity((i + 2) % 4), s(5));
            }
        };
        system.on_allocate = [this](StateStore& store) {
            row = store.create<std::int64_t>("ring.row", 4);
        };
        system.on_start = [this](EpochContext& epoch) {
            for (std::uint32_t i = 0; i < 4; ++i)
                epoch.post(system.entity(i), s(1), 0);
        };
        system.on_handle = [this, breach](Context& context, const Event& event) {
            const std::uint32_t owner = event.owner_index();
            const std::uint32_t next = (owner + 1) % 4;
            row[owner] += 1 + owner;
            const bool late = context.now() > s(100);
            if (breach == Breach::kWritesNeighbour && late && owner == 2) row[next] += 1;
            if (breach == Breach::kReadsNeighbour && late && owner == 2) row[owner] += row[next];
            const bool hasty = breach == Breach::kHastens && late && owner == 2;
            context.send(system.entity(next), context.now() + s(hasty ? 7 : 10), 0);
        };
        simulator.add_system(system);
        simulator.build();
    }
    ScriptedSystem system{4, "ring"};
    StateArray<std::int64_t> row;
    Simulator simulator;
};

std::string hash_of_ring(SelfChecks checks) {
    Ring ring(Breach::kNone, checks);
    ring.simulator.run_until(s(200));
    return ring.simulator.state_hash().to_hex();
}

}  // namespace

TEST_CASE("a ring that keeps its promises passes every check with the same state") {
    const std::string expected = hash_of_ring({});
    CHECK(hash_of_ring({.ownership = true}) == expected);
    CHECK(hash_of_ring({.lookahead = true}) == expected);
    CHECK(hash_of_ring({.order = true}) == expected);
    CHECK(hash_of_ring({.ownership = true, .lookahead = true, .order = true}) == expected);
}

TEST_CASE("breaches go unnoticed without their checks: what makes these necessary") {
    for (const Breach breach :
         {Breach::kWritesNeighbour, Breach::kReadsNeighbour, Breach::kHastens}) {
        Ring ring(breach, {});
#ifdef JIAHE_DEBUG_CHECKS
        if (breach == Breach::kHastens) continue;  // always checked here
#endif
        CHECK_NOTHROW(ring.simulator.run_until(s(200)));
    }
}

TEST_CASE("a row written by two owners within a window is caught") {
    Ring ring(Breach::kWritesNeighbour, {.ownership = true});
    CHECK_NOTHROW(ring.simulator.run_until(s(100)));
    CHECK_THROWS_WITH_AS(ring.simulator.run_until(s(200)),
                         doctest::Contains("row 3 of state 'ring.row'"), InternalError);
}

TEST_CASE("a message below its own channel's delay is caught where no partition would notice") {
    for (const int partitions : {1, 4}) {
        Ring ring(Breach::kHastens, {.lookahead = true}, partitions);
        CHECK_NOTHROW(ring.simulator.run_until(s(100)));
        CHECK_THROWS_WITH_AS(ring.simulator.run_until(s(200)),
                             doctest::Contains("owner 2 sent kind 0 to system 'ring' owner 3"),
                             InternalError);
    }
}

TEST_CASE("a handler that reads its neighbour's state is caught by another order") {
    Ring ring(Breach::kReadsNeighbour, {.order = true});
    CHECK_NOTHROW(ring.simulator.run_until(s(100)));
    CHECK_THROWS_WITH_AS(ring.simulator.run_until(s(200)),
                         doctest::Contains("state 'ring.row' depends"), InternalError);
}

TEST_CASE("an undeclared way is a breach of lookahead, an open channel declares all") {
    for (const bool open : {false, true}) {
        ScriptedSystem system(3);
        system.on_channels = [&](ChannelList& list) {
            if (open) list.add_open(system.id(), system.id(), s(2));
        };
        system.on_start = [&](EpochContext& epoch) { epoch.post(system.entity(0), s(5), 0); };
        system.on_handle = [&](Context& context, const Event& event) {
            if (event.owner_index() == 0) context.send(system.entity(2), context.now() + s(2), 0);
        };
        Simulator simulator({.partitions = 1, .checks = {.lookahead = true}});
        simulator.add_system(system);
        simulator.build();
        if (open) {
            CHECK_NOTHROW(simulator.run_until(s(30)));
        } else {
            CHECK_THROWS_AS(simulator.run_until(s(30)), InternalError);
        }
    }
}

TEST_CASE("the toys pass every check, and their runs count and record what they always do") {
    const auto tokens = [](SelfChecks checks, RunCounters& counters) {
        Simulator simulator({.partitions = 6, .checks = checks});
        toys::TokenCity city(simulator);
        simulator.build();
        simulator.run_until(s(400));
        counters = simulator.counters();
        return simulator.state_hash().to_hex();
    };
    RunCounters plain, checked;
    const std::string expected = tokens({}, plain);
    for (const SelfChecks checks : {SelfChecks{.ownership = true}, SelfChecks{.lookahead = true},
                                    SelfChecks{.order = true}}) {
        CHECK(tokens(checks, checked) == expected);
        CHECK(checked.events == plain.events);
    }
    for (const bool batched : {false, true}) {
        toys::Phold phold({.lps = 64, .population = 2, .batched = batched});
        Simulator simulator(
            {.partitions = 4, .checks = {.ownership = true, .lookahead = true, .order = true}});
        simulator.add_system(phold);
        simulator.build();
        CHECK_NOTHROW(simulator.run_until(s(50)));
    }
}

}  // namespace jiahe::kernel
