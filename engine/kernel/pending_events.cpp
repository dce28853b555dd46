#include "kernel/pending_events.h"

#include "base/check.h"

namespace jiahe::kernel {

void PendingEvents::change(QueueKind kind, std::int64_t window_us) {
    if (kind == kind_ && (kind != QueueKind::kWindows || window_us == window_us_)) return;
    JIAHE_CHECK(kind != QueueKind::kWindows || window_us > 0, "a window has a width");
    std::vector<Event> all;
    all.reserve(size());
    for_each([&](const Event& event) { all.push_back(event); });
    kind_ = kind;
    window_us_ = window_us;
    clear();
    for (const Event& event : all)
        push(event);
}

void PendingEvents::clear() {
    calendar_.clear();
    heap_.clear();
    windows_.reset();
    if (kind_ == QueueKind::kWindows) windows_ = std::make_unique<WindowBuckets>(window_us_);
}

}  // namespace jiahe::kernel
