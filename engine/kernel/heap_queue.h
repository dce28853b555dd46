// HeapQueue: pending events in a heap, the reference that every other queue must equal.
//
// Nothing to tune: it is what tests compare with, and what serves where no channel has a delay
// worth a window. The heap holds (time, place) and has four children a node, which share a cache
// line; the events lie still in slots that are used again last out, first in. Ties of time are
// decided by content. Partition-state lifecycle; one task at a time.
//
// Invariant: pop_before() yields the least event by operator<. Cost: O(log n) a push and pop, about
// half as many cache misses as levels; no allocation in steady state.
#pragma once

#include <cstdint>
#include <vector>

#include "base/sim_time.h"
#include "kernel/event.h"

namespace jiahe::kernel {

class HeapQueue {
  public:
    template <class Fill>
    void emplace(std::int64_t time_us, Fill&& fill) {
        const std::uint32_t slot = take_slot();
        fill(event_[slot]);
        sift_up({time_us, slot});
    }
    std::int64_t next_time_us() const { return size_ == 0 ? kNever.us : node(0).time_us; }
    // Takes the least event where it precedes `limit_us`.
    bool pop_before(std::int64_t limit_us, Event& out) {
        if (size_ == 0 || node(0).time_us >= limit_us) return false;
        const auto slot = static_cast<std::uint32_t>(node(0).slot);
        out = event_[slot];
        free_.push_back(slot);
        remove_least();
        return true;
    }
    std::size_t size() const { return size_; }
    template <class F>
    void for_each(F&& visit) const {
        for (std::size_t i = 0; i < size_; ++i)
            visit(event_[node(i).slot]);
    }
    void clear();

  private:
    struct Node {
        std::int64_t time_us;
        std::uint64_t slot;
    };
    // Children 4i + 1 to 4i + 4 of node i lie in line i + 1.
    struct alignas(64) Line {
        Node node[4];
    };
    static constexpr std::size_t kShift = 3;
    Node& node(std::size_t i) { return line_[(i + kShift) / 4].node[(i + kShift) % 4]; }
    const Node& node(std::size_t i) const { return line_[(i + kShift) / 4].node[(i + kShift) % 4]; }
    bool precedes(const Node& a, const Node& b) const {
        bool less = a.time_us < b.time_us;  // a coin toss: kept out of branches
        if (a.time_us == b.time_us) [[unlikely]]
            less = event_[a.slot] < event_[b.slot];
        return less;
    }
    std::uint32_t take_slot();
    void sift_up(Node moved);
    void remove_least();

    std::vector<Line> line_;
    std::size_t size_ = 0;
    std::vector<Event> event_;         // [slot]
    std::vector<std::uint32_t> free_;  // slots
};

}  // namespace jiahe::kernel
