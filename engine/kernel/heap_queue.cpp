#include "kernel/heap_queue.h"

namespace jiahe::kernel {

std::uint32_t HeapQueue::take_slot() {
    if (free_.empty()) {
        event_.emplace_back();
        return static_cast<std::uint32_t>(event_.size() - 1);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    return slot;
}

void HeapQueue::sift_up(Node moved) {
    std::size_t hole = size_++;
    if ((hole + kShift) / 4 >= line_.size()) line_.emplace_back();
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / 4;
        if (!precedes(moved, node(parent))) break;
        node(hole) = node(parent);
        hole = parent;
    }
    node(hole) = moved;
}

// The hole at the top goes down along the least children and is filled by the last node, which then
// rises: it belongs near the bottom (Wegener 1993, bottom-up heapsort).
void HeapQueue::remove_least() {
    const Node last = node(--size_);
    if (size_ == 0) return;
    std::size_t hole = 0;
    while (4 * hole + 4 < size_) {
        const std::size_t first = 4 * hole + 1;
        // The lines of all grandchildren lie side by side.
        if (first + 4 < line_.size()) {
            for (std::size_t i = 1; i <= 4; ++i)
                __builtin_prefetch(&line_[first + i]);
        }
        const auto less = [&](std::size_t a, std::size_t b) {
            return static_cast<std::size_t>(precedes(node(a), node(b)));
        };
        const std::size_t low = first + less(first + 1, first);
        const std::size_t high = first + 2 + less(first + 3, first + 2);
        const std::size_t least = low + (high - low) * less(high, low);
        node(hole) = node(least);
        hole = least;
    }
    std::size_t least = 4 * hole + 1;
    if (least < size_) {
        for (std::size_t child = least + 1; child < size_ && child <= 4 * hole + 4; ++child) {
            if (precedes(node(child), node(least))) least = child;
        }
        node(hole) = node(least);
        hole = least;
    }
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / 4;
        if (!precedes(last, node(parent))) break;
        node(hole) = node(parent);
        hole = parent;
    }
    node(hole) = last;
}

void HeapQueue::clear() {
    line_.clear();
    event_.clear();
    free_.clear();
    size_ = 0;
}

}  // namespace jiahe::kernel
