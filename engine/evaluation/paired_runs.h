// Two runs of the same demand, thing by thing: what one and the same trip or parcel met in each.
//
// Runs are paired when they planned the same trips at the same times and ordered the same parcels
// (common random numbers); then differences of a trip or parcel come from what differs in the
// scenarios, not from chance in the demand. Pure functions of two RunRecords; times in s. Trips and
// parcels are matched by their place in the tables. Cost: linear.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evaluation/run_record.h"

namespace jiahe::evaluation {

bool have_same_trips(const RunRecord& a, const RunRecord& b);
bool have_same_parcels(const RunRecord& a, const RunRecord& b);

// Of trips that arrived in both. REQUIRES: have_same_trips.
struct PairedTrips {
    std::size_t both = 0, only_first = 0, only_second = 0;
    double mean_difference_s = 0;        // second less first; NaN where none
    std::size_t slower = 0, faster = 0;  // by more than kNoticed_s
};
inline constexpr double kNoticed_s = 60;
PairedTrips paired_trips(const RunRecord& a, const RunRecord& b);

// Of parcels due in both. REQUIRES: have_same_parcels.
struct PairedParcels {
    std::size_t due = 0, lost = 0, won = 0;  // lost: in time in the first, not in the second
};
PairedParcels paired_parcels(const RunRecord& a, const RunRecord& b);

// Settings that differ; "" where one lacks it.
struct SettingDifference {
    std::string path, first, second;
};
std::vector<SettingDifference> differing_settings(const RunRecord& a, const RunRecord& b);

}  // namespace jiahe::evaluation
