// A site's queue of one service class: a fluid with a memory of how old its messages are.
//
// dB/dt = d(t) - x(t), B >= 0, in whole bytes. What comes during a period is `open`; at the
// period's end the queue is served first in, first out, and what is left of `open` becomes a batch
// of the ring (or is dropped where the class does not wait). A batch is (bytes, messages, sum of
// their arrival times); a full ring joins neighbours, which blurs ages, never bytes or messages.
//
// PODs of the owner's state and pure functions on them; no kernel. Units: byte, us.
// Invariants: 1. offered = delivered + dropped + queued, in bytes; 2. queued = sum of the ring's
// bytes + open_bytes; 3. messages counted in = counted out + in the ring + open.
#pragma once

#include <cstdint>
#include <span>

namespace jiahe::telecom {

// Messages that joined the queue during one period.
struct Batch {
    std::int64_t bytes = 0;
    std::int64_t arrival_sum_us = 0;
    std::int64_t count = 0;
};
inline constexpr std::size_t kRingBatches = 32;

struct FluidState {
    std::int64_t offered_bytes = 0;  // since the start
    std::int64_t delivered_bytes = 0;
    std::int64_t dropped_bytes = 0;
    std::int64_t queued_bytes = 0;  // ring and open
    Batch open;                     // of the period under way
    std::uint32_t ring_head = 0, ring_size = 0;
};

// Messages that left the queue together: `count` of them arrived at arrival_sum / count on average.
struct Departure {
    std::int64_t count = 0;
    std::int64_t bytes = 0;
    std::int64_t arrival_sum_us = 0;
    bool was_queued = false;  // it waited for more than its own period
};

// Adds bytes to the open period; `count` messages are to be told at their delivery (0: none).
void offer(FluidState& fluid, std::int64_t bytes, std::int64_t count, std::int64_t arrival_sum_us);
// Counts bytes that are refused at once.
void refuse(FluidState& fluid, std::int64_t bytes);

// Serves up to `grant` bytes of one batch; returns the messages that are complete.
Departure serve_batch(Batch& batch, std::int64_t& grant);

// Appends a batch; joins neighbours where the ring is full. REQUIRES: ring.size() == kRingBatches.
void push_batch(FluidState& fluid, std::span<Batch> ring, const Batch& batch);

// Ends a period: serves `grant` bytes oldest first and calls leave(Departure) for each batch that
// gives messages. The rest waits in the ring, or, where the ring is empty (size 0), is dropped.
// Returns the messages dropped.
template <class Leave>
std::int64_t settle(FluidState& fluid, std::span<Batch> ring, std::int64_t grant, Leave&& leave);

// Drops what came in the open period. Returns the messages dropped.
std::int64_t drop_open(FluidState& fluid);

template <class Leave>
std::int64_t settle(FluidState& fluid, std::span<Batch> ring, std::int64_t grant, Leave&& leave) {
    std::int64_t left = grant < fluid.queued_bytes ? grant : fluid.queued_bytes;
    fluid.delivered_bytes += left;
    fluid.queued_bytes -= left;
    while (fluid.ring_size > 0 && left > 0) {
        Batch& oldest = ring[fluid.ring_head];
        Departure departure = serve_batch(oldest, left);
        departure.was_queued = true;
        if (departure.count > 0) leave(departure);
        if (oldest.bytes > 0) break;
        oldest = {};
        fluid.ring_head = (fluid.ring_head + 1) % static_cast<std::uint32_t>(kRingBatches);
        --fluid.ring_size;
    }
    if (left > 0) {
        const Departure departure = serve_batch(fluid.open, left);
        if (departure.count > 0) leave(departure);
    }
    if (fluid.open.bytes == 0) {
        fluid.open = {};
        return 0;
    }
    if (ring.empty()) return drop_open(fluid);
    push_batch(fluid, ring, fluid.open);
    fluid.open = {};
    return 0;
}

}  // namespace jiahe::telecom
