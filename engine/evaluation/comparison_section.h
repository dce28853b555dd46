// Several runs side by side: what differs in the scenarios, whether the runs are paired, what each
// figure differs by, and how the same trips and parcels fared.
//
// Differences are against the first run. One run a setting is n = 1: the section says so in front
// and gives no interval. Figures that are equal in all runs are only counted. A mean of nothing is
// an en dash and has no difference. Pure; HTML, escaped; "" for fewer than two runs.
#pragma once

#include <string>
#include <vector>

#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

std::string comparison_section(const std::vector<RunRecord>& runs, Language language);

// Names of runs, told apart by their folders where two have the same.
std::vector<std::string> distinct_names(const std::vector<RunRecord>& runs);

}  // namespace jiahe::evaluation
