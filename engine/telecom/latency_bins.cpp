#include "telecom/latency_bins.h"

#include <algorithm>
#include <bit>

namespace jiahe::telecom {

std::size_t latency_bin(std::int64_t latency_us) {
    const auto v = static_cast<std::uint64_t>(std::max<std::int64_t>(latency_us, 0));
    if (v < 8) return static_cast<std::size_t>(v);
    const int octave = static_cast<int>(std::bit_width(v)) - 1;  // 3 and more
    const std::uint64_t step = (v >> (octave - 3)) & 7;
    return std::min(kLatencyBinCount - 1,
                    static_cast<std::size_t>(octave - 2) * 8 + static_cast<std::size_t>(step));
}

std::int64_t bin_floor_us(std::size_t bin) {
    if (bin < 8) return static_cast<std::int64_t>(bin);
    const std::size_t octave = bin / 8 + 2;
    return static_cast<std::int64_t>((8 + bin % 8) << (octave - 3));
}

std::int64_t latency_quantile_us(std::span<const std::uint64_t> counts, double q) {
    std::uint64_t total = 0;
    for (const std::uint64_t n : counts)
        total += n;
    if (total == 0) return 0;
    const double wanted = q * static_cast<double>(total);
    std::uint64_t so_far = 0;
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        so_far += counts[bin];
        if (counts[bin] > 0 && static_cast<double>(so_far) >= wanted) return bin_floor_us(bin + 1);
    }
    return bin_floor_us(counts.size());
}

}  // namespace jiahe::telecom
