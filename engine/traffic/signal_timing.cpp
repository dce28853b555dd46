#include "traffic/signal_timing.h"

#include "base/check.h"

namespace jiahe::traffic {
namespace {

std::int64_t position_in_cycle(std::int64_t cycle_us, std::int64_t offset_us, std::int64_t at_us) {
    const std::int64_t p = (at_us - offset_us) % cycle_us;
    return p < 0 ? p + cycle_us : p;
}

}  // namespace

std::int64_t next_green_us(std::span<const GreenInterval> intervals, std::int64_t cycle_us,
                           std::int64_t offset_us, std::int64_t at_us) {
    const std::int64_t p = position_in_cycle(cycle_us, offset_us, at_us);
    for (const GreenInterval& green : intervals) {
        if (p < green.end_us) return at_us + (p < green.start_us ? green.start_us - p : 0);
    }
    return at_us + cycle_us - p + intervals.front().start_us;
}

std::int64_t green_end_us(std::span<const GreenInterval> intervals, std::int64_t cycle_us,
                          std::int64_t offset_us, std::int64_t at_us) {
    const std::int64_t p = position_in_cycle(cycle_us, offset_us, at_us);
    for (const GreenInterval& green : intervals) {
        if (p >= green.start_us && p < green.end_us) return at_us + green.end_us - p;
    }
    check_failed("green", __FILE__, __LINE__, "green_end_us asked at red");
}

}  // namespace jiahe::traffic
