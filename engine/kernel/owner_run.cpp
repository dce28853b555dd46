// Partition, owner by owner: the way to run where owners cannot reach each other within a window.
//
// A window is at most as wide as the shortest channel between owners of the partition, so whatever
// one of them does in it reaches another only after it: each may be run through the window alone,
// in its own order, while the rows of the next are fetched. What an owner schedules for itself
// within the window waits in a small heap. Kinds that their system takes many at a time go to it in
// one call as long as no other kind of the same owner comes between.
#include <algorithm>
#include <numeric>

#include "kernel/partition.h"

namespace jiahe::kernel {
namespace {

constexpr std::size_t kPrefetchFar = 12;
constexpr std::size_t kPrefetchNear = 5;

bool later(const Event& a, const Event& b) {
    return b < a;
}

// A permutation of the places 0..count-1.
class Shuffle {
  public:
    Shuffle(std::uint64_t seed, std::uint32_t count) : count_(std::max(count, 1u)), shift_(seed) {
        factor_ = 1 + (seed * 0x9E3779B97F4A7C15ull >> 32) % count_;
        while (std::gcd(factor_, count_) != 1)
            ++factor_;
    }
    std::uint32_t operator()(std::uint32_t place) const {
        return static_cast<std::uint32_t>((place * factor_ + shift_ % count_) % count_);
    }

  private:
    std::uint64_t count_, shift_, factor_;
};

}  // namespace

void System::handle_batch(Context& context, std::span<const Event> events) {
    for (const Event& event : events) {
        context.turn_to(event);
        handle(context, event);
    }
}

std::int64_t Partition::run_by_owner(SimTime bound, OwnerSort& scratch) {
    WindowBuckets& windows = queue_.windows();
    const auto place_of = [this](const Event& event) { return wiring_.place(event.owner()); };
    const Shuffle shuffle(wiring_.shuffle, wiring_.places[index_]);
    const auto shuffled_place_of = [&](const Event& event) {
        return shuffle(wiring_.place(event.owner()));
    };
    const std::int64_t width_us = wiring_.inner_window_us[index_];
    const std::int64_t limit_us = windows.cut_us(windows.next_time_us(), bound.us);
    for (;;) {
        const std::int64_t begin_us = windows.next_time_us();
        if (begin_us >= limit_us) return limit_us;
        const std::int64_t end_us = windows.cut_us(
            begin_us, std::min({limit_us, begin_us + width_us, windows.reach_us(begin_us)}));
        auto& runs = scratch.runs();
        runs.clear();
        windows.take(begin_us, end_us, runs);
        const std::span<const Event> events =
            wiring_.shuffle == 0 ? scratch.sort(runs, wiring_.places[index_], place_of)
                                 : scratch.sort(runs, wiring_.places[index_], shuffled_place_of);
        if (wiring_.ownership != nullptr) [[unlikely]]
            wiring_.ownership->begin_window(begin_us);
        windows.give_back(runs);
        reached_us_ = begin_us - 1;
        window_end_us_ = end_us;
        run_window(events);
        window_end_us_ = 0;
    }
}

void Partition::run_window(std::span<const Event> events) {
    for (std::size_t at = 0; at < events.size();) {
        const std::size_t after = run_batch(events, at);
        at = after > at ? after : run_owner(events, at);
    }
}

// Events from `first` on that go to their system in one call; returns where they end.
std::size_t Partition::run_batch(std::span<const Event> events, std::size_t first) {
    const std::uint8_t system = wiring_.batched[events[first].kind];
    if (system == 0 || wiring_.ownership != nullptr) return first;
    std::size_t end = first + 1;
    while (end < events.size() && wiring_.batched[events[end].kind] == system)
        ++end;
    if (end < events.size() && events[end].entity == events[end - 1].entity) {
        // Its owner has other kinds too: its events are run one by one.
        const std::uint32_t mixed = events[end].entity;
        while (end > first && events[end - 1].entity == mixed)
            --end;
        if (end == first) return first;
    }
    for (std::size_t i = first + 1; i < end; ++i) {
        if (ties(events[i], events[i - 1])) [[unlikely]]
            report_tie(events[i]);
    }
    const std::span<const Event> batch = events.subspan(first, end - first);
    event_count_ += batch.size();
    batching_ = true;
    wiring_.systems[system - 1]->handle_batch(context_, batch);
    batching_ = false;
    return end;
}

// The rows of the events some places ahead.
void Partition::hint(std::span<const Event> events, std::size_t at) const {
    if (at + kPrefetchFar >= events.size()) return;
    const Event& far = events[at + kPrefetchFar];
    wiring_.systems[far.owner().system()]->prefetch(far, false);
    const Event& near = events[at + kPrefetchNear];
    wiring_.systems[near.owner().system()]->prefetch(near, true);
}

void Partition::keep_hot(const Event& event) {
    JIAHE_CHECK(!batching_, "a batched kind schedules its owner no sooner than batch_delay()");
    hot_.push_back(event);
    std::push_heap(hot_.begin(), hot_.end(), later);
}

// All events of the owner of events[first]; returns where they end.
std::size_t Partition::run_owner(std::span<const Event> events, std::size_t first) {
    const std::uint32_t entity = events[first].entity;
    System& system = *wiring_.systems[EntityId::from_raw(entity).system()];
    context_.self_ = EntityId::from_raw(entity);
    Event last;
    last.time_us = kNever.us;
    std::size_t at = first;
    for (;;) {
        const bool more = at < events.size() && events[at].entity == entity;
        const bool from_hot = !hot_.empty() && (!more || hot_.front() < events[at]);
        if (!pending_decisions_.empty()) {
            const std::int64_t next_us = from_hot ? hot_.front().time_us
                                         : more   ? events[at].time_us
                                                  : kNever.us;
            if (next_us > context_.now_.us) {
                flush_decisions();
                continue;
            }
        }
        if (!more && !from_hot) return at;
        Event event;
        if (from_hot) {
            std::pop_heap(hot_.begin(), hot_.end(), later);
            event = hot_.back();
            hot_.pop_back();
        } else {
            event = events[at];
            hint(events, at++);
        }
        if (wiring_.cancelled(event)) continue;
        context_.now_ = event.time();
        if (event.phase() == Phase::kDecide) {
            pending_decisions_.push_back(event.entity);
            continue;
        }
        if (ties(event, last)) [[unlikely]]
            report_tie(event);
        last = event;
        ++event_count_;
        system.handle(context_, event);
        if (wiring_.ownership != nullptr) [[unlikely]]
            wiring_.ownership->after(context_.self_, context_.now_);
    }
}

}  // namespace jiahe::kernel
