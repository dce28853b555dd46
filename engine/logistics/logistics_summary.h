// What the logistics system reports at the end: KPIs and conservation, from state that stands
// still.
//
// Pure functions. A parcel is due once its promise is past; on time is delivered by its promise, of
// all due. Units in the names.
#pragma once

#include <cstdint>

#include "logistics/logistics_system.h"

namespace jiahe::logistics {

struct LogisticsSummary {
    std::int64_t parcels = 0, expected = 0, in_hub = 0, on_van = 0, delivered = 0, returned = 0;
    std::int64_t due = 0, on_time = 0, late = 0;
    std::int64_t first_attempts = 0, first_failures = 0, attempts = 0;
    std::int64_t tours = 0, calls = 0, scans = 0, gate_misses = 0, dispatches_put_off = 0;
    std::int64_t toll_fen = 0;
    double van_hours = 0;
    double parcels_per_van_hour = 0;
    double mean_delivery_s = 0;  // of delivered parcels, since the run's start
};

LogisticsSummary summarise(const LogisticsSystem& logistics, SimTime now);

}  // namespace jiahe::logistics
