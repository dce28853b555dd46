#include "telecom/backlog.h"

#include "base/check.h"

namespace jiahe::telecom {
namespace {

__extension__ using Wide = __int128;

std::int64_t part_of(std::int64_t whole, std::int64_t part, std::int64_t of) {
    return static_cast<std::int64_t>(Wide{whole} * part / of);
}

}  // namespace

void offer(FluidState& fluid, std::int64_t bytes, std::int64_t count, std::int64_t arrival_sum_us) {
    JIAHE_DEBUG_CHECK(bytes >= 0 && count >= 0, "nothing negative is offered");
    fluid.offered_bytes += bytes;
    fluid.queued_bytes += bytes;
    fluid.open.bytes += bytes;
    fluid.open.count += count;
    fluid.open.arrival_sum_us += arrival_sum_us;
}

void refuse(FluidState& fluid, std::int64_t bytes) {
    fluid.offered_bytes += bytes;
    fluid.dropped_bytes += bytes;
}

Departure serve_batch(Batch& batch, std::int64_t& grant) {
    const std::int64_t taken = grant < batch.bytes ? grant : batch.bytes;
    Departure out;
    out.bytes = taken;
    if (taken == batch.bytes) {
        out.count = batch.count;
        out.arrival_sum_us = batch.arrival_sum_us;
    } else {
        out.count = part_of(batch.count, taken, batch.bytes);
        out.arrival_sum_us =
            batch.count > 0 ? part_of(batch.arrival_sum_us, out.count, batch.count) : 0;
    }
    batch.bytes -= taken;
    batch.count -= out.count;
    batch.arrival_sum_us -= out.arrival_sum_us;
    grant -= taken;
    return out;
}

void push_batch(FluidState& fluid, std::span<Batch> ring, const Batch& batch) {
    constexpr auto kSize = static_cast<std::uint32_t>(kRingBatches);
    JIAHE_DEBUG_CHECK(ring.size() == kRingBatches, "a ring of the agreed size");
    const auto at = [&](std::uint32_t i) -> Batch& { return ring[(fluid.ring_head + i) % kSize]; };
    if (fluid.ring_size == kSize) {
        // The two neighbours that are smallest together are joined, so that all stay alike in size.
        std::uint32_t first = 0;
        for (std::uint32_t i = 1; i + 1 < kSize; ++i) {
            if (at(i).bytes + at(i + 1).bytes < at(first).bytes + at(first + 1).bytes) first = i;
        }
        const Batch second = at(first + 1);
        at(first).bytes += second.bytes;
        at(first).count += second.count;
        at(first).arrival_sum_us += second.arrival_sum_us;
        for (std::uint32_t i = first + 1; i + 1 < kSize; ++i)
            at(i) = at(i + 1);
        --fluid.ring_size;
    }
    at(fluid.ring_size) = batch;
    ++fluid.ring_size;
}

std::int64_t drop_open(FluidState& fluid) {
    const std::int64_t count = fluid.open.count;
    fluid.queued_bytes -= fluid.open.bytes;
    fluid.dropped_bytes += fluid.open.bytes;
    fluid.open = {};
    return count;
}

}  // namespace jiahe::telecom
