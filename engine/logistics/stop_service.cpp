#include "logistics/stop_service.h"

#include <algorithm>
#include <numbers>

namespace jiahe::logistics {
namespace {

// sin on (0, pi) by its Taylor series: with pinned results, unlike the C library's.
double portable_sin(double x) {
    if (x > std::numbers::pi / 2) x = std::numbers::pi - x;
    double term = x, sum = x;
    for (int k = 1; k <= 12; ++k) {
        term *= -x * x / ((2.0 * k) * (2.0 * k + 1));
        sum += term;
    }
    return sum;
}

// Beyond the one handling of each door.
double parcels_s(const CallTimes& times, Handover handover, std::uint32_t doors,
                 std::uint32_t parcels) {
    switch (handover) {
        case Handover::kDoor:
            return times.further_parcel_s * (parcels - doors);
        case Handover::kLocker:
            return times.locker_parcel_s * parcels;
        case Handover::kStation:
            return times.station_parcel_s * parcels;
    }
    return 0;
}

}  // namespace

double log_logistic_mean_s(double median_s, double shape) {
    const double x = std::numbers::pi / shape;
    return median_s * x / portable_sin(x);
}

double log_logistic_quantile_s(double median_s, double shape, double p) {
    return median_s * portable_pow(p / (1 - p), 1 / shape);
}

double expected_handling_s(const CallTimes& times, Handover handover, std::uint32_t doors,
                           std::uint32_t parcels) {
    return doors * log_logistic_mean_s(times.handling_median_s, times.handling_shape) +
           parcels_s(times, handover, doors, parcels);
}

double handling_s(const CallTimes& times, Handover handover, std::uint32_t parcels,
                  const Draw& draw) {
    const double handling = std::min(
        draw.log_logistic(times.handling_median_s, times.handling_shape), times.handling_most_s);
    return handling + parcels_s(times, handover, 1, parcels);
}

double success_within(double p, int attempts_most) {
    double failed = 1;
    for (int i = 0; i < attempts_most; ++i)
        failed *= 1 - p;
    return 1 - failed;
}

double mean_attempts(double p, int attempts_most) {
    return success_within(p, attempts_most) / p;  // sum of (1 - p)^i, i < most
}

double mean_attempts(double p) {
    return 1 / p;
}

}  // namespace jiahe::logistics
