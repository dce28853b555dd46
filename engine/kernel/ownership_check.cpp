#include "kernel/ownership_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/random.h"

namespace jiahe::kernel {
namespace {

constexpr double kBytesFull = 4 << 20;  // a state of so many bytes is looked at in every window
constexpr int kHandlersMax = 200;       // of a window
constexpr std::size_t kCompareBytes = 4096;
constexpr Purpose kWindowDraw = 0xfffe;

bool left_out(const StateStore::Block& block) {
    return block.name.starts_with("kernel.");
}

}  // namespace

void OwnershipCheck::begin_window(std::int64_t begin_us) {
    const Draw draw(0, kWindowDraw, 0, static_cast<std::uint64_t>(begin_us));
    looking_ = draw.bernoulli(kBytesFull / static_cast<double>(store_.bytes_in_use() + 1));
    if (!looking_) return;
    handlers_left_ = kHandlersMax;
    const auto& blocks = store_.blocks();
    copy_.resize(blocks.size());
    writer_.resize(blocks.size());
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        writer_[b].clear();
        if (left_out(*blocks[b])) continue;
        const char* rows = static_cast<const char*>(blocks[b]->data);
        copy_[b].assign(rows, rows + blocks[b]->size * blocks[b]->row_bytes);
    }
}

void OwnershipCheck::after(EntityId owner, SimTime now) {
    if (!looking_ || handlers_left_-- <= 0) return;
    const auto& blocks = store_.blocks();
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const StateStore::Block& block = *blocks[b];
        if (left_out(block)) continue;
        const char* rows = static_cast<const char*>(block.data);
        copy_[b].resize(block.size * block.row_bytes, 0);  // rows newly appended were zero
        const std::size_t step = std::max<std::size_t>(kCompareBytes / block.row_bytes, 1);
        for (std::size_t first = 0; first < block.size; first += step) {
            const std::size_t end = std::min<std::size_t>(first + step, block.size);
            const std::size_t at = first * block.row_bytes;
            const std::size_t bytes = (end - first) * block.row_bytes;
            if (std::memcmp(rows + at, copy_[b].data() + at, bytes) != 0)
                compare_rows(b, first, end, owner, now);
        }
    }
}

void OwnershipCheck::compare_rows(std::size_t block, std::size_t first, std::size_t end,
                                  EntityId owner, SimTime now) {
    const StateStore::Block& changed = *store_.blocks()[block];
    for (std::size_t row = first; row < end; ++row) {
        char* old = copy_[block].data() + row * changed.row_bytes;
        const char* current = static_cast<const char*>(changed.data) + row * changed.row_bytes;
        if (std::memcmp(current, old, changed.row_bytes) == 0) continue;
        std::memcpy(old, current, changed.row_bytes);
        note_change(block, row, owner, now);
    }
}

void OwnershipCheck::note_change(std::size_t block, std::size_t row, EntityId owner, SimTime now) {
    const auto [at, first] = writer_[block].emplace(row, owner.value);
    if (first || at->second == owner.value) return;
    const EntityId other = EntityId::from_raw(at->second);
    check_failed("node owns", __FILE__, __LINE__,
                 fmt::format("row {} of state '{}' was written by owner {} of system {} at {} us "
                             "and, within the same window, by owner {} of system {}",
                             row, store_.blocks()[block]->name, owner.index(), owner.system(),
                             now.us, other.index(), other.system()));
}

}  // namespace jiahe::kernel
