#include "kernel/event_queue.h"

#include <bit>

#include "base/check.h"

namespace jiahe::kernel {
namespace {

constexpr int kShiftMin = 0;
constexpr int kShiftMax = 36;
constexpr double kEventsPerBucket = 96;

}  // namespace

EventQueue::EventQueue()
    : ring_(kBuckets),
      bucket_min_us_(kBuckets, kNever.us),
      occupied_(kBuckets / 64, 0),
      overflow_min_us_(kNever.us) {}

void EventQueue::clear() {
    *this = EventQueue();
}

std::size_t EventQueue::next_occupied(std::size_t from) const {
    if (from >= kBuckets) return kBuckets;
    std::size_t word = from / 64;
    std::uint64_t bits = occupied_[word] & (~std::uint64_t{0} << (from % 64));
    while (bits == 0) {
        if (++word == occupied_.size()) return kBuckets;
        bits = occupied_[word];
    }
    return word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
}

std::int64_t EventQueue::next_time_beyond_open_bucket() const {
    const std::size_t bucket = next_occupied(next_bucket_);
    return bucket < kBuckets ? bucket_min_us_[bucket] : overflow_min_us_;
}

void EventQueue::open_next_bucket() {
    JIAHE_CHECK(size_ > 0, "pop from an empty queue");
    std::size_t bucket = next_occupied(next_bucket_);
    if (bucket == kBuckets) {
        turn_ring();
        bucket = next_occupied(0);
    }
    sorted_.clear();
    cursor_ = 0;
    if (sorted_.capacity() > 0) spare_.push_back(std::move(sorted_));
    sorted_ = std::move(ring_[bucket]);
    ring_[bucket] = {};
    std::sort(sorted_.begin(), sorted_.end());
    bucket_min_us_[bucket] = kNever.us;
    occupied_[bucket / 64] &= ~(std::uint64_t{1} << (bucket % 64));
    next_bucket_ = bucket + 1;
    open_end_us_ = base_us_ + (static_cast<std::int64_t>(next_bucket_) << shift_);
}

// The ring is spent: chooses the width from the load since the last turn and pulls the overflow's
// near part in.
void EventQueue::turn_ring() {
    const std::uint64_t popped = popped_ - popped_at_turn_;
    double width_us = 0;
    if (popped > 4 * kBuckets / 64 && overflow_min_us_ > turn_us_) {
        width_us = static_cast<double>(overflow_min_us_ - turn_us_) / static_cast<double>(popped) *
                   kEventsPerBucket;
    } else {
        std::int64_t last_us = overflow_min_us_;
        for (const Event& e : overflow_)
            last_us = std::max(last_us, e.time_us);
        width_us = static_cast<double>(last_us - overflow_min_us_ + 1) /
                   static_cast<double>(overflow_.size()) * kEventsPerBucket;
    }
    const auto width = static_cast<std::uint64_t>(std::clamp(width_us, 1.0, 1e11));
    shift_ = std::clamp(static_cast<int>(std::bit_width(width)) - 1, kShiftMin, kShiftMax);
    popped_at_turn_ = popped_;
    turn_us_ = overflow_min_us_;
    base_us_ = (overflow_min_us_ >> shift_) << shift_;
    horizon_us_ = base_us_ + (static_cast<std::int64_t>(kBuckets) << shift_);
    next_bucket_ = 0;
    overflow_min_us_ = kNever.us;
    std::size_t kept = 0;
    for (const Event& e : overflow_) {
        if (e.time_us < horizon_us_) {
            push_ring(e);
        } else {
            overflow_min_us_ = std::min(overflow_min_us_, e.time_us);
            overflow_[kept++] = e;
        }
    }
    overflow_.resize(kept);
}

}  // namespace jiahe::kernel
