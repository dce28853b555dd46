// EventChunks: a pool of small blocks of events, of which queues make their buckets.
//
// Partition-state lifecycle, one a queue. Chunks are recycled last in, first out, so that they stay
// warm, and live as long as the pool; memory follows the greatest number of pending events. A chunk
// is 512 bytes on a boundary of cache lines: 15 events and the way to the next chunk.
//
// Invariants: 1. only the first chunk of a bucket may be partly full; 2. no allocation once the
// pool has grown to the load.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kernel/event.h"

namespace jiahe::kernel {

class EventChunks {
  public:
    struct alignas(64) Chunk {
        static constexpr std::uint32_t kRoom = 15;
        Event event[kRoom];
        Chunk* next;
        std::uint32_t count;
        std::uint32_t unused;
    };
    static_assert(sizeof(Chunk) == 512);

    Chunk* take(Chunk* next) {
        if (free_ == nullptr) add_slab();
        Chunk* chunk = free_;
        free_ = chunk->next;
        chunk->next = next;
        chunk->count = 0;
        return chunk;
    }
    void give_back(Chunk* chunk) {
        chunk->next = free_;
        free_ = chunk;
    }

  private:
    static constexpr std::size_t kSlabChunks = 64;
    void add_slab() {
        slabs_.push_back(std::make_unique_for_overwrite<Chunk[]>(kSlabChunks));
        for (std::size_t i = kSlabChunks; i-- > 0;)
            give_back(&slabs_.back()[i]);
    }
    std::vector<std::unique_ptr<Chunk[]>> slabs_;
    Chunk* free_ = nullptr;
};

// Asks for all cache lines of a chunk, before it is read.
inline void prefetch(const EventChunks::Chunk& chunk) {
    const char* bytes = reinterpret_cast<const char*>(&chunk);
    for (std::size_t at = 0; at < sizeof chunk; at += 64)
        __builtin_prefetch(bytes + at);
}

}  // namespace jiahe::kernel
