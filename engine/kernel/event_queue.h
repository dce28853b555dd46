// EventQueue: a partition's pending events, popped in the total order of Event.
//
// A ring of time buckets, sorted when opened; a small heap takes what falls into the open bucket or
// before it; an overflow list holds the far future until the ring has turned. The buckets' width
// follows the measured load and never touches results. Partition-state lifecycle; one task at a
// time.
//
// Invariants: 1. events in sorted_ and hot_ precede open_end_us_, those of the ring precede
// horizon_us_, those of the overflow do not; 2. pop() yields the least event by operator<.
// Cost: O(log b) a push and pop for b events a bucket (about 100); no allocation in steady state.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/sim_time.h"
#include "kernel/event.h"

namespace jiahe::kernel {

class EventQueue {
  public:
    EventQueue();
    void push(const Event& event) {
        ++size_;
        if (event.time_us < open_end_us_) {
            hot_.push_back(event);
            std::push_heap(hot_.begin(), hot_.end(), later);
        } else if (event.time_us < horizon_us_) {
            push_ring(event);
        } else {
            overflow_.push_back(event);
            overflow_min_us_ = std::min(overflow_min_us_, event.time_us);
        }
    }
    // Time of the least event, kNever where there is none.
    std::int64_t next_time_us() const {
        const std::int64_t sorted = cursor_ < sorted_.size() ? sorted_[cursor_].time_us : kNever.us;
        const std::int64_t hot = hot_.empty() ? kNever.us : hot_.front().time_us;
        const std::int64_t near = std::min(sorted, hot);
        return near != kNever.us ? near : next_time_beyond_open_bucket();
    }
    // REQUIRES: not empty.
    Event pop() {
        if (cursor_ == sorted_.size() && hot_.empty()) open_next_bucket();
        --size_;
        ++popped_;
        if (cursor_ < sorted_.size() && (hot_.empty() || sorted_[cursor_] < hot_.front())) {
            return sorted_[cursor_++];
        }
        std::pop_heap(hot_.begin(), hot_.end(), later);
        const Event event = hot_.back();
        hot_.pop_back();
        return event;
    }
    // The event some places ahead in the open bucket, or nullptr: a hint for prefetching.
    const Event* ahead(std::size_t places) const {
        return cursor_ + places < sorted_.size() ? &sorted_[cursor_ + places] : nullptr;
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    // All pending events, in no particular order.
    template <class F>
    void for_each(F&& visit) const {
        for (std::size_t i = cursor_; i < sorted_.size(); ++i)
            visit(sorted_[i]);
        for (const Event& e : hot_)
            visit(e);
        for (const auto& bucket : ring_) {
            for (const Event& e : bucket)
                visit(e);
        }
        for (const Event& e : overflow_)
            visit(e);
    }
    void clear();

  private:
    static constexpr std::size_t kBuckets = 4096;
    static bool later(const Event& a, const Event& b) { return b < a; }
    void push_ring(const Event& event) {
        const auto bucket = static_cast<std::size_t>((event.time_us - base_us_) >> shift_);
        std::vector<Event>& list = ring_[bucket];
        if (list.capacity() == 0 && !spare_.empty()) {
            list.swap(spare_.back());
            spare_.pop_back();
        }
        list.push_back(event);
        bucket_min_us_[bucket] = std::min(bucket_min_us_[bucket], event.time_us);
        occupied_[bucket / 64] |= std::uint64_t{1} << (bucket % 64);
    }
    std::int64_t next_time_beyond_open_bucket() const;
    std::size_t next_occupied(std::size_t from) const;
    void open_next_bucket();
    void turn_ring();

    std::vector<Event> sorted_;
    std::size_t cursor_ = 0;
    std::vector<Event> hot_;
    std::vector<std::vector<Event>> ring_;
    std::vector<std::vector<Event>> spare_;  // buffers of spent buckets, warm in the cache
    std::vector<std::int64_t> bucket_min_us_;
    std::vector<std::uint64_t> occupied_;
    std::vector<Event> overflow_;
    std::int64_t overflow_min_us_;
    std::int64_t base_us_ = 0;
    std::int64_t open_end_us_ = 0;
    std::int64_t horizon_us_ = 0;
    std::size_t next_bucket_ = 0;
    int shift_ = 20;
    std::size_t size_ = 0;
    std::uint64_t popped_ = 0;
    std::uint64_t popped_at_turn_ = 0;
    std::int64_t turn_us_ = 0;
};

}  // namespace jiahe::kernel
