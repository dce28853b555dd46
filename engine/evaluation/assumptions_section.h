// What the figures rest on: the assumptions of a run in plain words, from its settings and notes.
//
// Says what is generated and what was read, which behaviour the scenario sets (rerouting, ETC
// share, tariff, parcels a head, data a citizen), that it is one run of one seed, and how many
// values a reader had to guess. A setting that the scenario lacks is left out. "" where the run has
// no settings. Pure function; HTML, escaped.
#pragma once

#include <string>

#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

std::string assumptions_section(const RunRecord& run, Language language);

}  // namespace jiahe::evaluation
