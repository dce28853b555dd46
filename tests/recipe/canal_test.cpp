#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "canal/canal_system.h"
#include "kernel/simulator.h"

namespace jiahe::canal {
namespace {

struct Departures : kernel::RecordSink {
    void on_records(std::span<const kernel::Record> records) override {
        seen.insert(seen.end(), records.begin(), records.end());
    }
    std::vector<kernel::Record> seen;
};

}  // namespace

TEST_CASE("boats leave the locks as the header's formula says") {
    constexpr std::uint32_t kLocks = 5, kBoats = 20;
    CanalSystem canal(kLocks, kBoats);
    Departures departures;
    kernel::Simulator simulator({.seed = 1, .threads = 2, .partitions = 3});
    simulator.add_system(canal);
    simulator.add_sink(canal.id(), static_cast<std::uint8_t>(RecordKind::kBoatLeftLock),
                       departures);
    simulator.build();
    simulator.run_until(hours(24));
    CHECK(departures.seen.size() == kLocks * kBoats);
    for (const kernel::Record& left : departures.seen) {
        const std::int64_t i = left.a, k = left.owner_index();
        CHECK(left.time_us == minutes(10 * (i + 1) + 40 * k).us);
    }
}

TEST_CASE("boats are conserved at every moment") {
    CanalSystem canal(5, 20);
    kernel::Simulator simulator({});
    simulator.add_system(canal);
    simulator.build();
    for (SimTime t = minutes(7); t < hours(8); t += minutes(7)) {
        simulator.run_until(t);
        for (const LockState& lock : canal.locks())
            CHECK(lock.arrived == lock.waiting + lock.busy + lock.passed);
        const auto boats_by_now = static_cast<std::uint64_t>((t.us - 1) / minutes(4).us + 1);
        CHECK(canal.locks()[0].arrived == std::min<std::uint64_t>(20, boats_by_now));
    }
}

}  // namespace jiahe::canal
