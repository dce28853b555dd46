#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "city/run.h"
#include "city/run_manifest.h"
#include "results/run_files.h"

namespace jiahe::city {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

void note(VerifyReport& report, bool holds, std::string text) {
    (holds ? report.lines : report.faults).push_back(std::move(text));
}

void check_files(const fs::path& folder, const Json& manifest, VerifyReport& report) {
    for (const auto& [name, digest] : manifest.at("files").items()) {
        const std::string path = (folder / name).string();
        if (!fs::exists(path)) {
            report.faults.push_back(name + ": missing");
            continue;
        }
        const bool holds = results::sha256_of_file(path) == digest.get<std::string>();
        note(report, holds,
             name + (holds ? ": digest holds" : ": changed since the run (its digest differs)"));
    }
}

// Of each name the last line counts; generations that were removed are no fault.
void check_snapshots(const fs::path& folder, VerifyReport& report) {
    const results::RunJournal journal((folder / "run.journal").string());
    if (const std::size_t damaged = journal.damaged_line_count(); damaged > 0) {
        report.faults.push_back(fmt::format("run.journal: {} damaged lines", damaged));
    }
    std::map<std::string, std::string> sealed;
    for (const auto& snapshot : journal.read())
        sealed[snapshot.file] = snapshot.sha256;
    for (const auto& [name, sha256] : sealed) {
        const fs::path path = folder / "snapshots" / name;
        if (!fs::exists(path)) continue;
        const bool holds = results::sha256_of_file(path.string()) == sha256;
        note(report, holds,
             "snapshots/" + name +
                 (holds ? ": digest holds" : ": changed since it was sealed (its digest differs)"));
    }
}

void check_audits(const Json& manifest, VerifyReport& report) {
    for (const auto& line : manifest.at("audits")) {
        const bool holds = line.at("left") == line.at("right");
        note(report, holds,
             fmt::format("{}: {} ({} = {}){}", line.at("name").get<std::string>(),
                         line.at("claim").get<std::string>(), line.at("left").get<std::int64_t>(),
                         line.at("right").get<std::int64_t>(), holds ? "" : " does not balance"));
    }
}

void compare(const Json& a, const Json& b, const std::string& what, VerifyReport& report) {
    note(report, a == b,
         a == b ? what + ": equal"
                : fmt::format("{} differs: {} against {}", what, a.dump(), b.dump()));
}

// Bit equality of state and of every result; logs and timings may differ.
void check_against(const Json& manifest, const Json& other, VerifyReport& report) {
    compare(manifest.at("state_hash"), other.at("state_hash"), "state_hash", report);
    for (const char* name : {"kpi.csv", "results.h5", "layers.gpkg"}) {
        if (!manifest.at("files").contains(name) && !other.at("files").contains(name)) continue;
        compare(manifest.at("files").value(name, "absent"), other.at("files").value(name, "absent"),
                name, report);
    }
}

}  // namespace

VerifyReport verify_run(const fs::path& folder, const std::optional<fs::path>& against) {
    VerifyReport report;
    const Json manifest = read_manifest(folder);
    report.lines.push_back(
        fmt::format("state_hash {}", manifest.at("state_hash").get<std::string>()));
    report.lines.push_back(
        manifest.at("complete").get<bool>()
            ? "complete"
            : fmt::format("stopped at {} (by {}); run --resume goes on from there",
                          manifest.at("reached").get<std::string>(),
                          manifest.at("stopped_by").get<std::string>()));
    check_files(folder, manifest, report);
    check_snapshots(folder, report);
    check_audits(manifest, report);
    if (against) check_against(manifest, read_manifest(*against), report);
    return report;
}

}  // namespace jiahe::city
