#include "logistics/hub_line.h"

#include <algorithm>

#include "logistics/purposes.h"

namespace jiahe::logistics {
namespace {

std::int64_t headway_us(double items_per_h) {
    return ceil_seconds(3600 / items_per_h).us;
}

// Passes of the loop until the chute takes the parcel, or a hand does.
int passes_of(const HubLine& line, const Draw& draw) {
    int passes = 1;
    while (passes < line.passes_max &&
           draw.bernoulli(line.blocked_share, static_cast<std::uint32_t>(passes))) {
        ++passes;
    }
    return passes;
}

}  // namespace

LineResult run_line(const HubLine& line, std::uint64_t seed, std::int64_t arrival_us,
                    std::int64_t line_free_us, std::span<const std::uint32_t> parcels) {
    LineResult result;
    std::vector<std::int64_t> worker_free(
        static_cast<std::size_t>(std::max(line.exception_workers, 1)), arrival_us);
    const std::int64_t unload_us = headway_us(line.unload_per_h * line.docks);
    const std::int64_t lane_us = headway_us(line.induction_per_h);
    const std::int64_t carrier_us = ceil_seconds(1 / carrier_flow_per_s(line.loop)).us;
    const std::int64_t round_us = ceil_seconds(loop_round_s(line.loop)).us;
    // exp(mu + sigma^2 / 2) is the mean of a lognormal with median exp(mu).
    const double exception_median_s =
        line.exception_mean_s * portable_exp(-line.exception_sigma * line.exception_sigma / 2);
    std::int64_t lane_free = line_free_us, carrier_free = line_free_us;
    for (std::size_t i = 0; i < parcels.size(); ++i) {
        const std::int64_t unloaded = arrival_us + static_cast<std::int64_t>(i + 1) * unload_us;
        const Draw draw(seed, kDrawPass, parcels[i], 0);
        const int passes = passes_of(line, draw);
        std::int64_t at = std::max({unloaded, lane_free, carrier_free}) + lane_us;
        lane_free = at;
        carrier_free = std::max(carrier_free, at - lane_us) + carrier_us * passes;
        result.inducted_us.push_back(at);
        if (!line.gate.is_read(seed, parcels[i], 0)) {
            ++result.misses;
            const auto worker = std::min_element(worker_free.begin(), worker_free.end());
            const double service_s = Draw(seed, kDrawException, parcels[i], 0)
                                         .lognormal(exception_median_s, line.exception_sigma);
            *worker = std::max(*worker, at) + ceil_seconds(service_s).us;
            at = *worker;
        }
        at += round_us * passes;
        result.passes += static_cast<std::uint64_t>(passes);
        if (!draw.bernoulli(line.sort_accuracy, 0)) {
            ++result.missorted;
            at += line.missort_return.us;
        }
        result.out_us.push_back(at);
    }
    result.line_free_us = std::max(lane_free, carrier_free);
    return result;
}

}  // namespace jiahe::logistics
