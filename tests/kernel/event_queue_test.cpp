#include "kernel/event_queue.h"

#include <doctest/doctest.h>

#include <set>

#include "base/error.h"
#include "base/random.h"

namespace jiahe::kernel {
namespace {

// The queue beside a std::set, which it must equal at each step.
class Pair {
  public:
    void push(std::int64_t time_us) {
        Event e;
        e.time_us = time_us;
        e.sequence = ++pushed_;
        e.entity = static_cast<std::uint32_t>(Draw(3, 0, pushed_, 0).below(50));
        e.kind = make_kind(Phase::kFact, 0, static_cast<std::uint8_t>(pushed_ % 3));
        queue_.push(e);
        reference_.insert(e);
    }
    // False where the two differ.
    bool pop() {
        const Event expected = *reference_.begin();
        if (queue_.next_time_us() != expected.time_us) return false;
        Event event;
        if (queue_.pop_before(expected.time_us, event)) return false;
        if (!queue_.pop_before(expected.time_us + 1, event)) return false;
        reference_.erase(reference_.begin());
        now_us_ = event.time_us;
        return event.sequence == expected.sequence && queue_.size() == reference_.size();
    }
    std::size_t size() const { return reference_.size(); }
    std::int64_t now_us() const { return now_us_; }
    EventQueue& queue() { return queue_; }
    const std::set<Event>& reference() const { return reference_; }

  private:
    EventQueue queue_;
    std::set<Event> reference_;
    std::uint32_t pushed_ = 0;
    std::int64_t now_us_ = 0;
};

// Pops `pops` times; before each pop, delay_us(i) says when the next push falls due, < 0 for none.
template <class F>
bool hold(Pair& pair, int pops, F&& delay_us) {
    for (int i = 0; i < pops; ++i) {
        if (pair.size() > 0 && !pair.pop()) return false;
        const std::int64_t delay = delay_us(i);
        if (delay >= 0) pair.push(pair.now_us() + delay);
    }
    while (pair.size() > 0) {
        if (!pair.pop()) return false;
    }
    return pair.queue().empty() && pair.queue().next_time_us() == kNever.us;
}

std::int64_t exponential_us(int i, double mean_us) {
    return static_cast<std::int64_t>(
        Draw(4, 0, static_cast<std::uint64_t>(i), 0).exponential(mean_us));
}

}  // namespace

TEST_CASE("the queue equals a sorted set under a million random pushes and pops") {
    Pair pair;
    for (int i = 0; i < 20'000; ++i)
        pair.push(exponential_us(-i - 1, 1e7));
    CHECK(hold(pair, 1'000'000, [](int i) {
        const Draw draw(5, 0, static_cast<std::uint64_t>(i), 0);
        switch (draw.below(20)) {
            case 0:
                return std::int64_t{0};  // the open bucket, at this very instant
            case 1:
                return std::int64_t{1};
            case 2:
                return static_cast<std::int64_t>(draw.below(100, 1));
            case 3:
                return static_cast<std::int64_t>(draw.below(86'400'000'000, 1));  // far future
            case 4:
                return std::int64_t{-1};
            default:
                return exponential_us(i, 1e7);
        }
    }));
}

TEST_CASE("pushes before the open bucket are popped first") {
    Pair pair;
    for (int i = 0; i < 1000; ++i)
        pair.push(1'000'000 + i);
    CHECK(pair.pop());
    for (int i = 0; i < 1000; ++i)
        pair.push(i * 900);
    while (pair.size() > 0)
        REQUIRE(pair.pop());
}

TEST_CASE("a hundred thousand events at one instant come in the order of content") {
    Pair pair;
    for (int i = 0; i < 100'000; ++i)
        pair.push(77'000'000);
    for (int i = 0; i < 100'000; ++i)
        pair.push(77'000'001 + i / 50'000);
    while (pair.size() > 0)
        REQUIRE(pair.pop());
}

TEST_CASE("bursts at whole seconds over a day") {
    Pair pair;
    for (int s = 0; s < 86'400; s += 300) {
        for (int i = 0; i < 300; ++i)
            pair.push(std::int64_t{s} * 1'000'000);
    }
    CHECK(hold(pair, 100'000, [](int i) { return i % 3 == 0 ? 1'000'000 : -1; }));
}

TEST_CASE("the widths follow a load that grows and falls ten-thousandfold") {
    Pair pair;
    // A hundred events spread over a day, each of which then breeds a dense cloud that dies out.
    for (int i = 0; i < 100; ++i)
        pair.push(std::int64_t{i} * 864'000'000);
    CHECK(hold(pair, 400'000, [](int i) {
        return i < 250'000 ? exponential_us(i, i % 100'000 < 50'000 ? 1000.0 : 3e7) : -1;
    }));
}

TEST_CASE("times up to the end of the clock's range") {
    Pair pair;
    for (const std::int64_t t : {std::int64_t{0}, std::int64_t{1} << 40, std::int64_t{1} << 55,
                                 kNever.us - 1, std::int64_t{1} << 50, std::int64_t{7}}) {
        pair.push(t);
    }
    while (pair.size() > 0)
        REQUIRE(pair.pop());
}

TEST_CASE("a run that stops at limits and is fed between them") {
    Pair pair;
    for (int i = 0; i < 5000; ++i)
        pair.push(exponential_us(i, 1e6));
    std::int64_t last_us = 0;
    for (std::int64_t limit_us = 0; pair.size() > 0; limit_us += 10'000) {
        Event event;
        CHECK_FALSE(pair.queue().pop_before(limit_us, event));
        while (pair.size() > 0 && pair.reference().begin()->time_us < limit_us + 10'000) {
            REQUIRE(pair.pop());
            CHECK(pair.now_us() >= last_us);
            last_us = pair.now_us();
        }
        if (limit_us < 500'000) pair.push(limit_us + 10'000 + limit_us % 7);
    }
}

TEST_CASE("for_each visits every pending event once, wherever it lies") {
    Pair pair;
    for (int i = 0; i < 10'000; ++i)
        pair.push(exponential_us(i, 1e9));
    for (int i = 0; i < 2000; ++i)
        REQUIRE(pair.pop());
    for (int i = 0; i < 100; ++i)
        pair.push(pair.now_us() + i);
    for (int i = 0; i < 100; ++i)
        pair.push(pair.now_us() + (std::int64_t{1} << 50) + i);
    std::set<Event> seen;
    std::size_t visits = 0;
    pair.queue().for_each([&](const Event& e) {
        seen.insert(e);
        ++visits;
    });
    CHECK(visits == pair.size());
    CHECK(seen.size() == pair.size());
}

TEST_CASE("a cleared queue is empty and works on") {
    Pair pair;
    for (int i = 0; i < 1000; ++i)
        pair.push(i);
    pair.queue().clear();
    CHECK(pair.queue().empty());
    CHECK(pair.queue().next_time_us() == kNever.us);
    Event event;
    event.time_us = 3;
    pair.queue().push(event);
    CHECK(pair.queue().pop().time_us == 3);
    CHECK_THROWS_AS(pair.queue().pop(), InternalError);
}

}  // namespace jiahe::kernel
