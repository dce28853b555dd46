// OwnerSort: the events of a window, brought together owner by owner.
//
// A counting sort over the owners of a partition, of which only those with events are visited, then
// each owner's few events into the order of Event. Scratch of one task: it holds nothing between
// two calls, and a task that runs one partition after another keeps it warm.
//
// Invariants: 1. owners come in ascending place (their rank within the partition), each owner's
// events by operator<; 2. no allocation once it has grown to the load. Cost: O(events) where owners
// have few events each, plus a bit an owner.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kernel/event.h"
#include "kernel/window_buckets.h"

namespace jiahe::kernel {

class OwnerSort {
  public:
    // `place_of(event)` is the place of the event's owner, below `places`. The result stays until
    // the next call.
    template <class PlaceOf>
    std::span<Event> sort(const std::vector<EventRun>& runs, std::size_t places,
                          PlaceOf&& place_of) {
        resize(runs, places);
        std::size_t n = 0;
        for (std::size_t r = 0; r < runs.size(); ++r) {
            if (r + kAhead < runs.size()) prefetch(runs[r + kAhead]);
            for (std::uint32_t i = 0; i < runs[r].count; ++i) {
                const std::uint32_t place = place_of(runs[r].events[i]);
                place_[n++] = place;
                ++count_[place];
                present_[place / 64] |= std::uint64_t{1} << (place % 64);
            }
        }
        count_up(places);
        const std::uint32_t* place = place_.data();
        for (const EventRun& run : runs) {
            for (std::uint32_t i = 0; i < run.count; ++i)
                sorted_[count_[*place++]++] = run.events[i];
        }
        for (std::size_t i = 0; i < n; ++i)
            count_[place_[i]] = 0;
        order_within_owners(n);
        return {sorted_.data(), n};
    }
    // Runs of the window at hand, kept here so that the vector is used again.
    std::vector<EventRun>& runs() { return runs_; }

  private:
    static constexpr std::size_t kAhead = 4;  // runs, each of up to 8 cache lines
    static void prefetch(const EventRun& run) {
        const char* bytes = reinterpret_cast<const char*>(run.events);
        for (std::size_t at = 0; at < run.count * sizeof(Event); at += 64)
            __builtin_prefetch(bytes + at);
    }
    void resize(const std::vector<EventRun>& runs, std::size_t places);
    void count_up(std::size_t places);
    void order_within_owners(std::size_t count);

    std::vector<EventRun> runs_;
    std::vector<std::uint32_t> place_;    // [event]
    std::vector<std::uint32_t> count_;    // [place], 0 between calls
    std::vector<std::uint64_t> present_;  // one bit a place, 0 between calls
    std::vector<Event> sorted_;
};

}  // namespace jiahe::kernel
