// What the logistics system reports at the end: KPIs and conservation, from state that stands
// still.
//
// Pure functions; reports only, so floating point is free to print. A parcel is due once its
// promise is past; on time is delivered by its promise, of all due. Units in the names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "logistics/logistics_system.h"

namespace jiahe::logistics {

struct LogisticsSummary {
    std::int64_t parcels = 0, expected = 0, in_hub = 0, on_van = 0, delivered = 0, returned = 0;
    std::int64_t due = 0, on_time = 0, late = 0;
    std::int64_t first_attempts = 0, first_failures = 0, attempts = 0, diverted = 0;
    std::int64_t tours = 0, calls = 0, scans = 0, gate_misses = 0, dispatches_put_off = 0;
    std::int64_t scans_waiting = 0;  // made by hubs out of contact, not yet sent
    std::int64_t inducted = 0, missorted = 0;
    std::int64_t toll_fen = 0;
    double planned_km = 0;          // of all tours
    double recirculated_share = 0;  // passes of the loop beyond the first, of all passes
    double van_hours = 0;           // out of the hub, tours under way included
    double parcels_per_van_hour = 0;
    double load_share = 0;         // parcels loaded, of the capacity of all tours
    double mean_delivery_s = 0;    // of delivered parcels, since the run's start
    double eta_error_p50_min = 0;  // |arrival - plan| at calls, upper edge of its minute
    double eta_error_p90_min = 0;
    double cost_fen = 0;             // wages, kilometres, tolls
    double cost_per_parcel_fen = 0;  // of delivered parcels
};

LogisticsSummary summarise(const LogisticsSystem& logistics, SimTime now);

// One line a broken law, none where all hold: per hub, parcels = expected + in hub + on vans +
// delivered + returned, and entered = left + inside; a van's load is what its plan says; tolls of
// vans = tolls of hubs.
std::vector<std::string> audit_logistics(const LogisticsSystem& logistics);

}  // namespace jiahe::logistics
