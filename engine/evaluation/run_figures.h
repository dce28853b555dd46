// Figures of a run that several parts of the page show, with the cases in which there are none.
//
// kpi.csv holds a number for every KPI, also where nothing happened that it could be a mean of
// (the share in time of no parcel, the latency of no payment). shown_kpi() knows what each figure
// is counted over and shows an en dash where that count is 0: no figure is better than a good one.
//
// Pure functions of a RunRecord. Units as in kpi.csv. Errors: none.
#pragma once

#include <string>
#include <string_view>

#include "evaluation/number_text.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

// nullptr where the run has no such KPI.
const results::Kpi* find_kpi(const RunRecord& run, std::string_view name);

struct Arrivals {
    double arrived = 0, planned = 0;
    double share() const { return planned > 0 ? arrived / planned : 1; }
};
// From the KPIs, else from the trips.
Arrivals arrivals(const RunRecord& run);

// False where the KPI is a mean or share of nothing.
bool has_meaning(const RunRecord& run, const results::Kpi& kpi);
Quantity shown_kpi(const RunRecord& run, const results::Kpi& kpi, Language language);

// "jiaxing-weekday": "Jiaxing weekday".
std::string shown_name(const RunRecord& run);
// With "(c)" as the sign.
std::string shown_attribution(const RunRecord& run);

}  // namespace jiahe::evaluation
