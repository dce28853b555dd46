#include "kernel/heap_queue.h"

#include <doctest/doctest.h>

#include <set>

#include "base/random.h"

namespace jiahe::kernel {

TEST_CASE("the heap yields its events by content and stops at the limit") {
    HeapQueue heap;
    std::set<Event> reference;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        Event e;
        e.time_us = static_cast<std::int64_t>(Draw(1, 0, i, 0).below(5000));
        e.sequence = i;
        heap.emplace(e.time_us, [&](Event& slot) { slot = e; });
        reference.insert(e);
        Event out;
        const std::int64_t least_us = reference.begin()->time_us;
        REQUIRE_FALSE(heap.pop_before(least_us, out));
        if (i % 3 == 0) continue;
        REQUIRE(heap.pop_before(least_us + 1, out));
        REQUIRE(ties(out, *reference.begin()));
        reference.erase(reference.begin());
        REQUIRE(heap.size() == reference.size());
    }
    heap.clear();
    CHECK(heap.size() == 0);
    CHECK(heap.next_time_us() == kNever.us);
}

}  // namespace jiahe::kernel
