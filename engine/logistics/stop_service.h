// What happens at a stop: how long it takes and whether the parcel is taken.
//
// A call is a parking place: park-and-walk once, then at each door a log-logistic handling and a
// time for each further parcel of its order; a locker or station takes one handling and a time a
// parcel. A door succeeds with a fixed probability an attempt, lockers and stations always; after
// the last attempt the parcel is returned.
// Pure functions; draws by name. Units: s.
// F(t) = 1 / (1 + (t / a)^-b), mean a (pi / b) / sin(pi / b), p-quantile a (p / (1 - p))^(1/b).
// Source: logistics sheet, section 3; form of the stop time: Transp. Res. A 207 (2026).
#pragma once

#include <cstdint>

#include "base/random.h"
#include "logistics/parcel_orders.h"

namespace jiahe::logistics {

struct CallTimes {
    double park_s = 60;             // A, park and walk
    double handling_median_s = 90;  // A
    double handling_shape = 3;      // A
    double handling_most_s = 1800;  // A: the driver gives up; cuts the heavy tail
    double further_parcel_s = 20;   // A, at a door
    double locker_parcel_s = 8;     // A
    double station_parcel_s = 3;    // A
};

double log_logistic_mean_s(double median_s, double shape);
double log_logistic_quantile_s(double median_s, double shape, double p);

// Mean time of a call at `doors` doors (1 at a locker or station), for planning; without parking.
double expected_handling_s(const CallTimes& times, Handover handover, std::uint32_t doors,
                           std::uint32_t parcels);
// Drawn handling at one door, locker or station. `draw` is named by its first parcel and attempt.
double handling_s(const CallTimes& times, Handover handover, std::uint32_t parcels,
                  const Draw& draw);

// Of a parcel that is tried up to `attempts_most` times at success probability p.
double success_within(double p, int attempts_most);
double mean_attempts(double p, int attempts_most);
// Unlimited retries.
double mean_attempts(double p);

}  // namespace jiahe::logistics
