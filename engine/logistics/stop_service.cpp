#include "logistics/stop_service.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jiahe::logistics {
namespace {

double parcels_s(const StopTimeOptions& options, Handover handover, std::uint32_t parcels) {
    switch (handover) {
        case Handover::kDoor:
            return options.further_parcel_s * (parcels - 1);
        case Handover::kLocker:
            return options.locker_parcel_s * parcels;
        case Handover::kStation:
            return options.station_parcel_s * parcels;
    }
    return 0;
}

}  // namespace

double log_logistic_mean_s(double median_s, double shape) {
    const double x = std::numbers::pi / shape;
    return median_s * x / std::sin(x);
}

double log_logistic_quantile_s(double median_s, double shape, double p) {
    return median_s * portable_pow(p / (1 - p), 1 / shape);
}

double expected_stop_s(const StopTimeOptions& options, Handover handover, std::uint32_t parcels) {
    return options.park_and_walk_s +
           log_logistic_mean_s(options.handling_median_s, options.handling_shape) +
           parcels_s(options, handover, parcels);
}

double stop_time_s(const StopTimeOptions& options, Handover handover, std::uint32_t parcels,
                   const Draw& draw) {
    const double handling =
        std::min(draw.log_logistic(options.handling_median_s, options.handling_shape),
                 options.handling_most_s);
    return options.park_and_walk_s + handling + parcels_s(options, handover, parcels);
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
