#include "kernel/window_buckets.h"

#include <algorithm>
#include <bit>

namespace jiahe::kernel {
namespace {

constexpr int kWindowBuckets = 4;  // a window spans 4 to 8 buckets
constexpr int kShiftMax = 36;      // a bucket of 19 hours; the widest ring then has 2^52 us

}  // namespace

void NumberedChunks::add_slab() {
    const std::size_t first = next_.size();
    slab_.push_back(std::make_unique_for_overwrite<Chunk[]>(kSlabChunks));
    next_.resize(first + kSlabChunks);
    for (std::size_t i = kSlabChunks; i-- > 0;)
        give_back(static_cast<std::uint32_t>(first + i));
}

WindowBuckets::WindowBuckets(std::int64_t window_us) {
    const auto width =
        static_cast<std::uint64_t>(std::max<std::int64_t>(window_us / kWindowBuckets, 1));
    int shift = std::min(static_cast<int>(std::bit_width(width)) - 1, kShiftMax);
    for (Ring& ring : ring_) {
        ring.bucket.resize(kBuckets);
        ring.shift = shift;
        shift += kAheadBits;
    }
}

// Least time in the ring, whose buckets before that of `from_us` are empty.
std::int64_t WindowBuckets::Ring::first_time_us(std::int64_t from_us) const {
    const std::size_t from = static_cast<std::size_t>(from_us >> shift) % kBuckets;
    constexpr std::size_t kWords = kBuckets / 64;
    for (std::size_t i = 0; i <= kWords; ++i) {
        const std::size_t word = (from / 64 + i) % kWords;
        std::uint64_t bits = occupied[word];
        if (i == 0) bits &= ~std::uint64_t{0} << (from % 64);
        if (i == kWords) bits &= ~(~std::uint64_t{0} << (from % 64));
        if (bits != 0) return bucket[word * 64 + std::countr_zero(bits)].min_us;
    }
    return kNever.us;
}

std::int64_t WindowBuckets::next_time_us() const {
    if (size_ == 0) return kNever.us;
    for (const Ring& ring : ring_) {
        const std::int64_t first_us = ring.first_time_us(begin_us_);
        if (first_us != kNever.us) return first_us;
    }
    return far_.min_us;
}

WindowBuckets::Bucket& WindowBuckets::bucket_beyond(std::int64_t time_us) {
    for (Ring& ring : ring_) {
        const std::int64_t number = time_us >> ring.shift;
        if (number < ring.end) return ring.bucket[static_cast<std::size_t>(number) % kBuckets];
    }
    return far_;
}

void WindowBuckets::grow(Bucket& bucket, std::int64_t time_us) {
    bucket.head = chunks_.take(bucket.head);
    bucket.events = chunks_.events(bucket.head);
    bucket.used = 0;
    for (Ring& ring : ring_) {
        const std::int64_t number = time_us >> ring.shift;
        if (number >= ring.end) continue;
        const std::size_t place = static_cast<std::size_t>(number) % kBuckets;
        ring.occupied[place / 64] |= std::uint64_t{1} << (place % 64);
        return;
    }
}

// Puts a bucket's events where they belong now.
void WindowBuckets::descend(Bucket& bucket) {
    std::uint32_t chunk = bucket.head;
    std::uint32_t count = bucket.used;
    bucket = {};
    while (chunk != NumberedChunks::kNone) {
        const std::uint32_t next = chunks_.next(chunk);
        const Event* events = chunks_.events(chunk);
        for (std::uint32_t i = 0; i < count; ++i)
            room(bucket_of(events[i].time_us), events[i].time_us) = events[i];
        chunks_.give_back(chunk);
        chunk = next;
        count = kRoom;
    }
}

// From the widest ring down: a ring reaches 256 to 512 buckets ahead, and takes from the one above
// what it newly reaches. No event precedes `to_us`, so that no two rounds of a ring meet.
void WindowBuckets::advance(std::int64_t to_us) {
    begin_us_ = to_us;
    for (std::size_t k = ring_.size(); k-- > 0;) {
        Ring& ring = ring_[k];
        const std::int64_t end = (((to_us >> ring.shift) >> kAheadBits) + 2) << kAheadBits;
        if (end <= ring.end) continue;
        const std::int64_t first = ring.end >> kAheadBits;  // bucket of the ring above
        ring.end = end;
        if (k + 1 == ring_.size()) {
            if (far_.min_us >> ring.shift < end) descend(far_);
            continue;
        }
        Ring& above = ring_[k + 1];
        const std::int64_t last = std::min(end >> kAheadBits, above.end);
        for (std::int64_t i = std::max(first, last - static_cast<std::int64_t>(kBuckets)); i < last;
             ++i) {
            const std::size_t place = static_cast<std::size_t>(i) % kBuckets;
            const std::uint64_t bit = std::uint64_t{1} << (place % 64);
            if ((above.occupied[place / 64] & bit) == 0) continue;
            above.occupied[place / 64] &= ~bit;
            descend(above.bucket[place]);
        }
    }
}

void WindowBuckets::take(std::int64_t begin_us, std::int64_t end_us, std::vector<EventRun>& found) {
    advance(begin_us);
    Ring& ring = ring_[0];
    const std::int64_t last = (end_us - 1) >> ring.shift;
    for (std::int64_t number = begin_us >> ring.shift; number <= last; ++number) {
        const std::size_t place = static_cast<std::size_t>(number) % kBuckets;
        Bucket& bucket = ring.bucket[place];
        if (bucket.min_us >= end_us) continue;
        ring.occupied[place / 64] &= ~(std::uint64_t{1} << (place % 64));
        if ((number + 1) << ring.shift > end_us) {
            split(bucket, end_us, found);
            continue;
        }
        std::uint32_t count = bucket.used;
        for (std::uint32_t c = bucket.head; c != NumberedChunks::kNone; c = chunks_.next(c)) {
            found.push_back({chunks_.events(c), count, c});
            size_ -= count;
            count = kRoom;
        }
        bucket = {};
    }
    begin_us_ = end_us;
}

// The bucket in which a window ends: what comes later is put back.
void WindowBuckets::split(Bucket& bucket, std::int64_t end_us, std::vector<EventRun>& found) {
    std::uint32_t chunk = bucket.head;
    std::uint32_t count = bucket.used;
    bucket = {};
    for (; chunk != NumberedChunks::kNone; chunk = chunks_.next(chunk)) {
        Event* events = chunks_.events(chunk);
        std::uint32_t kept = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const Event event = events[i];
            if (event.time_us < end_us) {
                events[kept++] = event;
            } else {
                room(bucket, event.time_us) = event;
            }
        }
        found.push_back({events, kept, chunk});
        size_ -= kept;
        count = kRoom;
    }
}

void WindowBuckets::give_back(const std::vector<EventRun>& found) {
    for (const EventRun& run : found)
        chunks_.give_back(run.chunk);
}

}  // namespace jiahe::kernel
