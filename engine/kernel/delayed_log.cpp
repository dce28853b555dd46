#include "kernel/delayed_log.h"

#include <algorithm>

namespace jiahe::kernel {

LogId DelayedLogs::add(const LogSpec& spec) {
    JIAHE_CHECK(spec.capacity > 0 && spec.min_delay.us > 0, "a log needs room and a delay");
    specs_.push_back(spec);
    return {static_cast<std::uint32_t>(specs_.size() - 1)};
}

void DelayedLogs::allocate(StateStore& store) {
    std::uint64_t slots = 0;
    header_ = store.create<Header>("kernel.log_header", specs_.size(), HashRole::kDerived);
    for (std::size_t i = 0; i < specs_.size(); ++i) {
        header_[i].first_slot = slots;
        header_[i].capacity = specs_[i].capacity;
        slots += specs_[i].capacity;
    }
    entry_ = store.create<Entry>("kernel.log_entry", slots, HashRole::kDerived);
}

std::int64_t DelayedLogs::visible_value(LogId id, SimTime now) {
    Header& h = header_[id.value];
    while (h.count > 0) {
        Entry& entry = entry_[h.first_slot + h.head];
        if (entry.visible_us > now.us) break;
        h.seen_value = entry.value;
        entry = {};
        h.head = h.head + 1 == h.capacity ? 0 : h.head + 1;
        --h.count;
    }
    return h.seen_value;
}

SimTime DelayedLogs::wait_for(LogId id, std::int64_t threshold) {
    Header& h = header_[id.value];
    std::uint32_t slot = h.head;
    for (std::uint32_t i = 0; i < h.count; ++i) {
        const Entry& entry = entry_[h.first_slot + slot];
        if (entry.value >= threshold) {
            if (h.wake_us == entry.visible_us) return kNever;
            h.wake_us = entry.visible_us;
            return {entry.visible_us};
        }
        slot = slot + 1 == h.capacity ? 0 : slot + 1;
    }
    Waiter& waiter = h.waiter;
    waiter.low = waiter.low == 0 ? threshold : std::min(waiter.low, threshold);
    waiter.high = std::max(waiter.high, threshold);
    return kNever;
}

SimTime DelayedLogs::push(LogId id, SimTime visible, std::int64_t value, SimTime reader_now) {
    Header& h = header_[id.value];
    if (h.count == h.capacity) visible_value(id, reader_now);
    JIAHE_CHECK(h.count < h.capacity, "a delayed log overran its declared capacity");
    if (visible.us < h.last_visible_us) visible.us = h.last_visible_us;
    h.last_visible_us = visible.us;
    std::uint32_t slot = h.head + h.count;
    if (slot >= h.capacity) slot -= h.capacity;
    entry_[h.first_slot + slot] = {visible.us, value};
    ++h.count;
    Waiter& waiter = h.waiter;
    if (waiter.low == 0 || value < waiter.low) return kNever;
    if (value < waiter.high) {
        waiter.low = value + 1;
    } else {
        waiter = {};
    }
    if (h.wake_us == visible.us) return kNever;
    h.wake_us = visible.us;
    return visible;
}

StateHash DelayedLogs::hash(SimTime now) const {
    const std::uint64_t key = hash_name("kernel.log");
    StateHash sum;
    for (std::size_t i = 0; i < specs_.size(); ++i) {
        const Header& h = header_[i];
        std::int64_t visible = h.seen_value;
        std::uint32_t slot = h.head;
        for (std::uint32_t k = 0; k < h.count; ++k) {
            const Entry& entry = entry_[h.first_slot + slot];
            if (entry.visible_us < now.us) {
                visible = entry.value;
            } else {
                sum.add(hash_row(key, i, &entry, sizeof entry));
            }
            slot = slot + 1 == h.capacity ? 0 : slot + 1;
        }
        sum.add(hash_row(key + 1, i, &visible, sizeof visible));
    }
    return sum;
}

}  // namespace jiahe::kernel
