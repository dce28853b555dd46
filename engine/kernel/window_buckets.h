// WindowBuckets: pending events in buckets of time, taken out a window at a time in no order.
//
// Where owners cannot reach each other within a window, its events need no common order: each
// owner's own events are enough (owner_batch.h). So nothing is sorted here. A wheel of three rings,
// each bucket of one as wide as 256 of the ring below, and a list beyond (Varghese and Lauck 1987,
// hierarchical timing wheels); a ring reaches at least 256 buckets ahead. An event is moved once a
// ring it descends, and with a window of 4 to 8 buckets most are put where they are taken from.
// Partition-state lifecycle; one task at a time.
//
// Invariants: 1. an event lies in the finest ring that reaches its time; 2. no event precedes the
// end of the last window taken. Cost: O(1) a push, no allocation in steady state.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/check.h"
#include "base/sim_time.h"
#include "kernel/event.h"

namespace jiahe::kernel {

// Events side by side, within one chunk.
struct EventRun {
    const Event* events;
    std::uint32_t count;
    std::uint32_t chunk;
};

// Chunks of 16 events by number. The chain from one chunk to the next is kept apart from the
// events, so that a bucket is listed without waiting for memory that has long left the caches.
// Recycled last in, first out; chunks live as long as the pool.
class NumberedChunks {
  public:
    static constexpr std::uint32_t kNone = 0xffffffffu;
    static constexpr std::uint32_t kRoom = 16;
    struct alignas(64) Chunk {
        Event event[kRoom];
    };
    std::uint32_t take(std::uint32_t next) {
        if (free_ == kNone) add_slab();
        const std::uint32_t chunk = free_;
        free_ = next_[chunk];
        next_[chunk] = next;
        if (free_ != kNone) fetch(free_);  // the one after, by the time it is written
        return chunk;
    }
    void give_back(std::uint32_t chunk) {
        next_[chunk] = free_;
        free_ = chunk;
    }
    std::uint32_t next(std::uint32_t chunk) const { return next_[chunk]; }
    Event* events(std::uint32_t chunk) const {
        return slab_[chunk / kSlabChunks][chunk % kSlabChunks].event;
    }

  private:
    static constexpr std::size_t kSlabChunks = 128;
    void fetch(std::uint32_t chunk) const {
        const Event* events = this->events(chunk);
        for (std::uint32_t i = 0; i < kRoom; i += 2)  // two a cache line
            __builtin_prefetch(events + i, 1);
    }
    void add_slab();
    std::vector<std::unique_ptr<Chunk[]>> slab_;
    std::vector<std::uint32_t> next_;  // [chunk]
    std::uint32_t free_ = kNone;
};

class WindowBuckets {
  public:
    static constexpr std::uint32_t kRoom = NumberedChunks::kRoom;
    // REQUIRES: window_us > 0, the width of most windows to come.
    explicit WindowBuckets(std::int64_t window_us);

    // Puts in what `fill` writes; its time is `time_us`.
    template <class Fill>
    void emplace(std::int64_t time_us, Fill&& fill) {
        JIAHE_DEBUG_CHECK(time_us >= begin_us_, "an event before a window that was taken");
        fill(room(bucket_of(time_us), time_us));
        ++size_;
    }
    std::int64_t next_time_us() const;
    // The latest end that a window beginning at `begin_us` may have.
    std::int64_t reach_us(std::int64_t begin_us) const {
        return ((begin_us >> ring_[0].shift) + kAhead) << ring_[0].shift;
    }
    // The latest begin of a bucket in (begin_us, end_us], or end_us: a window that ends there
    // leaves no bucket in halves. Where few events wait, halving is cheaper than one more window.
    std::int64_t cut_us(std::int64_t begin_us, std::int64_t end_us) const {
        const std::int64_t cut = end_us >> ring_[0].shift << ring_[0].shift;
        return size_ >= kManyEvents && cut > begin_us ? cut : end_us;
    }
    // Adds all events with time < end_us to `found`. They stay valid until given back.
    // REQUIRES: begin_us == next_time_us(), end_us <= reach_us(begin_us).
    void take(std::int64_t begin_us, std::int64_t end_us, std::vector<EventRun>& found);
    void give_back(const std::vector<EventRun>& found);
    std::size_t size() const { return size_; }
    template <class F>
    void for_each(F&& visit) const {
        for (const Ring& ring : ring_) {
            for (const Bucket& bucket : ring.bucket)
                visit_bucket(bucket, visit);
        }
        visit_bucket(far_, visit);
    }

  private:
    static constexpr std::size_t kBuckets = 512;
    static constexpr std::int64_t kAhead = 256;
    static constexpr int kAheadBits = 8;
    static constexpr std::size_t kManyEvents = 4096;
    struct Bucket {
        Event* events = nullptr;  // of the head
        std::int64_t min_us = kNever.us;
        std::uint32_t head = NumberedChunks::kNone;
        std::uint32_t used = kRoom;  // of the head; the other chunks are full
    };
    // Buckets of times in [.., end << shift), the bucket of t at (t >> shift) mod kBuckets.
    struct Ring {
        std::vector<Bucket> bucket;
        std::array<std::uint64_t, kBuckets / 64> occupied{};
        std::int64_t end = 2 * kAhead;
        int shift = 0;
        std::int64_t first_time_us(std::int64_t from_us) const;
    };

    Bucket& bucket_of(std::int64_t time_us) {
        const std::int64_t number = time_us >> ring_[0].shift;
        if (number < ring_[0].end) [[likely]]
            return ring_[0].bucket[static_cast<std::size_t>(number) % kBuckets];
        return bucket_beyond(time_us);
    }
    Event& room(Bucket& bucket, std::int64_t time_us) {
        if (bucket.used == kRoom) grow(bucket, time_us);
        if (time_us < bucket.min_us) bucket.min_us = time_us;
        return bucket.events[bucket.used++];
    }
    template <class F>
    void visit_bucket(const Bucket& bucket, F&& visit) const {
        std::uint32_t count = bucket.used;
        for (std::uint32_t c = bucket.head; c != NumberedChunks::kNone; c = chunks_.next(c)) {
            for (std::uint32_t i = 0; i < count; ++i)
                visit(chunks_.events(c)[i]);
            count = kRoom;
        }
    }
    Bucket& bucket_beyond(std::int64_t time_us);
    void grow(Bucket& bucket, std::int64_t time_us);
    void descend(Bucket& bucket);
    void advance(std::int64_t to_us);
    void split(Bucket& bucket, std::int64_t end_us, std::vector<EventRun>& found);

    NumberedChunks chunks_;
    std::array<Ring, 3> ring_;
    Bucket far_;
    std::int64_t begin_us_ = 0;  // no event precedes it
    std::size_t size_ = 0;
};

}  // namespace jiahe::kernel
