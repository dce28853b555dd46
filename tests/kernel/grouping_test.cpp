// Owners brought together and parted again by the load: seen in the counters, never in results.
#include "kernel/grouping.h"

#include <doctest/doctest.h>

#include "support/scripted_system.h"
#include "support/toy_phold.h"
#include "support/toy_tokens.h"

namespace jiahe::kernel {
namespace {

// Sixteen owners pass one message round; from 300 s to 600 s each also ticks every 5 ms.
struct Surge {
    explicit Surge(SimulatorOptions options) : simulator(options) {
        system.on_channels = [this](ChannelList& list) {
            list.add_open(system.id(), system.id(), whole_seconds(1));
        };
        system.on_allocate = [this](StateStore& store) {
            row = store.create<std::uint64_t>("surge.row", 16);
        };
        system.on_start = [this](EpochContext& epoch) {
            epoch.post(system.entity(0), kTick, 0);
            for (std::uint32_t i = 0; i < 16; ++i)
                epoch.post(system.entity(i), whole_seconds(300), 1);
        };
        system.on_handle = [this](Context& context, const Event& event) {
            const std::uint32_t owner = event.owner_index();
            row[owner] = row[owner] * 31 + event.sender + event.sequence;
            if (event.own_kind() == 0) {
                const auto next =
                    static_cast<std::uint32_t>(context.draw(9, owner, row[owner]).below(16));
                context.send(system.entity(next), context.now() + whole_seconds(1), 0);
            } else if (context.now() < whole_seconds(600)) {
                context.schedule({context.now().us + 5000}, 1);
            }
        };
        simulator.add_system(system);
        simulator.build();
        simulator.run_until(whole_seconds(1500));
    }
    ScriptedSystem system{16, "surge"};
    StateArray<std::uint64_t> row;
    Simulator simulator;
};

}  // namespace

TEST_CASE("a thin load runs in one partition, a thick one in many, and no bit tells") {
    Surge reference({.partitions = 1, .queue = QueueChoice::kHeap});
    for (const QueueChoice queue : {QueueChoice::kHeap, QueueChoice::kCalendar,
                                    QueueChoice::kWindows, QueueChoice::kAutomatic}) {
        Surge many({.threads = 2, .partitions = 8, .queue = queue});
        CHECK(many.simulator.state_hash() == reference.simulator.state_hash());
        CHECK(many.simulator.counters().events == reference.simulator.counters().events);
        CHECK(many.simulator.counters().regroupings == 3);  // together, apart, together
        CHECK(many.simulator.partition_count() == 8);
    }
    Surge always({.threads = 2, .partitions = 8, .parallel_events_min = 0});
    CHECK(always.simulator.state_hash() == reference.simulator.state_hash());
    CHECK(always.simulator.counters().regroupings == 0);
}

TEST_CASE("logs, waiters, epochs and records survive regrouping at any threshold") {
    const auto run = [](SimulatorOptions options, std::uint64_t& regroupings) {
        Simulator simulator(options);
        toys::TokenCity city(simulator, {.owners = 40, .tokens_max = 300});
        simulator.build();
        simulator.run_until(whole_seconds(2500));
        regroupings += simulator.counters().regroupings;
        return simulator.state_hash().to_hex();
    };
    std::uint64_t none = 0, regroupings = 0;
    const std::string expected = run({.partitions = 1, .queue = QueueChoice::kHeap}, none);
    CHECK(none == 0);
    for (std::uint64_t sparse = 2; sparse < 40; ++sparse) {
        CAPTURE(sparse);
        const auto queue = static_cast<QueueChoice>(sparse % 4);
        CHECK(run({.threads = 2, .partitions = 6, .parallel_events_min = sparse, .queue = queue},
                  regroupings) == expected);
    }
    CHECK(regroupings > 20);
}

}  // namespace jiahe::kernel
