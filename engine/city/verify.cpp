#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "city/run.h"
#include "results/run_files.h"

namespace jiahe::city {
namespace fs = std::filesystem;
namespace {

nlohmann::json read_manifest(const fs::path& folder) {
    const fs::path path = folder / "manifest.json";
    if (!fs::exists(path)) {
        throw InputError(InputFault{"E-RUN-003",
                                    {folder.string(), 0, 0, ""},
                                    "no manifest.json: not the folder of a finished run",
                                    ""});
    }
    auto manifest = nlohmann::json::parse(results::read_file(path.string()), nullptr, false);
    if (manifest.is_discarded()) throw CorruptFileError(path.string() + ": not JSON");
    return manifest;
}

void compare(const nlohmann::json& a, const nlohmann::json& b, const char* key,
             VerifyReport& report) {
    if (a.at(key) == b.at(key)) {
        report.lines.push_back(fmt::format("{}: equal", key));
    } else {
        report.faults.push_back(
            fmt::format("{} differs: {} against {}", key, a.at(key).dump(), b.at(key).dump()));
    }
}

}  // namespace

VerifyReport verify_run(const fs::path& folder, const std::optional<fs::path>& against) {
    VerifyReport report;
    const nlohmann::json manifest = read_manifest(folder);
    report.lines.push_back(
        fmt::format("state_hash {}", manifest.at("state_hash").get<std::string>()));
    if (!manifest.at("complete").get<bool>()) report.faults.push_back("the run was stopped early");
    for (const auto& [name, digest] : manifest.at("files").items()) {
        const std::string path = (folder / name).string();
        if (!fs::exists(path)) {
            report.faults.push_back(name + ": missing");
        } else if (results::sha256_of_file(path) != digest.get<std::string>()) {
            report.faults.push_back(name + ": digest differs from the manifest");
        } else {
            report.lines.push_back(name + ": digest holds");
        }
    }
    for (const auto& line : manifest.at("audits")) {
        const std::string text =
            fmt::format("{}: {} ({} = {})", line.at("name").get<std::string>(),
                        line.at("claim").get<std::string>(), line.at("left").get<std::int64_t>(),
                        line.at("right").get<std::int64_t>());
        const bool holds = line.at("left") == line.at("right");
        (holds ? report.lines : report.faults).push_back(text);
    }
    if (against) {
        const nlohmann::json other = read_manifest(*against);
        compare(manifest, other, "state_hash", report);
        const bool same = results::read_file((folder / "kpi.csv").string()) ==
                          results::read_file((*against / "kpi.csv").string());
        (same ? report.lines : report.faults)
            .push_back(same ? "kpi.csv: equal" : "kpi.csv differs");
    }
    return report;
}

}  // namespace jiahe::city
