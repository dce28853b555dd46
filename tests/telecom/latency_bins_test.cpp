#include "telecom/latency_bins.h"

#include <algorithm>

using namespace jiahe::telecom;

TEST_CASE("every latency lies in its bin, and bins are at most an eighth wide") {
    for (std::int64_t v = 0; v < 5'000'000; v += 1 + v / 50) {
        const std::size_t bin = latency_bin(v);
        CHECK(bin_floor_us(bin) <= v);
        CHECK(v < bin_floor_us(bin + 1));
        CHECK(bin_floor_us(bin + 1) - bin_floor_us(bin) <=
              std::max<std::int64_t>(1, bin_floor_us(bin) / 8));
    }
    CHECK(latency_bin(0) == 0);
    CHECK(latency_bin(8) == 8);
    CHECK(latency_bin(15) == 15);
    CHECK(latency_bin(16) == 16);
    CHECK(latency_bin(std::int64_t{1} << 62) == kLatencyBinCount - 1);
}

TEST_CASE("the 99th percentile is the edge of the bin that holds it") {
    std::vector<std::uint64_t> counts(kLatencyBinCount, 0);
    counts[latency_bin(1000)] = 990;
    counts[latency_bin(50'000)] = 10;
    CHECK(latency_quantile_us(counts, .99) == bin_floor_us(latency_bin(1000) + 1));
    CHECK(latency_quantile_us(counts, .995) == bin_floor_us(latency_bin(50'000) + 1));
    CHECK(latency_quantile_us(std::vector<std::uint64_t>(kLatencyBinCount, 0), .99) == 0);
}
