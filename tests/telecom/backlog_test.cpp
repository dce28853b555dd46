#include "telecom/backlog.h"

#include "base/random.h"

using namespace jiahe::telecom;

namespace {

struct Count {
    std::int64_t messages = 0, arrival_sum = 0;
    void operator()(const Departure& d) {
        messages += d.count;
        arrival_sum += d.arrival_sum_us;
    }
};

bool conserved(const FluidState& f, const std::vector<Batch>& ring) {
    std::int64_t waiting = f.open.bytes;
    for (const Batch& b : ring)
        waiting += b.bytes;
    return waiting == f.queued_bytes &&
           f.offered_bytes == f.delivered_bytes + f.dropped_bytes + f.queued_bytes;
}

}  // namespace

TEST_CASE("the queue is served first in, first out, and whole messages leave") {
    FluidState f;
    std::vector<Batch> ring(kRingBatches);
    Count left;
    offer(f, 1000, 10, 10 * 5);
    CHECK(settle(f, ring, 0, left) == 0);
    offer(f, 500, 5, 5 * 15);
    settle(f, ring, 450, left);  // four and a half messages of the first batch
    CHECK(left.messages == 4);
    CHECK(left.arrival_sum == 4 * 5);
    settle(f, ring, 600, left);  // the other 550 bytes, then half of one of the second
    CHECK(left.messages == 10);
    settle(f, ring, 10'000, left);
    CHECK(left.messages == 15);
    CHECK(left.arrival_sum == 10 * 5 + 5 * 15);
    CHECK(f.queued_bytes == 0);
    CHECK(conserved(f, ring));
}

TEST_CASE("a class that does not wait drops what the period could not carry") {
    FluidState f;
    Count left;
    offer(f, 1000, 10, 0);
    CHECK(settle(f, {}, 600, left) == 4);
    CHECK(left.messages == 6);
    CHECK(f.delivered_bytes == 600);
    CHECK(f.dropped_bytes == 400);
    refuse(f, 50);
    CHECK(f.offered_bytes == 1050);
    CHECK(conserved(f, {}));
}

TEST_CASE("a full ring blurs ages but loses neither bytes nor messages") {
    FluidState f;
    std::vector<Batch> ring(kRingBatches);
    Count left;
    const jiahe::Draw draw(1, 3, 0, 0);
    std::int64_t messages = 0, arrivals = 0;
    for (std::uint32_t period = 0; period < 1000; ++period) {
        const auto count = static_cast<std::int64_t>(draw.below(20, 2 * period));
        const std::int64_t at = 10 * period;
        offer(f, count * 300, count, count * at);
        messages += count;
        arrivals += count * at;
        settle(f, ring, static_cast<std::int64_t>(draw.below(4000, 2 * period + 1)), left);
        REQUIRE(conserved(f, ring));
    }
    settle(f, ring, f.queued_bytes, left);
    CHECK(left.messages == messages);
    CHECK(left.arrival_sum == arrivals);
    CHECK(f.queued_bytes == 0);
}
