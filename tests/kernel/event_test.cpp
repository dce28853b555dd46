#include "kernel/event.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <type_traits>
#include <vector>

#include "base/random.h"

namespace jiahe::kernel {
namespace {

Event event(std::int64_t time_us, Phase phase, std::uint8_t own, std::uint32_t owner,
            std::uint32_t sender, std::uint32_t sequence) {
    Event e;
    e.time_us = time_us;
    e.kind = make_kind(phase, 2, own);
    e.entity = EntityId(2, owner).value;
    e.sender = EntityId(1, sender).value;
    e.sequence = sequence;
    return e;
}

}  // namespace

TEST_CASE("an event is 32 bytes and moved by value") {
    CHECK(sizeof(Event) == 32);
    CHECK(std::is_trivially_copyable_v<Event>);
}

TEST_CASE("kind, owner and payload come back as they were put in") {
    Event e = event(5, Phase::kFact, 7, 12, 3, 1);
    e.payload = pack(11, 22);
    CHECK(e.phase() == Phase::kFact);
    CHECK(e.own_kind() == 7);
    CHECK(e.owner() == EntityId(2, 12));
    CHECK(e.owner().system() == 2);
    CHECK(e.owner_index() == 12);
    CHECK(e.payload_low() == 11);
    CHECK(e.payload_high() == 22);
    e.payload = static_cast<std::uint64_t>(std::int64_t{-5});
    CHECK(e.payload_int() == -5);
    e.payload = std::bit_cast<std::uint64_t>(2.5);
    CHECK(e.payload_double() == 2.5);
}

TEST_CASE("order is by time, kind, entity, sender, sequence") {
    const std::vector<Event> ascending = {
        event(1, Phase::kDecide, 9, 9, 9, 9), event(2, Phase::kAct, 1, 1, 1, 1),
        event(2, Phase::kAct, 2, 0, 0, 0),    event(2, Phase::kFact, 0, 0, 0, 0),
        event(2, Phase::kFact, 1, 0, 5, 5),   event(2, Phase::kFact, 1, 1, 0, 9),
        event(2, Phase::kFact, 1, 1, 1, 0),   event(2, Phase::kFact, 1, 1, 1, 1),
        event(2, Phase::kDecide, 0, 0, 0, 0)};
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        for (std::size_t k = 0; k < ascending.size(); ++k) {
            CHECK((ascending[i] < ascending[k]) == (i < k));
        }
    }
}

TEST_CASE("acts precede facts and facts precede decisions in every system") {
    for (std::uint8_t a = 0; a < kSystemMax; ++a) {
        for (std::uint8_t b = 0; b < kSystemMax; ++b) {
            CHECK(make_kind(Phase::kAct, a, 255) < make_kind(Phase::kFact, b, 0));
            CHECK(make_kind(Phase::kFact, a, 255) < make_kind(Phase::kDecide, b, 0));
        }
    }
}

TEST_CASE("payload and aux do not order events, so that no two events of a sender tie") {
    Event a = event(1, Phase::kFact, 1, 1, 1, 1);
    Event b = a;
    b.payload = 99;
    b.aux = 7;
    CHECK_FALSE(a < b);
    CHECK_FALSE(b < a);
}

TEST_CASE("any shuffle of events sorts to the same sequence") {
    std::vector<Event> events;
    for (std::uint32_t i = 0; i < 500; ++i) {
        const Draw draw(1, 0, i, 0);
        events.push_back(event(static_cast<std::int64_t>(draw.below(5, 0)),
                               static_cast<Phase>(draw.below(3, 1)),
                               static_cast<std::uint8_t>(draw.below(3, 2)),
                               static_cast<std::uint32_t>(draw.below(3, 3)),
                               static_cast<std::uint32_t>(draw.below(3, 4)), i));
    }
    auto sorted = events;
    std::sort(sorted.begin(), sorted.end());
    for (std::uint64_t round = 0; round < 5; ++round) {
        for (std::size_t i = events.size() - 1; i > 0; --i) {
            std::swap(events[i], events[Draw(2, 0, round, i).below(i + 1)]);
        }
        auto again = events;
        std::sort(again.begin(), again.end());
        for (std::size_t i = 0; i < again.size(); ++i) {
            CHECK(again[i].sequence == sorted[i].sequence);
        }
    }
}

}  // namespace jiahe::kernel
