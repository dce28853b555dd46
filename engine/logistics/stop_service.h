// What happens at a stop: how long it takes and whether the parcel is taken.
//
// A door takes park-and-walk + log-logistic(median, shape) + a time a further parcel of the order;
// lockers and stations take park-and-walk + the same handling once + a time a parcel. A door
// succeeds with a fixed probability an attempt; after the limit the parcel is returned.
// Pure functions; draws by name. Units: s.
// F(t) = 1 / (1 + (t / a)^-b), mean a (pi / b) / sin(pi / b), p-quantile a (p / (1 - p))^(1/b).
// Source: logistics sheet, section 3; form of the stop time: Transp. Res. A 207 (2026).
#pragma once

#include <cstdint>

#include "base/random.h"
#include "logistics/orders.h"

namespace jiahe::logistics {

struct StopTimeOptions {
    double park_and_walk_s = 60;    // A
    double handling_median_s = 90;  // A
    double handling_shape = 3;      // A
    double handling_most_s = 1800;  // A: the driver gives up; cuts the heavy tail
    double further_parcel_s = 20;   // A, door
    double locker_parcel_s = 8;     // A
    double station_parcel_s = 3;    // A
};

double log_logistic_mean_s(double median_s, double shape);
double log_logistic_quantile_s(double median_s, double shape, double p);

// Mean time of a stop, for planning.
double expected_stop_s(const StopTimeOptions& options, Handover handover, std::uint32_t parcels);
// Drawn time of a stop. `draw` is named by order and attempt.
double stop_time_s(const StopTimeOptions& options, Handover handover, std::uint32_t parcels,
                   const Draw& draw);

struct AttemptOptions {
    double door_success = 0.956;  // C Changshu; NL: 0.75 at homes, 0.95 at businesses
    int attempts_most = 3;        // A
    double diversion = 0.5;       // A: of failed doors, to the station with the next wave
};

// Of a parcel that is tried up to `attempts_most` times at success probability p.
double success_within(double p, int attempts_most);
double mean_attempts(double p, int attempts_most);
// Unlimited retries.
double mean_attempts(double p);

}  // namespace jiahe::logistics
