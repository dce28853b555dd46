#include "kernel/record_merger.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/scripted_system.h"
#include "support/toy_tokens.h"

namespace jiahe::kernel {
namespace {

constexpr SimTime s(std::int64_t seconds) {
    return whole_seconds(seconds);
}

// Writes every record down as text.
class Notebook : public RecordSink {
  public:
    void on_records(std::span<const Record> records) override {
        for (const Record& r : records) {
            lines.push_back(fmt::format("{} k{} e{} a{} #{}", r.time_us, r.own_kind(),
                                        r.owner_index(), r.a, r.sequence));
        }
    }
    std::vector<std::string> lines;
};

std::vector<std::string> token_moves(int threads, int partitions, SimTime step) {
    Simulator simulator({.threads = threads, .partitions = partitions, .parallel_events_min = 0});
    toys::TokenCity city(simulator);
    Notebook notebook;
    simulator.add_sink(city.ring.id(), 0, notebook);
    simulator.build();
    for (SimTime t = step; t <= s(300); t += step)
        simulator.run_until(t);
    return notebook.lines;
}

}  // namespace

TEST_CASE("records come by time, kind, entity and then as they were made, numbered") {
    for (const int partitions : {1, 3}) {
        ScriptedSystem system(3);
        Notebook notebook;
        system.on_start = [&](EpochContext& epoch) {
            for (const std::uint32_t owner : {2, 0, 1})
                epoch.post(system.entity(owner), {7}, 0);
        };
        system.on_handle = [&](Context& context, const Event& event) {
            context.record(1, 10);
            if (event.owner_index() == 1) context.record(0, 40);
            context.record(1, 20);
            context.record(2, 99);  // nobody asked for it
            CHECK(context.listening(1));
            CHECK_FALSE(context.listening(2));
        };
        Simulator simulator({.partitions = partitions});
        simulator.add_system(system);
        simulator.add_sink(system.id(), 0, notebook);
        simulator.add_sink(system.id(), 1, notebook);
        simulator.build();
        simulator.run_until(s(1));
        CHECK(notebook.lines == std::vector<std::string>{"7 k0 e1 a40 #0", "7 k1 e0 a10 #0",
                                                         "7 k1 e0 a20 #1", "7 k1 e1 a10 #0",
                                                         "7 k1 e1 a20 #1", "7 k1 e2 a10 #0",
                                                         "7 k1 e2 a20 #1"});
    }
}

TEST_CASE("a sink sees the same sequence for all threads, partitions and cuts of the run") {
    const std::vector<std::string> expected = token_moves(1, 1, s(300));
    CHECK(expected.size() > 400);
    for (const int threads : {1, 2, 8}) {
        for (const int partitions : {1, 3, 16, 64}) {
            CAPTURE(threads);
            CAPTURE(partitions);
            CHECK((token_moves(threads, partitions, s(300)) == expected));
            CHECK((token_moves(threads, partitions, s(20)) == expected));
        }
    }
}

TEST_CASE("a long way between epochs does not hold all records back") {
    // Eight owners make 3,000,000 records without an epoch; a million may be held at a time.
    struct Counter : RecordSink {
        void on_records(std::span<const Record> records) override {
            batch_max = std::max(batch_max, records.size());
            for (const Record& r : records) {
                sorted = sorted && r.time_us >= last_us;
                last_us = r.time_us;
            }
            count += records.size();
        }
        std::size_t count = 0, batch_max = 0;
        std::int64_t last_us = 0;
        bool sorted = true;
    } counter;
    ScriptedSystem system(8);
    system.on_channels = [&](ChannelList& list) {
        for (std::uint32_t i = 0; i < 8; ++i)
            list.add(system.entity(i), system.entity((i + 1) % 8), s(1));
    };
    system.on_start = [&](EpochContext& epoch) {
        for (std::uint32_t i = 0; i < 8; ++i)
            epoch.post(system.entity(i), s(1), 0);
    };
    system.on_handle = [&](Context& context, const Event& event) {
        for (std::uint32_t i = 0; i < 375; ++i)
            context.record(0, i);
        if (context.now() < s(1000)) context.schedule(context.now() + s(1), event.own_kind());
    };
    Simulator simulator({.threads = 2, .partitions = 4});
    simulator.add_system(system);
    simulator.add_sink(system.id(), 0, counter);
    simulator.build();
    simulator.run_until(s(2000));
    CHECK(counter.count == 3'000'000);
    CHECK(counter.batch_max < 1'100'000);
    CHECK(counter.sorted);
}

}  // namespace jiahe::kernel
