#include "kernel/pending_events.h"

#include <doctest/doctest.h>

#include <set>

#include "base/random.h"

namespace jiahe::kernel {

TEST_CASE("no event is lost or doubled where the queue is changed, over and over") {
    PendingEvents pending;
    std::set<Event> reference;
    for (std::uint32_t i = 0; i < 3000; ++i) {
        Event e;
        e.time_us = static_cast<std::int64_t>(Draw(1, 0, i, 0).exponential(1e6));
        e.sequence = i;
        pending.push(e);
        reference.insert(e);
    }
    const QueueKind kinds[] = {QueueKind::kWindows, QueueKind::kHeap,     QueueKind::kCalendar,
                               QueueKind::kWindows, QueueKind::kCalendar, QueueKind::kHeap};
    std::int64_t window_us = 1000;
    for (const QueueKind kind : kinds) {
        pending.change(kind, window_us *= 3);
        CHECK(pending.kind() == kind);
        CHECK(pending.size() == reference.size());
        CHECK(pending.next_time_us() == reference.begin()->time_us);
        std::set<Event> seen;
        pending.for_each([&](const Event& e) { seen.insert(e); });
        CHECK(seen.size() == reference.size());
        if (kind == QueueKind::kWindows) continue;
        Event out;
        for (int i = 0; i < 200; ++i) {
            REQUIRE(pending.pop_before(kNever.us, out));
            REQUIRE(ties(out, *reference.begin()));
            reference.erase(reference.begin());
        }
    }
    pending.change(QueueKind::kWindows, 5000);
    pending.clear();
    CHECK(pending.size() == 0);
    CHECK(pending.next_time_us() == kNever.us);
}

}  // namespace jiahe::kernel
