// The report's parts that are text and tables: each a piece of HTML of one run.
//
// Pure functions; every text that comes from a run is escaped. A part without content is "". The
// map's part carries its data as JSON in a script element (never executed, "</" is broken up).
// Order of the page: head, verdict, headline, map, charts, KPIs, plazas, services, proof.
#pragma once

#include <string>
#include <vector>

#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

// "jiaxing-weekday": "Jiaxing weekday".
std::string shown_name(const RunRecord& run);

std::string facts_line(const RunRecord& run, Language language);
// One sentence: is every sum kept, who arrived, was the run whole.
std::string verdict(const RunRecord& run, Language language);
std::string headline(const RunRecord& run, Language language);
std::string map_section(const RunRecord& run, Language language);
std::string kpi_section(const RunRecord& run, Language language);
std::string plaza_section(const RunRecord& run, Language language);
std::string service_section(const RunRecord& run, Language language);
std::string audit_section(const RunRecord& run, Language language);
std::string straggler_section(const RunRecord& run, Language language);
std::string provenance_section(const RunRecord& run, Language language);
// KPIs of several runs side by side, differences against the first.
std::string comparison_section(const std::vector<RunRecord>& runs, Language language);

}  // namespace jiahe::evaluation
