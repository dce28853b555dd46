#include "kernel/owner_sort.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "base/random.h"

namespace jiahe::kernel {
namespace {

// Events cut into runs of random length, as buckets hold them.
std::vector<EventRun> cut(const std::vector<Event>& events) {
    std::vector<EventRun> runs;
    for (std::size_t at = 0; at < events.size();) {
        const std::size_t n =
            std::min<std::size_t>(Draw(1, 0, runs.size(), 0).below(16), events.size() - at);
        runs.push_back({events.data() + at, static_cast<std::uint32_t>(n), 0});
        at += n;
    }
    return runs;
}

std::vector<Event> random_events(std::size_t count, std::uint32_t owners, std::int64_t span_us) {
    std::vector<Event> events(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Draw draw(2, 0, i, count);
        events[i].entity = static_cast<std::uint32_t>(draw.below(owners, 0));
        events[i].time_us =
            static_cast<std::int64_t>(draw.below(static_cast<std::uint64_t>(span_us), 1));
        events[i].sequence = static_cast<std::uint32_t>(i);
    }
    return events;
}

}  // namespace

TEST_CASE("events come owner by owner, each owner's in order, whatever the window before held") {
    OwnerSort sort;
    for (const std::size_t count : {0, 1, 7, 5000, 40, 20'000, 3}) {
        for (const std::uint32_t owners : {1u, 2u, 64u, 65u, 3000u}) {
            CAPTURE(count);
            CAPTURE(owners);
            std::vector<Event> events = random_events(count, owners, 100);
            const auto runs = cut(events);
            const auto found = sort.sort(runs, owners, [](const Event& e) { return e.entity; });
            std::vector<Event> sorted(found.begin(), found.end());
            std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
                return a.entity != b.entity ? a.entity < b.entity : a < b;
            });
            REQUIRE(sorted.size() == events.size());
            for (std::size_t i = 0; i < events.size(); ++i)
                REQUIRE(ties(sorted[i], events[i]));
        }
    }
}

}  // namespace jiahe::kernel
