// The page's first words: what happened in the city, in a few sentences for someone in a hurry.
//
// warning_banner() comes before everything else where the figures must not be used (an audit does
// not balance) or cover only a part (the run was stopped); it is "" for a whole, sound run.
// lead() says who arrived, when the roads were fullest and slowest, how long tolling took, how many
// parcels came in time and what the script did. Every figure in it is derived from the run's tables
// or is a KPI; a sentence without its figure is left out. Pure functions; HTML, escaped.
#pragma once

#include <string>

#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

std::string warning_banner(const RunRecord& run, Language language);
std::string lead(const RunRecord& run, Language language);

}  // namespace jiahe::evaluation
