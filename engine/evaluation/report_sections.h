// The report's parts that are text and tables: each a piece of HTML of one run.
//
// Pure functions; every text that comes from a run is escaped. A part without content is "". The
// map's part carries its data as JSON in a script element (never executed, "</" is broken up).
// Order of the page: head, lead, headline, verdict, events, map, charts, KPIs, plazas, services,
// stragglers, assumptions, audits, provenance.
#pragma once

#include <string>

#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

std::string facts_line(const RunRecord& run, Language language);
// One sentence where all audits balance; where one does not, warning_banner() speaks.
std::string verdict(const RunRecord& run, Language language);
std::string headline(const RunRecord& run, Language language);
std::string map_section(const RunRecord& run, Language language);
std::string kpi_section(const RunRecord& run, Language language);
std::string plaza_section(const RunRecord& run, Language language);
std::string service_section(const RunRecord& run, Language language);
std::string audit_section(const RunRecord& run, Language language);
std::string straggler_section(const RunRecord& run, Language language);
std::string provenance_section(const RunRecord& run, Language language);

}  // namespace jiahe::evaluation
