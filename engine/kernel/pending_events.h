// PendingEvents: a partition's pending events behind one interface, in one of three queues.
//
// heap: the reference; calendar: in time order, O(1); windows: a window at a time, for running
// owner by owner. Which one holds them never shows in results, so that the kernel may change it at
// any time for speed. Partition-state lifecycle; one task at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kernel/event_queue.h"
#include "kernel/heap_queue.h"
#include "kernel/window_buckets.h"

namespace jiahe::kernel {

enum class QueueKind : std::uint8_t { kHeap, kCalendar, kWindows };

class PendingEvents {
  public:
    QueueKind kind() const { return kind_; }
    // Moves all events. `window_us`: the width of windows to come, for kWindows.
    void change(QueueKind kind, std::int64_t window_us);

    void push(const Event& event) {
        emplace(event.time_us, [&](Event& slot) { slot = event; });
    }
    template <class Fill>
    void emplace(std::int64_t time_us, Fill&& fill) {
        switch (kind_) {
            case QueueKind::kWindows:
                return windows_->emplace(time_us, fill);
            case QueueKind::kCalendar:
                return calendar_.emplace(time_us, fill);
            case QueueKind::kHeap:
                return heap_.emplace(time_us, fill);
        }
    }
    std::int64_t next_time_us() const {
        switch (kind_) {
            case QueueKind::kWindows:
                return windows_->next_time_us();
            case QueueKind::kCalendar:
                return calendar_.next_time_us();
            case QueueKind::kHeap:
                return heap_.next_time_us();
        }
        return kNever.us;
    }
    // Takes the least event where it precedes `limit_us`. REQUIRES: not kWindows.
    bool pop_before(std::int64_t limit_us, Event& out) {
        return kind_ == QueueKind::kCalendar ? calendar_.pop_before(limit_us, out)
                                             : heap_.pop_before(limit_us, out);
    }
    // A hint for prefetching: the event so many places ahead, or nullptr.
    const Event* ahead(std::size_t places) const {
        return kind_ == QueueKind::kCalendar ? calendar_.ahead(places) : nullptr;
    }
    // REQUIRES: kWindows.
    WindowBuckets& windows() { return *windows_; }
    std::size_t size() const {
        return calendar_.size() + heap_.size() + (windows_ ? windows_->size() : 0);
    }
    template <class F>
    void for_each(F&& visit) const {
        calendar_.for_each(visit);
        heap_.for_each(visit);
        if (windows_) windows_->for_each(visit);
    }
    void clear();

  private:
    QueueKind kind_ = QueueKind::kCalendar;
    std::int64_t window_us_ = 0;
    EventQueue calendar_;
    HeapQueue heap_;
    std::unique_ptr<WindowBuckets> windows_;
};

}  // namespace jiahe::kernel
