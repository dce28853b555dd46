// A histogram of latencies with bins of equal ratio: eight to the octave, in integers only.
//
// Value v (us) below 8 has a bin of its own; above, the three bits after the leading one choose the
// bin, so that an edge is at most 12.5 % above the bin's lowest value. Counts are plain uint32 rows
// of the owner. Pure functions; 2^40 us and more share the last bin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace jiahe::telecom {

inline constexpr std::size_t kLatencyBinCount = 312;

// REQUIRES: latency_us >= 0.
std::size_t latency_bin(std::int64_t latency_us);
// Smallest latency of the bin.
std::int64_t bin_floor_us(std::size_t bin);
// Latency not exceeded by the share q of the counts: upper edge of the bin that holds it; 0 where
// there are no counts.
std::int64_t latency_quantile_us(std::span<const std::uint64_t> counts, double q);

}  // namespace jiahe::telecom
