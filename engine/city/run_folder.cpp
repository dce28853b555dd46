#include "city/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace jiahe::city {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kGenerations = 2;

void make_folder(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) throw IoError(fmt::format("{}: {}", path.string(), error.message()));
}

InputError of_another_run(const fs::path& path) {
    return InputError(InputFault{
        "E-RUN-005",
        {path.string(), 0, 0, ""},
        "the folder holds a run of another scenario, seed, input file or version of the program",
        "resume with the scenario and options it was begun with, or use --force without --resume"});
}

}  // namespace

RunFolder::RunFolder(fs::path path)
    : path_(std::move(path)), journal_((path_ / "run.journal").string()) {}

bool RunFolder::is_finished(const std::string& city_digest) const {
    std::error_code error;
    if (!fs::exists(path_ / "manifest.json", error)) return false;
    const auto manifest =
        nlohmann::json::parse(results::read_file(file("manifest.json")), nullptr, false);
    if (!manifest.is_object() || !manifest.value("complete", false)) return false;
    if (manifest.value("city_digest", "") != city_digest) throw of_another_run(path_);
    return true;
}

void RunFolder::check(bool resume, bool force) const {
    std::error_code error;
    if (fs::exists(path_, error) && !fs::is_directory(path_, error)) {
        throw InputError(
            InputFault{"E-RUN-001", {path_.string(), 0, 0, ""}, "the output folder is a file", ""});
    }
    const bool empty = !fs::exists(path_, error) || fs::is_empty(path_, error);
    if (empty || resume || force) return;
    throw InputError(InputFault{"E-RUN-002",
                                {path_.string(), 0, 0, ""},
                                "the output folder is not empty",
                                "use --force to replace it or --resume to go on"});
}

void RunFolder::prepare(bool resume) {
    std::error_code error;
    for (const char* name :
         {"manifest.json", "results.h5", "kpi.csv", "layers.gpkg", "report.html", "run.log",
          "results.h5.tmp", "kpi.csv.tmp", "manifest.json.tmp", "run.log.tmp", "tmp-layers.gpkg"}) {
        fs::remove(path_ / name, error);
    }
    if (!resume) {
        fs::remove(path_ / "run.journal", error);
        fs::remove_all(path_ / "snapshots", error);
    }
    make_folder(path_ / "snapshots");
}

void RunFolder::seal_snapshot(kernel::Simulator& simulator, const std::string& city_digest) {
    const SimTime now = simulator.now();
    results::SealedSnapshot sealed;
    sealed.file = fmt::format("t{:012d}.jsnap", now.us / 1000);
    const std::string path = (path_ / "snapshots" / sealed.file).string();
    simulator.save(path, city_digest);
    sealed.bytes = fs::file_size(path);
    sealed.sha256 = results::sha256_of_file(path);
    sealed.time_us = now.us;
    sealed.state_hash = simulator.state_hash().to_hex();
    sealed.city_digest = city_digest;
    journal_.append(sealed);
    drop_old_snapshots();
}

void RunFolder::drop_old_snapshots() {
    std::vector<std::string> names;
    for (const auto& sealed : journal_.read()) {
        if (std::find(names.begin(), names.end(), sealed.file) == names.end()) {
            names.push_back(sealed.file);
        }
    }
    std::error_code ignored;
    for (std::size_t i = 0; i + kGenerations < names.size(); ++i) {
        fs::remove(path_ / "snapshots" / names[i], ignored);
    }
}

bool RunFolder::load_snapshot(kernel::Simulator& simulator, const std::string& city_digest,
                              const LogSink& log) {
    std::vector<std::string> skipped;
    const auto sealed =
        results::newest_whole_snapshot(journal_, (path_ / "snapshots").string(), skipped);
    for (const std::string& name : skipped) {
        log(LogLevel::kWarning, fmt::format("snapshot {} is damaged: falling back", name));
    }
    if (sealed.file.empty()) return false;
    if (sealed.city_digest != city_digest) throw of_another_run(path_);
    simulator.load((path_ / "snapshots" / sealed.file).string(), city_digest);
    const std::string hash = simulator.state_hash().to_hex();
    if (hash != sealed.state_hash) {
        throw CorruptFileError(fmt::format("{}: state hash {} where the journal says {}",
                                           sealed.file, hash, sealed.state_hash));
    }
    log(LogLevel::kInfo, fmt::format("resumed from {}", sealed.file));
    return true;
}

}  // namespace jiahe::city
