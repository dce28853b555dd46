// The report: one self-contained HTML page of one or more finished runs, for people.
//
// Begins with warnings (an audit does not balance, the run covers only a part), then what happened
// in a few sentences, headline figures, the script's events and their story, an interactive map of
// all links, charts of the day by system, every KPI, stragglers, assumptions, audits, provenance.
// Of several runs first what differs, paired differences and n = 1 said plainly. Works offline: no
// network, no external font, script or image. Map data that wants attribution carries it on the
// map. Prints on A4. Size: below 5 MB for 60,000 links over 24 hours. Parts of systems that were
// switched off are left out.
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
