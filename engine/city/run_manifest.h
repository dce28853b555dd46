// manifest.json: what was run, from what, with what result; written last, so it seals the folder.
//
// Holds the scenario as resolved, seed, version, digests of inputs and of the folder's files,
// audits, timings, state hash, and a digest of itself (of its text with that digest as zeros): a
// flipped bit anywhere shows. Private to the folder. Errors: InputError E-RUN-003 where a folder
// has none, CorruptFileError where it is no JSON or its own digest does not hold.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "city/assembly.h"
#include "city/run.h"
#include "scenario/core_sections.h"

namespace jiahe::city {

struct ManifestInput {
    const Assembly& assembly;
    const RunOutcome& outcome;
    const scenario::Scenario& scenario;
    const scenario::RunWindow& window;
    const std::string& city_digest;
    const nlohmann::ordered_json& inputs;
    int threads = 1;
};

void write_manifest(const ManifestInput& input);
// Checked against its own digest.
nlohmann::json read_manifest(const std::filesystem::path& folder);

}  // namespace jiahe::city
