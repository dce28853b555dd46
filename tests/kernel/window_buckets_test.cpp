#include "kernel/window_buckets.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "base/random.h"
#include "kernel/heap_queue.h"

namespace jiahe::kernel {
namespace {

// The buckets beside the reference heap, which they must equal at each step.
class Twins {
  public:
    explicit Twins(std::int64_t window_us) : window_us_(window_us), buckets_(window_us) {}
    void push(std::int64_t time_us) {
        const auto fill = [&](Event& e) {
            e = {};
            e.time_us = time_us;
            e.sequence = pushed_;
        };
        ++pushed_;
        buckets_.emplace(time_us, fill);
        heap_.emplace(time_us, fill);
    }
    // Takes a window of at most `width_us`; returns its events' times, ascending. REQUIRES: some.
    std::vector<std::int64_t> take(std::int64_t width_us) {
        const std::int64_t begin_us = heap_.next_time_us();
        REQUIRE(buckets_.next_time_us() == begin_us);
        const std::int64_t end_us = std::min(begin_us + width_us, buckets_.reach_us(begin_us));
        REQUIRE(end_us - begin_us >= std::min(width_us, window_us_));
        std::vector<EventRun> runs;
        buckets_.take(begin_us, end_us, runs);
        std::vector<Event> found, expected;
        for (const EventRun& run : runs)
            found.insert(found.end(), run.events, run.events + run.count);
        buckets_.give_back(runs);
        std::sort(found.begin(), found.end());
        for (Event e; heap_.pop_before(end_us, e);)
            expected.push_back(e);
        REQUIRE(found.size() == expected.size());
        std::vector<std::int64_t> times;
        for (std::size_t i = 0; i < found.size(); ++i) {
            REQUIRE(ties(found[i], expected[i]));
            times.push_back(found[i].time_us);
        }
        REQUIRE(buckets_.size() == heap_.size());
        end_us_ = end_us;
        return times;
    }
    std::int64_t end_us() const { return end_us_; }
    std::size_t size() const { return heap_.size(); }
    WindowBuckets& buckets() { return buckets_; }

  private:
    std::int64_t window_us_;
    WindowBuckets buckets_;
    HeapQueue heap_;
    std::uint32_t pushed_ = 0;
    std::int64_t end_us_ = 0;
};

std::int64_t below(std::uint64_t i, std::uint32_t index, std::int64_t n) {
    return static_cast<std::int64_t>(Draw(8, 0, i, 0).below(static_cast<std::uint64_t>(n), index));
}

}  // namespace

TEST_CASE("windows hold what the heap holds, for random delays from a tick to a week") {
    for (const std::int64_t window_us : {1, 3, 100, 65'536, 1'000'000, 40'000'000}) {
        CAPTURE(window_us);
        Twins twins(window_us);
        for (std::uint64_t i = 0; i < 500; ++i)
            twins.push(below(i, 0, 50 * window_us));
        std::uint64_t i = 0;
        for (int round = 0; round < 400 && twins.size() > 0; ++round) {
            const std::int64_t width_us = round % 3 == 0 ? 1 + below(++i, 0, window_us) : window_us;
            for (const std::int64_t time_us : twins.take(width_us)) {
                ++i;
                const std::int64_t delay_us = below(i, 0, 20) == 0 ? below(i, 1, 604'800'000'000)
                                              : below(i, 0, 20) == 1
                                                  ? below(i, 1, 2'000 * window_us)
                                                  : below(i, 1, 30 * window_us);
                if (i < 40'000) twins.push(std::max(twins.end_us(), time_us + delay_us));
            }
        }
        while (twins.size() > 0)
            twins.take(window_us);
    }
}

TEST_CASE("times up to the end of the clock's range, and long ways with nothing between") {
    Twins twins(1000);
    for (const std::int64_t t : {std::int64_t{0}, std::int64_t{1} << 40, std::int64_t{1} << 55,
                                 kNever.us - 1, std::int64_t{1} << 50, std::int64_t{7}}) {
        twins.push(t);
    }
    std::size_t windows = 0;
    for (; twins.size() > 0; ++windows)
        twins.take(1000);
    CHECK(windows == 5);
    CHECK(twins.buckets().next_time_us() == kNever.us);
}

TEST_CASE("for_each visits every event once, in whatever ring it lies") {
    Twins twins(1000);
    for (std::uint64_t i = 0; i < 10'000; ++i)
        twins.push(below(i, 0, std::int64_t{1} << (10 + i % 40)));
    twins.take(500);
    std::size_t visits = 0;
    twins.buckets().for_each([&](const Event&) { ++visits; });
    CHECK(visits == twins.size());
}

}  // namespace jiahe::kernel
