// The report's charts: one function a chart, from a run's tables to a figure.
//
// Each returns HTML of draw() (chart.h), or "" where the run has nothing of the kind, so that a
// system that was switched off leaves no empty frame. Titles say what is shown, notes in which
// unit. Pure functions; derived series come from day_series.h.
#pragma once

#include <string>

#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

std::string traffic_charts(const RunRecord& run, Language language);
std::string tolling_charts(const RunRecord& run, Language language);
std::string logistics_charts(const RunRecord& run, Language language);
std::string telecom_charts(const RunRecord& run, Language language);

}  // namespace jiahe::evaluation
