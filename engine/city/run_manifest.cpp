#include "city/run_manifest.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "city/version.h"
#include "results/run_files.h"
#include "scenario/unit.h"

namespace jiahe::city {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kStragglersShown = 1000;
constexpr std::size_t kDigestLength = 64;
const std::string kOwnDigest = "\"manifest_sha256\": \"";

std::string reason_text(StopReason reason) {
    switch (reason) {
        case StopReason::kEnd:
            return "end";
        case StopReason::kUntil:
            return "until";
        case StopReason::kAsked:
            return "request";
        case StopReason::kMemory:
            return "memory limit";
    }
    return "";
}

Json audit_json(const results::Indicators& indicators) {
    Json list = Json::array();
    for (const auto& line : indicators.audits) {
        list.push_back({{"name", line.name},
                        {"claim", line.claim},
                        {"left", line.left},
                        {"right", line.right},
                        {"balances", line.balances()}});
    }
    return list;
}

Json straggler_json(const Assembly& assembly) {
    const auto rows = assembly.stragglers();
    Json list = Json::array();
    for (std::size_t i = 0; i < std::min(rows.size(), kStragglersShown); ++i) {
        list.push_back({{"trip", rows[i].trip}, {"link", rows[i].link}, {"cause", rows[i].cause}});
    }
    return {{"count", rows.size()}, {"rows", list}};
}

Json file_digests(const fs::path& folder) {
    Json digests = Json::object();
    for (const char* name : {"results.h5", "kpi.csv", "layers.gpkg", "run.log"}) {
        std::error_code error;
        if (!fs::exists(folder / name, error)) continue;
        digests[name] = results::sha256_of_file((folder / name).string());
    }
    return digests;
}

// Where the digits of the manifest's own digest begin.
std::optional<std::size_t> own_digest_at(const std::string& text) {
    const std::size_t key = text.rfind(kOwnDigest);
    if (key == std::string::npos) return std::nullopt;
    const std::size_t at = key + kOwnDigest.size();
    if (at + kDigestLength > text.size()) return std::nullopt;
    return at;
}

}  // namespace

void write_manifest(const ManifestInput& in) {
    const RunOutcome& outcome = in.outcome;
    Json m;
    m["name"] = in.window.name;
    m["complete"] = outcome.complete;
    m["stopped_by"] = reason_text(outcome.reason);
    m["reached"] = scenario::format_time_of_day(outcome.reached.us);
    m["reached_s"] = outcome.reached.seconds();
    m["version"] = version();
    m["commit"] = build_commit();
    m["compiler"] = kCompiler;
    m["seed"] = in.window.seed;
    m["threads"] = in.threads;
    m["partitions"] = in.assembly.simulator().partition_count();
    m["state_hash"] = outcome.state_hash;
    m["city_digest"] = in.city_digest;
    m["attribution"] = in.assembly.attribution();
    m["timings_s"] = {{"load", outcome.load_s},
                      {"simulate", outcome.simulate_s},
                      {"snapshots", outcome.snapshots_s},
                      {"results", outcome.write_s},
                      {"layers", outcome.layers_s}};
    m["events"] = outcome.events;
    m["audits"] = audit_json(outcome.indicators);
    m["stragglers"] = straggler_json(in.assembly);
    m["notes"] = in.assembly.notes();
    m["inputs"] = in.inputs;
    m["files"] = file_digests(outcome.folder);
    m["scenario"] = Json::parse(in.scenario.resolved_json());
    m["manifest_sha256"] = std::string(kDigestLength, '0');
    std::string text = m.dump(2) + "\n";
    text.replace(*own_digest_at(text), kDigestLength, results::sha256_of_text(text));
    results::write_file((outcome.folder / "manifest.json").string(), text);
}

nlohmann::json read_manifest(const fs::path& folder) {
    const fs::path path = folder / "manifest.json";
    std::error_code error;
    if (!fs::exists(folder, error)) {
        throw InputError(InputFault{"E-RUN-003",
                                    {folder.string(), 0, 0, ""},
                                    "there is no such folder",
                                    did_you_mean_path(folder)});
    }
    if (!fs::is_regular_file(path, error)) {
        throw InputError(InputFault{"E-RUN-003",
                                    {folder.string(), 0, 0, ""},
                                    "no manifest.json: not the folder of a sealed run",
                                    "give a folder that 'jiahe run' wrote"});
    }
    std::string text = results::read_file(path.string());
    auto manifest = nlohmann::json::parse(text, nullptr, false);
    if (!manifest.is_object()) throw CorruptFileError(path.string() + ": not a JSON object");
    const auto at = own_digest_at(text);
    if (!at) throw CorruptFileError(path.string() + ": its own digest is missing");
    const std::string stated = text.substr(*at, kDigestLength);
    text.replace(*at, kDigestLength, kDigestLength, '0');
    if (results::sha256_of_text(text) != stated) {
        throw CorruptFileError(path.string() +
                               ": changed since it was written (its own digest does "
                               "not hold)");
    }
    return manifest;
}

}  // namespace jiahe::city
