#include "kernel/window_runner.h"

#include <algorithm>

namespace jiahe::kernel {
WindowRunner::WindowRunner(const Wiring& wiring, Partitions& partitions, TaskTeam& team,
                           Grouping& grouping, std::uint64_t parallel_events_min)
    : wiring_(wiring),
      partitions_(partitions),
      team_(team),
      grouping_(grouping),
      parallel_events_min_(parallel_events_min),
      turns_(partitions.size()),
      bounds_(partitions.size()),
      task_([this](std::size_t i) { run_turn(active_[i]); }) {
    for (Turn& turn : turns_)
        turn.senders.reserve(partitions.size());
    active_.reserve(partitions.size());
}

void WindowRunner::run(SimTime stop, const std::function<void(SimTime)>& between) {
    find_next();
    for (;;) {
        sort_mail();
        if (grouping_.due()) regroup();
        std::int64_t least_us = kNever.us;
        for (const Turn& turn : turns_)
            least_us = std::min(least_us, turn.next_us);
        set_bounds(stop);
        if (active_.empty()) return;
        if (between && least_us < stop.us) between({least_us});
        side_ = 1 - side_;
        if (window_events_ >= parallel_events_min_) {
            team_.run_each(active_.size(), task_);
        } else {
            for (const std::uint16_t q : active_)
                run_turn(q);
        }
        window_events_ = 0;
        std::uint64_t records = 0;
        for (const std::uint16_t q : active_) {
            window_events_ += turns_[q].events;
            records += turns_[q].records;
        }
        grouping_.note(window_events_, records, least_us);
        ++window_count_;
    }
}

void WindowRunner::find_next() {
    for (std::size_t p = 0; p < partitions_.size(); ++p)
        turns_[p].next_us = partitions_[p]->queue().next_time_us();
}

// Delivers all mail, and lets owners change their partitions.
void WindowRunner::regroup() {
    for (std::size_t q = 0; q < turns_.size(); ++q) {
        for (const std::uint16_t p : turns_[q].senders)
            partitions_[q]->take_mail(partitions_[p]->outbox(side_, q));
        turns_[q].senders.clear();
    }
    grouping_.change();
    find_next();
}

// Tells each receiver whose mail it has and how early that is.
void WindowRunner::sort_mail() {
    for (Turn& turn : turns_)
        turn.senders.clear();
    for (std::size_t p = 0; p < partitions_.size(); ++p) {
        auto& written = partitions_[p]->written(side_);
        for (const std::uint16_t q : written) {
            turns_[q].senders.push_back(static_cast<std::uint16_t>(p));
            turns_[q].next_us =
                std::min(turns_[q].next_us, partitions_[p]->outbox(side_, q).min_time_us);
        }
        written.clear();
    }
}

void WindowRunner::set_bounds(SimTime stop) {
    const std::size_t n = wiring_.partitions;
    std::fill(bounds_.begin(), bounds_.end(), stop.us);
    if (n == 1) bounds_[0] = std::min(stop.us, turns_[0].next_us + grouping_.stride_us());
    for (std::size_t p = 0; p < n; ++p) {
        const std::int64_t next_us = turns_[p].next_us;
        if (next_us >= stop.us) continue;
        const std::int64_t* lookahead_us = &wiring_.lookahead_us[p * n];
        for (std::size_t q = 0; q < n; ++q) {
            bounds_[q] = std::min(bounds_[q], next_us + lookahead_us[q]);
        }
    }
    active_.clear();
    for (std::size_t q = 0; q < n; ++q) {
        turns_[q].bound_us = bounds_[q];
        if (!turns_[q].senders.empty() || turns_[q].next_us < bounds_[q]) {
            active_.push_back(static_cast<std::uint16_t>(q));
        }
    }
    if (wiring_.shuffle != 0) std::reverse(active_.begin(), active_.end());
}

std::unique_ptr<OwnerSort> WindowRunner::take_scratch() {
    const std::lock_guard lock(scratch_mutex_);
    if (scratch_.empty()) return std::make_unique<OwnerSort>();
    std::unique_ptr<OwnerSort> scratch = std::move(scratch_.back());
    scratch_.pop_back();
    return scratch;
}

void WindowRunner::run_turn(std::size_t index) {
    Turn& turn = turns_[index];
    Partition& partition = *partitions_[index];
    const std::uint64_t before = partition.event_count();
    const std::uint64_t records_before = partition.merged_records().size();
    for (const std::uint16_t p : turn.senders) {
        partition.take_mail(partitions_[p]->outbox(1 - side_, index));
    }
    std::unique_ptr<OwnerSort> scratch = take_scratch();
    partition.run({turn.bound_us}, side_, *scratch);
    {
        const std::lock_guard lock(scratch_mutex_);
        scratch_.push_back(std::move(scratch));
    }
    turn.events = partition.event_count() - before;
    turn.records = partition.merged_records().size() - records_before;
    turn.next_us = partition.queue().next_time_us();
}

}  // namespace jiahe::kernel
