// The report: one self-contained HTML page of one or more finished runs, for people.
//
// Shows a verdict (do the audits balance, who arrived), headline figures, an interactive map of all
// links, charts of the day by system, every KPI, audits, stragglers and provenance; of several runs
// also a table of KPIs side by side. Works offline: no network, no external font, script or image.
// Map data that wants attribution carries it on the map. Prints on A4. Size: about 6 MB for 60,000
// links over 24 hours. Parts of systems that were switched off are left out.
//
// Errors: InputError E-REP-001 (no run's folder), E-CLI-001 (language); IoError; CorruptFileError.
// The page is written under a temporary name and renamed when whole.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace jiahe::evaluation {

// `language`: "en" or "zh". REQUIRES: run_dirs is not empty.
void write_report(const std::vector<std::filesystem::path>& run_dirs,
                  const std::filesystem::path& out_file, std::string_view language);

}  // namespace jiahe::evaluation
