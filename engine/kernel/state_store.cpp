#include "kernel/state_store.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/mman.h>

#include "base/error.h"

namespace jiahe::kernel {

StateStore::~StateStore() {
    for (const Block* block : blocks_)
        munmap(block->data, block->mapped_bytes);
}

StateStore::Block& StateStore::allocate(std::string name, std::size_t row_bytes, std::size_t size,
                                        std::size_t capacity, HashRole role) {
    for (const Block* block : blocks_)
        JIAHE_CHECK(block->name != name, "state name used twice: " + name);
    const std::size_t bytes = std::max<std::size_t>(row_bytes * capacity, 1);
    void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (data == MAP_FAILED) {
        throw ResourceError(fmt::format("cannot map {} MiB for state '{}'", bytes >> 20, name));
    }
    owned_.push_back(std::make_unique<Block>(
        Block{std::move(name), data, row_bytes, size, capacity, bytes, role, false}));
    blocks_.push_back(owned_.back().get());
    return *blocks_.back();
}

std::size_t StateStore::bytes_in_use() const {
    std::size_t bytes = 0;
    for (const Block* block : blocks_)
        bytes += block->row_bytes * block->size;
    return bytes;
}

}  // namespace jiahe::kernel
