// operator new counts, in this whole program; in steady state there is nothing to count.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "kernel/simulator.h"
#include "support/toy_phold.h"
#include "support/toy_tokens.h"

namespace {

std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t bytes, std::size_t alignment) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    void* p = alignment <= alignof(std::max_align_t) ? std::malloc(bytes)
                                                     : std::aligned_alloc(alignment, rounded);
    if (p == nullptr) throw std::bad_alloc();
    return p;
}

}  // namespace

void* operator new(std::size_t bytes) {
    return counted(bytes, 1);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    return counted(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* p) noexcept {
    std::free(p);
}
void operator delete(void* p, std::size_t) noexcept {
    std::free(p);
}
void operator delete(void* p, std::align_val_t) noexcept {
    std::free(p);
}
void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
    std::free(p);
}

namespace jiahe::kernel {
namespace {

// Allocations of operator new in `steady` of simulated time, after as long a time to grow.
template <class S>
std::uint64_t allocations_in(S& simulator, SimTime growth, SimTime steady) {
    simulator.run_until(growth);
    const std::uint64_t events = simulator.counters().events;
    const std::uint64_t before = allocations;
    simulator.run_until(growth + steady);
    const std::uint64_t made = allocations - before;
    CHECK(simulator.counters().events > events + 10'000);
    return made;
}

}  // namespace

TEST_CASE("the counter counts") {
    const std::uint64_t before = allocations;
    delete new int(3);
    CHECK(allocations - before >= 1);
}

TEST_CASE("PHOLD allocates nothing in steady state, in any queue, batched or not") {
    for (const QueueChoice queue : {QueueChoice::kHeap, QueueChoice::kCalendar,
                                    QueueChoice::kWindows, QueueChoice::kAutomatic}) {
        for (const bool batched : {false, true}) {
            CAPTURE(static_cast<int>(queue));
            CAPTURE(batched);
            toys::Phold phold({.lps = 512, .population = 8, .batched = batched});
            Simulator simulator({.partitions = 4, .queue = queue});
            simulator.add_system(phold);
            simulator.build();
            // A bucket or a mailbox may set a new record even late; each growth is one allocation.
            CHECK(allocations_in(simulator, whole_seconds(1000), whole_seconds(500)) <= 8);
        }
    }
}

TEST_CASE("logs, waiters and decisions allocate nothing in steady state") {
    Simulator simulator({.partitions = 3});
    toys::TokenRing ring({.owners = 400});
    simulator.add_system(ring);
    simulator.build();
    // Two epochs of 30 and 45 s: what they allocate is counted, and is nothing either.
    CHECK(allocations_in(simulator, whole_seconds(1000), whole_seconds(1000)) <= 4);
}

}  // namespace jiahe::kernel
