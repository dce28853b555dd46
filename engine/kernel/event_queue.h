// EventQueue: a partition's pending events, popped in the total order of Event.
//
// A calendar of two levels: coarse buckets, of which one at a time is spread over fine ones; a fine
// bucket is sorted when opened. A small heap takes what falls into the open bucket or before it, a
// list the far future until the calendar has turned. Events lie in chunks from a pool, so memory
// follows the number of pending events and stays warm. Widths follow the measured load, at once
// where the heap outgrows its bound, and never touch results. Partition-state lifecycle; one task
// at a time.
//
// Invariants: 1. open and hot events precede open_end_us_, fine ones fine_.end_us, coarse ones
// coarse_.end_us, and the far ones do not precede that; 2. pop() yields the least by operator<.
// Cost: O(log b) a push and pop for b events a fine bucket (about 64); no allocation in steady
// state.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/sim_time.h"
#include "kernel/event.h"
#include "kernel/event_chunks.h"

namespace jiahe::kernel {

class EventQueue {
  public:
    EventQueue();
    void push(const Event& event) {
        emplace(event.time_us, [&](Event& slot) { slot = event; });
    }
    // push() of what `fill` writes into the slot; its time is `time_us`. Writing in place spares
    // the stall of copying an event that has just been written.
    template <class Fill>
    void emplace(std::int64_t time_us, Fill&& fill) {
        ++size_;
        if (time_us < open_end_us_) {
            fill(hot_.emplace_back());
            std::push_heap(hot_.begin(), hot_.end(), later);
            if (hot_.size() > hot_limit_) retune();
        } else if (time_us < fine_.end_us) {
            fill(slot(fine_, time_us));
        } else if (time_us < coarse_.end_us) {
            fill(slot(coarse_, time_us));
        } else {
            fill(far_.emplace_back());
            far_min_us_ = std::min(far_min_us_, time_us);
        }
    }
    // Time of the least event, kNever where there is none.
    std::int64_t next_time_us() const {
        const std::int64_t near = std::min(open_time_us(), hot_time_us());
        return near != kNever.us ? near : next_time_beyond_open_bucket();
    }
    // Takes the least event where it precedes `limit_us`.
    bool pop_before(std::int64_t limit_us, Event& out) {
        if (cursor_ == order_.size() && hot_.empty()) {
            if (next_time_beyond_open_bucket() >= limit_us) return false;
            open_next_bucket();
        }
        if (!hot_.empty() && (cursor_ == order_.size() || hot_.front() < open_event(cursor_))) {
            if (hot_.front().time_us >= limit_us) return false;
            std::pop_heap(hot_.begin(), hot_.end(), later);
            out = hot_.back();
            hot_.pop_back();
        } else {
            const Event& event = open_event(cursor_);
            if (event.time_us >= limit_us) return false;
            out = event;
            ++cursor_;
        }
        --size_;
        ++popped_;
        return true;
    }
    // REQUIRES: not empty.
    Event pop();
    // The event some places ahead in the open bucket, or nullptr: a hint for prefetching.
    const Event* ahead(std::size_t places) const {
        return cursor_ + places < order_.size() ? &open_event(cursor_ + places) : nullptr;
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    // All pending events, in no particular order.
    template <class F>
    void for_each(F&& visit) const {
        for (std::size_t i = cursor_; i < order_.size(); ++i)
            visit(open_event(i));
        for (const Event& e : hot_)
            visit(e);
        for (const Ring* ring : {&fine_, &coarse_}) {
            for (const Bucket& bucket : ring->bucket) {
                for (const Chunk* c = bucket.head; c != nullptr; c = c->next) {
                    for (std::uint32_t i = 0; i < c->count; ++i)
                        visit(c->event[i]);
                }
            }
        }
        for (const Event& e : far_)
            visit(e);
    }
    void clear();

  private:
    using Chunk = EventChunks::Chunk;
    static constexpr std::size_t kBuckets = 512;
    static constexpr std::size_t kHotLimitMin = 512;
    static constexpr std::uint32_t kIndexBits = 24;  // of a place in the open bucket
    struct Bucket {
        Chunk* head = nullptr;
        std::int64_t min_us = kNever.us;
        std::size_t count = 0;
    };
    // Buckets [next, count) cover [.., end_us), each 2^shift us wide.
    struct Ring {
        std::vector<Bucket> bucket;
        std::vector<std::uint64_t> occupied;  // one bit a bucket
        std::int64_t base_us = 0;
        std::int64_t end_us = 0;
        std::size_t next = 0;
        int shift = 0;
        std::size_t next_occupied() const;
    };

    static bool later(const Event& a, const Event& b) { return b < a; }
    const Event& open_event(std::size_t place) const {
        return open_[order_[place] & ((std::uint64_t{1} << kIndexBits) - 1)];
    }
    std::int64_t open_time_us() const {
        return cursor_ < order_.size() ? open_event(cursor_).time_us : kNever.us;
    }
    std::int64_t hot_time_us() const { return hot_.empty() ? kNever.us : hot_.front().time_us; }
    // A free place in the bucket of `time_us`.
    Event& slot(Ring& ring, std::int64_t time_us) {
        const auto i = static_cast<std::size_t>((time_us - ring.base_us) >> ring.shift);
        Bucket& bucket = ring.bucket[i];
        if (bucket.head == nullptr || bucket.head->count == Chunk::kRoom) {
            bucket.head = chunks_.take(bucket.head);
            ring.occupied[i / 64] |= std::uint64_t{1} << (i % 64);
        }
        ++bucket.count;
        bucket.min_us = std::min(bucket.min_us, time_us);
        return bucket.head->event[bucket.head->count++];
    }
    Chunk* take_bucket(Ring& ring, std::size_t index);
    std::int64_t next_time_beyond_open_bucket() const;
    void open_next_bucket();
    void sort_open(std::int64_t begin_us);
    void spread_coarse(std::size_t index);
    void turn();
    void retune();
    int choose_shift();

    EventChunks chunks_;
    std::vector<Event> open_;           // the open bucket, unsorted
    std::vector<std::uint64_t> order_;  // its places in the order of popping (low kIndexBits)
    std::size_t cursor_ = 0;
    std::vector<Event> hot_;
    std::size_t hot_limit_ = kHotLimitMin;
    Ring fine_, coarse_;
    std::vector<Event> far_;
    std::vector<std::int64_t> times_;  // scratch of choose_shift
    std::int64_t far_min_us_ = kNever.us;
    std::int64_t open_end_us_ = 0;
    std::size_t size_ = 0;
    std::uint64_t popped_ = 0;
    std::uint64_t popped_at_turn_ = 0;
    std::uint64_t popped_at_spread_ = 0;
    std::uint64_t popped_at_retune_ = 0;
    std::int64_t turn_us_ = 0;
};

}  // namespace jiahe::kernel
