// How KPIs are called in a report: labels by their stable names, in English and Chinese.
//
// Names are those of kpi.csv, "system.word_word"; a name that is not listed is shown by its own
// words, so a new KPI needs no change here. Pure functions over constant tables; UTF-8.
// Invariant: a label is never empty.
#pragma once

#include <string>
#include <string_view>

#include "evaluation/language.h"

namespace jiahe::evaluation {

// "traffic.mean_delay": "Mean delay".
std::string kpi_label(std::string_view name, Language language);
// "traffic": "Road traffic".
std::string system_label(std::string_view system, Language language);
// A service class of the network: "van_position": "Van positions".
std::string service_label(std::string_view service, Language language);
// The part before the first dot; all where there is none.
std::string_view kpi_system(std::string_view name);
// Is it a ratio of part and whole, shown in percent?
bool is_share(std::string_view name);

}  // namespace jiahe::evaluation
