#include <fmt/format.h>

#include <mutex>

#include "base/error.h"
#include "kernel/simulator_impl.h"
#include "kernel/snapshot_file.h"

namespace jiahe::kernel {
namespace {

constexpr std::size_t kHashGrain = std::size_t{1} << 16;

struct BlockShape {
    std::uint64_t row_bytes, size, capacity, grows;
};

BlockShape shape_of(const StateStore::Block& block) {
    return {block.row_bytes, block.size, block.capacity, block.grows ? 1u : 0u};
}

}  // namespace

StateHash Simulator::state_hash() const {
    StateHash sum;
    std::mutex mutex;
    for (const StateStore::Block* block : impl_->store.blocks()) {
        if (block->role != HashRole::kHashed) continue;
        const std::uint64_t key = hash_name(block->name);
        const char* rows = static_cast<const char*>(block->data);
        impl_->team.run_chunks(block->size, kHashGrain, [&](std::size_t begin, std::size_t end) {
            StateHash part;
            for (std::size_t i = begin; i < end; ++i) {
                part.add(hash_row(key, i, rows + i * block->row_bytes, block->row_bytes));
            }
            const std::lock_guard lock(mutex);
            sum.add(part);
        });
    }
    sum.add(impl_->wiring.logs.hash(impl_->now));
    const std::uint64_t key = hash_name("kernel.pending_event");
    for (const auto& p : impl_->partitions) {
        p->queue().for_each([&](const Event& event) {
            if (event.phase() != Phase::kDecide) sum.add(hash_row(key, 0, &event, sizeof event));
        });
    }
    sum.add(hash_row(hash_name("kernel.now"), 0, &impl_->now, sizeof(SimTime)));
    return sum;
}

void Simulator::save(const std::string& path, const std::string& city_digest) {
    JIAHE_CHECK(impl_->built, "build() comes before save()");
    JIAHE_CHECK(!impl_->spoiled, "the state of a run that ended in an error is not saved");
    SnapshotWriter file(path, &impl_->team);
    file.add("kernel.city", city_digest.data(), city_digest.size());
    file.add("kernel.now", &impl_->now, sizeof(SimTime));
    std::vector<Event> pending;
    for (const auto& p : impl_->partitions) {
        p->queue().for_each([&](const Event& event) { pending.push_back(event); });
    }
    file.add("kernel.pending", pending.data(), pending.size() * sizeof(Event));
    for (const StateStore::Block* block : impl_->store.blocks()) {
        const BlockShape shape = shape_of(*block);
        file.add("shape:" + block->name, &shape, sizeof shape);
        file.add("rows:" + block->name, block->data, block->size * block->row_bytes);
    }
    file.finish();
}

void Simulator::load(const std::string& path, const std::string& city_digest) {
    JIAHE_CHECK(impl_->built, "build() comes before load()");
    SnapshotReader file(path);
    std::string digest(file.bytes("kernel.city"), '\0');
    file.read("kernel.city", digest.data(), digest.size());
    if (digest != city_digest) {
        throw CorruptFileError(fmt::format("{}: a snapshot of another city or scenario", path));
    }
    impl_->spoiled = true;  // until all has been read
    for (StateStore::Block* block : impl_->store.blocks()) {
        BlockShape shape{};
        file.read("shape:" + block->name, &shape, sizeof shape);
        const BlockShape here = shape_of(*block);
        const bool fits = shape.row_bytes == here.row_bytes && shape.capacity == here.capacity &&
                          shape.grows == here.grows && shape.size <= here.capacity &&
                          (here.grows != 0 || shape.size == here.size);
        if (!fits) {
            throw CorruptFileError(fmt::format(
                "{}: state '{}' has another shape: a snapshot of another city or version", path,
                block->name));
        }
        block->size = shape.size;
        file.read("rows:" + block->name, block->data, shape.size * shape.row_bytes);
    }
    file.read("kernel.now", &impl_->now, sizeof(SimTime));
    std::vector<Event> pending(file.bytes("kernel.pending") / sizeof(Event));
    file.read("kernel.pending", pending.data(), pending.size() * sizeof(Event));
    for (const auto& p : impl_->partitions)
        p->reset(impl_->now);
    for (const Event& event : pending) {
        if (!impl_->wiring.knows(event.owner())) {
            throw CorruptFileError(fmt::format("{}: an event for an unknown owner", path));
        }
        impl_->partitions[impl_->wiring.partition(event.owner())]->queue().push(event);
    }
    impl_->spoiled = false;
}

}  // namespace jiahe::kernel
