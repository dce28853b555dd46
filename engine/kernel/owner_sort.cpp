#include "kernel/owner_sort.h"

#include <algorithm>
#include <bit>

namespace jiahe::kernel {

void OwnerSort::resize(const std::vector<EventRun>& runs, std::size_t places) {
    std::size_t events = 0;
    for (const EventRun& run : runs)
        events += run.count;
    if (sorted_.size() < events) {
        sorted_.resize(std::max(events, sorted_.size() + sorted_.size() / 4));
        place_.resize(sorted_.size());
    }
    if (count_.size() < places) {
        count_.resize(places, 0);
        present_.resize((places + 63) / 64, 0);
    }
}

// Counts become the places where owners' events begin.
void OwnerSort::count_up(std::size_t places) {
    std::uint32_t begin = 0;
    for (std::size_t word = 0; word < (places + 63) / 64; ++word) {
        std::uint64_t bits = present_[word];
        present_[word] = 0;
        for (; bits != 0; bits &= bits - 1) {
            std::uint32_t& count =
                count_[word * 64 + static_cast<std::size_t>(std::countr_zero(bits))];
            const std::uint32_t own = count;
            count = begin;
            begin += own;
        }
    }
}

// Insertion by one pass: an owner has few events in a window, and a long run of one owner is left
// to the library.
void OwnerSort::order_within_owners(std::size_t count) {
    constexpr std::size_t kFew = 16;
    Event* e = sorted_.data();
    for (std::size_t i = 1; i < count; ++i) {
        if (e[i].entity != e[i - 1].entity || !(e[i] < e[i - 1])) continue;
        std::size_t first = i - 1;
        while (first > 0 && e[first - 1].entity == e[i].entity && i - first < kFew)
            --first;
        if (i - first < kFew) {
            const Event moved = e[i];
            std::size_t at = i;
            for (; at > first && moved < e[at - 1]; --at)
                e[at] = e[at - 1];
            e[at] = moved;
            continue;
        }
        while (first > 0 && e[first - 1].entity == e[i].entity)
            --first;
        std::size_t end = i + 1;
        while (end < count && e[end].entity == e[i].entity)
            ++end;
        std::sort(e + first, e + end);
        i = end - 1;
    }
}

}  // namespace jiahe::kernel
