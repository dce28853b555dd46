#include "kernel/grouping.h"

#include <algorithm>

namespace jiahe::kernel {
namespace {

constexpr std::uint64_t kWindowsMeasured = 64;
constexpr std::uint64_t kEventsMeasured = 4096;  // while merged
constexpr double kGrowth = 2;                    // of the load, before owners are parted again
// A partition alone runs about so many events before others get a look: records are handed on.
constexpr std::uint64_t kStrideEventsMin = 16'384;
constexpr std::uint64_t kStrideEventsMax = 65'536;

}  // namespace

void Grouping::start_measuring(std::int64_t at_us) {
    measuring_ = true;
    since_us_ = at_us;
    windows_ = 0;
    events_ = 0;
}

void Grouping::note(std::uint64_t events, std::uint64_t records, std::int64_t least_us) {
    if (wiring_.partitions == 1) {
        const std::uint64_t load = std::max(events, records);
        if (load > kStrideEventsMax) stride_us_ = std::max<std::int64_t>(stride_us_ / 2, 1);
        if (load < kStrideEventsMin) stride_us_ = std::min(stride_us_ * 2, kNever.us / 4);
    }
    if (sparse_events_ == 0 || partitions_.size() < 2) return;
    if (!measuring_ || least_us >= kNever.us) return start_measuring(least_us);
    events_ += events;
    ++windows_;
    const auto span_us = static_cast<double>(std::max<std::int64_t>(least_us - since_us_, 1));
    if (merged_) {
        if (events_ < kEventsMeasured) return;
        const double of_window = static_cast<double>(events_) / span_us * window_us_;
        due_ = of_window > kGrowth * static_cast<double>(sparse_events_);
        start_measuring(least_us);
        return;
    }
    if (windows_ < kWindowsMeasured) return;
    due_ = events_ < sparse_events_ * windows_;
    window_us_ = span_us / static_cast<double>(windows_);
    start_measuring(least_us);
}

void Grouping::change() {
    std::vector<Event> pending;
    std::int64_t reached_us = kNever.us;
    for (const auto& p : partitions_) {
        p->queue().for_each([&](const Event& event) { pending.push_back(event); });
    }
    // While merged, the others stand still.
    const std::size_t running = merged_ ? 1 : partitions_.size();
    for (std::size_t p = 0; p < running; ++p)
        reached_us = std::min(reached_us, partitions_[p]->reached_us());
    wiring_.exchange(other_);
    merged_ = !merged_;
    ++change_count_;
    due_ = false;
    for (const auto& p : partitions_)
        p->regroup(reached_us);
    for (const Event& event : pending)
        partitions_[wiring_.partition(event.owner())]->queue().push(event);
}

}  // namespace jiahe::kernel
