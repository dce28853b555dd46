#include "scenario/data_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/check.h"
#include "scenario/error_codes.h"
#include "scenario/fault_text.h"

namespace jiahe::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostFileBytes = std::uintmax_t{4} << 30;
constexpr std::size_t kMostPathBytes = 1024;

InputFault fault(const char* error_code, std::string message, std::string hint = {}) {
    return {error_code, {}, std::move(message), std::move(hint)};
}

bool is_below(const fs::path& path, const fs::path& folder) {
    const auto [in_folder, in_path] =
        std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return in_folder == folder.end();
}

}  // namespace

DataPaths::DataPaths(const fs::path& bundle, const std::vector<fs::path>& data_dirs) {
    const fs::path own = bundle.empty() ? fs::path(".") : bundle;
    std::error_code error;
    const fs::path canonical = fs::canonical(own, error);
    roots_.push_back({own, error ? fs::path() : canonical});
    std::vector<InputFault> faults;
    for (const fs::path& dir : data_dirs) {
        const fs::path found = fs::canonical(dir, error);
        if (error || !fs::is_directory(found, error)) {
            InputFault absent = fault(code::kDataDir, "the data folder does not exist");
            absent.place.file = "--data " + dir.string();
            faults.push_back(std::move(absent));
        } else {
            roots_.push_back({dir, found});
        }
    }
    if (!faults.empty()) throw InputError(std::move(faults));
}

std::optional<InputFault> DataPaths::check_form(std::string_view written) {
    const std::string hint = "write a path relative to the scenario or to a folder of --data";
    if (written.empty()) return fault(code::kPathForm, "is an empty path", hint);
    if (written.size() > kMostPathBytes) {
        return fault(code::kPathForm, "is a path longer than 1024 bytes", hint);
    }
    const auto refuse = [&](std::string_view what) {
        return fault(code::kPathForm, fmt::format("is {}: {}", what, in_quotes(written)), hint);
    };
    const std::string lower = [&] {
        std::string text(written);
        for (char& c : text)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return text;
    }();
    if (lower.starts_with("/vsi")) return refuse("a virtual file system's path");
    if (written.front() == '/') return refuse("an absolute path");
    if (written.front() == '~') return refuse("a path in a home folder");
    if (lower.find("://") != std::string::npos) return refuse("a network address");
    if (lower.find(':') != std::string::npos) return refuse("a path with a colon");
    if (lower.find('\\') != std::string::npos) return refuse("a path with a backslash");
    const bool control = std::any_of(written.begin(), written.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (control) return refuse("a path with a control character");
    return std::nullopt;
}

bool DataPaths::inside(const fs::path& canonical) const {
    return std::any_of(roots_.begin(), roots_.end(), [&](const Root& root) {
        return !root.canonical.empty() && is_below(canonical, root.canonical);
    });
}

std::optional<InputFault> DataPaths::check_found(const fs::path& canonical,
                                                 std::string_view written, Kind kind) const {
    std::error_code error;
    const fs::file_status status = fs::status(canonical, error);
    const bool folder = fs::is_directory(status);
    const bool regular = fs::is_regular_file(status);
    if (kind == Kind::kFile && folder) {
        return fault(code::kFileKind,
                     fmt::format("is a folder, not a file: {}", in_quotes(written)));
    }
    if (kind == Kind::kFolder && regular) {
        return fault(code::kFileKind,
                     fmt::format("is a file, not a folder: {}", in_quotes(written)));
    }
    if (!folder && !regular) {
        return fault(code::kFileKind,
                     fmt::format("is neither a regular file nor a folder: {}", in_quotes(written)));
    }
    if (regular && fs::file_size(canonical, error) > kMostFileBytes) {
        return fault(code::kFileKind, fmt::format("is larger than 4 GiB: {}", in_quotes(written)));
    }
    return std::nullopt;
}

DataPaths::Found DataPaths::resolve(std::string_view written, Kind kind,
                                    std::string_view holding) const {
    JIAHE_CHECK(kind == Kind::kFile || kind == Kind::kFolder || kind == Kind::kFileOrFolder,
                "only paths are resolved");
    if (auto bad = check_form(written)) return {{}, std::move(bad)};
    bool leads_out = false, lacks_file = false;
    std::string searched;
    for (const Root& root : roots_) {
        if (!searched.empty()) searched += ", ";
        searched += root.shown.generic_string();
        if (root.canonical.empty()) continue;
        std::error_code error;
        const fs::path target = fs::weakly_canonical(root.canonical / written, error);
        if (error) continue;
        if (!inside(target)) {
            leads_out = true;
        } else if (fs::exists(target, error)) {
            if (holding.empty() || !fs::is_directory(target, error) ||
                fs::exists(target / holding, error)) {
                return {target, check_found(target, written, kind)};
            }
            lacks_file = true;
        }
    }
    if (lacks_file) {
        return {{},
                fault(code::kFileNotFound,
                      fmt::format("holds no file '{}': {}", holding, in_quotes(written)),
                      "searched in: " + searched)};
    }
    if (leads_out) {
        return {{},
                fault(code::kFileOutside,
                      fmt::format("leads out of the scenario's folder and the data folders: {}",
                                  in_quotes(written)),
                      "allowed: " + searched)};
    }
    return {{},
            fault(code::kFileNotFound, fmt::format("was not found: {}", in_quotes(written)),
                  "searched in: " + searched)};
}

DataPaths::Found DataPaths::resolve_below(const fs::path& folder, std::string_view name) const {
    if (auto bad = check_form(name)) return {{}, std::move(bad)};
    std::error_code error;
    const fs::path target = fs::weakly_canonical(folder / name, error);
    if (error || !inside(target)) {
        return {{},
                fault(code::kFileOutside,
                      fmt::format("leads out of the data folders: {}", in_quotes(name)))};
    }
    if (!fs::exists(target, error)) {
        return {{}, fault(code::kFileNotFound, fmt::format("was not found: {}", in_quotes(name)))};
    }
    return {target, check_found(target, name, Kind::kFile)};
}

}  // namespace jiahe::scenario
