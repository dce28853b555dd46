#include "kernel/event_queue.h"

#include <bit>
#include <cmath>

#include "base/check.h"

namespace jiahe::kernel {
namespace {

constexpr int kShiftMax = 40;  // a coarse bucket of 12 days
constexpr double kEventsPerFine = 64;
constexpr double kEventsPerCoarse = 16'384;
// Fewer pops than this since the last turn say little about the load to come.
constexpr std::uint64_t kPoppedMin = 1024;
// The earliest pending events that a width is chosen from without a measured load.
constexpr std::size_t kNearSample = 256;

// The largest shift whose width does not exceed `width_us`.
int shift_for(double width_us) {
    const auto width = static_cast<std::uint64_t>(std::clamp(width_us, 1.0, 1e15));
    return std::min(static_cast<int>(std::bit_width(width)) - 1, kShiftMax);
}

}  // namespace

EventQueue::EventQueue() {
    for (Ring* ring : {&fine_, &coarse_}) {
        ring->bucket.resize(kBuckets);
        ring->occupied.resize(kBuckets / 64, 0);
        ring->next = kBuckets;
    }
}

void EventQueue::clear() {
    *this = EventQueue();
}

std::size_t EventQueue::Ring::next_occupied() const {
    if (next >= kBuckets) return kBuckets;
    std::size_t word = next / 64;
    std::uint64_t bits = occupied[word] & (~std::uint64_t{0} << (next % 64));
    while (bits == 0) {
        if (++word == occupied.size()) return kBuckets;
        bits = occupied[word];
    }
    return word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
}

std::int64_t EventQueue::next_time_beyond_open_bucket() const {
    const std::size_t fine = fine_.next_occupied();
    if (fine < kBuckets) return fine_.bucket[fine].min_us;
    const std::size_t coarse = coarse_.next_occupied();
    return coarse < kBuckets ? coarse_.bucket[coarse].min_us : far_min_us_;
}

Event EventQueue::pop() {
    Event event;
    JIAHE_CHECK(pop_before(kNever.us, event), "pop from an empty queue");
    return event;
}

EventChunks::Chunk* EventQueue::take_bucket(Ring& ring, std::size_t index) {
    Chunk* head = ring.bucket[index].head;
    ring.bucket[index] = {};
    ring.occupied[index / 64] &= ~(std::uint64_t{1} << (index % 64));
    return head;
}

void EventQueue::open_next_bucket() {
    std::size_t index = fine_.next_occupied();
    if (index == kBuckets) {
        std::size_t coarse = coarse_.next_occupied();
        if (coarse == kBuckets) {
            turn();
            coarse = coarse_.next_occupied();
        }
        spread_coarse(coarse);
        index = fine_.next_occupied();
    }
    open_.clear();
    cursor_ = 0;
    for (Chunk* chunk = take_bucket(fine_, index); chunk != nullptr;) {
        open_.insert(open_.end(), chunk->event, chunk->event + chunk->count);
        Chunk* next = chunk->next;
        chunks_.give_back(chunk);
        chunk = next;
    }
    const std::int64_t begin_us = fine_.base_us + (static_cast<std::int64_t>(index) << fine_.shift);
    fine_.next = index + 1;
    open_end_us_ = std::min(begin_us + (std::int64_t{1} << fine_.shift), fine_.end_us);
    sort_open(begin_us);
}

// Sorts words of (time since the bucket's begin, place), then runs of one instant by content.
void EventQueue::sort_open(std::int64_t begin_us) {
    JIAHE_CHECK(open_.size() < (std::size_t{1} << kIndexBits), "too many events in one bucket");
    order_.resize(open_.size());
    for (std::size_t i = 0; i < open_.size(); ++i) {
        order_[i] = (static_cast<std::uint64_t>(open_[i].time_us - begin_us) << kIndexBits) | i;
    }
    std::sort(order_.begin(), order_.end());
    for (std::size_t i = 1; i < order_.size(); ++i) {
        if (order_[i - 1] >> kIndexBits != order_[i] >> kIndexBits) continue;
        std::size_t end = i + 1;
        while (end < order_.size() && order_[end] >> kIndexBits == order_[i] >> kIndexBits)
            ++end;
        constexpr std::uint64_t kPlace = (std::uint64_t{1} << kIndexBits) - 1;
        std::sort(order_.begin() + static_cast<std::ptrdiff_t>(i - 1),
                  order_.begin() + static_cast<std::ptrdiff_t>(end),
                  [&](std::uint64_t a, std::uint64_t b) {
                      return open_[a & kPlace] < open_[b & kPlace];
                  });
        i = end;
    }
}

// Spreads a coarse bucket over the fine ones, whose width follows what it holds and what the one
// before let through.
void EventQueue::spread_coarse(std::size_t index) {
    const std::size_t held = coarse_.bucket[index].count;
    Chunk* chunk = take_bucket(coarse_, index);
    const double expected =
        static_cast<double>(std::max<std::uint64_t>(held, popped_ - popped_at_spread_));
    popped_at_spread_ = popped_;
    const double width_us = std::ldexp(1.0, coarse_.shift);
    coarse_.next = index + 1;
    fine_.base_us = coarse_.base_us + (static_cast<std::int64_t>(index) << coarse_.shift);
    fine_.end_us = fine_.base_us + (std::int64_t{1} << coarse_.shift);
    fine_.next = 0;
    const int finest = std::max(0, coarse_.shift - std::countr_zero(kBuckets));
    fine_.shift = std::clamp(shift_for(width_us / expected * kEventsPerFine), finest,
                             std::max(coarse_.shift, finest));
    while (chunk != nullptr) {
        Chunk* next = chunk->next;
        // Coarse buckets were filled long ago and have left the caches.
        if (next != nullptr) prefetch(*next);
        for (std::uint32_t i = 0; i < chunk->count; ++i)
            slot(fine_, chunk->event[i].time_us) = chunk->event[i];
        chunks_.give_back(chunk);
        chunk = next;
    }
}

// Width of a coarse bucket, from the load since the last turn or, where that says little, from the
// earliest far events. At least a sixteenth of the far list is pulled in, so that turns stay cheap.
int EventQueue::choose_shift() {
    std::vector<std::int64_t>& times = times_;
    times.resize(far_.size());
    for (std::size_t i = 0; i < far_.size(); ++i)
        times[i] = far_[i].time_us;
    const auto span_us = [&](std::size_t count) {
        const auto last = times.begin() + static_cast<std::ptrdiff_t>(count - 1);
        std::nth_element(times.begin(), last, times.end());
        return static_cast<double>(*last - far_min_us_ + 1);
    };
    const double least_us = span_us(far_.size() / 16 + 1) / static_cast<double>(kBuckets);
    const std::uint64_t popped = popped_ - popped_at_turn_;
    double gap_us = 0;
    if (popped >= kPoppedMin && far_min_us_ > turn_us_) {
        gap_us = static_cast<double>(far_min_us_ - turn_us_) / static_cast<double>(popped);
    } else {
        const std::size_t count = std::min(far_.size(), kNearSample);
        gap_us = span_us(count) / static_cast<double>(count);
    }
    return std::min(kShiftMax,
                    std::max(shift_for(gap_us * kEventsPerCoarse), shift_for(least_us) + 1));
}

// The calendar is spent: chooses its width and pulls the far events' near part in.
void EventQueue::turn() {
    coarse_.shift = choose_shift();
    popped_at_turn_ = popped_;
    popped_at_spread_ = popped_;
    turn_us_ = far_min_us_;
    coarse_.base_us = (far_min_us_ >> coarse_.shift) << coarse_.shift;
    coarse_.end_us = coarse_.base_us + (static_cast<std::int64_t>(kBuckets) << coarse_.shift);
    coarse_.next = 0;
    far_min_us_ = kNever.us;
    std::size_t kept = 0;
    for (const Event& e : far_) {
        if (e.time_us < coarse_.end_us) {
            slot(coarse_, e.time_us) = e;
        } else {
            far_min_us_ = std::min(far_min_us_, e.time_us);
            far_[kept++] = e;
        }
    }
    far_.resize(kept);
}

// The load has outgrown the widths: everything back to the far list, to be spread anew at the next
// pop. Not before a quarter of the pending events has been popped since, so its cost stays O(1) a
// pop.
void EventQueue::retune() {
    if (popped_ - popped_at_retune_ < size_ / 4) {
        hot_limit_ *= 2;
        return;
    }
    std::vector<Event> all;
    all.reserve(size_);
    for_each([&](const Event& e) { all.push_back(e); });
    EventQueue fresh;
    fresh.far_ = std::move(all);
    for (const Event& e : fresh.far_)
        fresh.far_min_us_ = std::min(fresh.far_min_us_, e.time_us);
    fresh.size_ = size_;
    fresh.popped_ = fresh.popped_at_turn_ = fresh.popped_at_retune_ = popped_;
    fresh.hot_limit_ = kHotLimitMin;
    *this = std::move(fresh);
}

}  // namespace jiahe::kernel
