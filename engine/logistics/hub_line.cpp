#include "logistics/hub_line.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace jiahe::logistics {
namespace {

constexpr Purpose kDrawRead = 770;
constexpr Purpose kDrawException = 771;
constexpr Purpose kDrawPass = 772;

bool is_missed(const HubLine& line, std::uint64_t seed, std::uint32_t parcel) {
    const Draw draw(seed, kDrawRead, parcel, 0);
    if (draw.uniform(0) >= line.hard_item_share) return false;
    for (int k = 0; k < line.reads; ++k) {
        if (draw.bernoulli(line.hard_item_read, 1 + static_cast<std::uint32_t>(k))) return false;
    }
    return true;
}

}  // namespace

double miss_probability(const HubLine& line) {
    return line.hard_item_share * std::pow(1 - line.hard_item_read, line.reads);
}

double sustainable_input_per_h(double carriers_per_h, double blocked_share) {
    return carriers_per_h * (1 - blocked_share);
}

LineResult run_line(const HubLine& line, std::uint64_t seed, std::int64_t arrival_us,
                    std::span<const std::uint32_t> parcels) {
    LineResult result;
    std::vector<std::int64_t> worker_free(
        static_cast<std::size_t>(std::max(line.exception_workers, 1)), arrival_us);
    const double headway_us = 3600e6 / line.induction_per_h;
    const auto loop_us = static_cast<std::int64_t>(line.loop_s * 1e6);
    for (std::size_t i = 0; i < parcels.size(); ++i) {
        auto at = arrival_us + static_cast<std::int64_t>(static_cast<double>(i + 1) * headway_us);
        if (is_missed(line, seed, parcels[i])) {
            ++result.misses;
            const auto worker = std::min_element(worker_free.begin(), worker_free.end());
            const double service_s = Draw(seed, kDrawException, parcels[i], 0)
                                         .lognormal(line.exception_median_s, line.exception_sigma);
            *worker = std::max(*worker, at) + static_cast<std::int64_t>(service_s * 1e6);
            at = *worker;
        }
        const Draw pass(seed, kDrawPass, parcels[i], 0);
        int passes = 1;
        while (passes < line.passes_max &&
               pass.bernoulli(line.blocked_share, static_cast<std::uint32_t>(passes))) {
            ++passes;
        }
        result.passes += static_cast<std::uint64_t>(passes);
        result.out_us.push_back(at + loop_us * passes);
    }
    return result;
}

}  // namespace jiahe::logistics
