#include "base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace jiahe {

std::string Place::to_string() const {
    std::string text = file;
    if (line > 0) text += fmt::format(":{}:{}", line, std::max(column, 1));
    if (!feature.empty()) text += (text.empty() ? "" : ": ") + feature;
    return text;
}

std::string InputFault::to_string() const {
    std::string text = place.to_string();
    if (!text.empty()) text += ": ";
    text += fmt::format("error[{}]: {}", code, message);
    if (!hint.empty()) text += fmt::format(" ({})", hint);
    return text;
}

namespace {

std::string join_faults(const std::vector<InputFault>& faults) {
    std::string text;
    for (const InputFault& fault : faults) {
        if (!text.empty()) text += '\n';
        text += fault.to_string();
    }
    return text;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitute});
        }
    }
    return row[b.size()];
}

}  // namespace

InputError::InputError(InputFault fault) : InputError(std::vector<InputFault>{std::move(fault)}) {}

InputError::InputError(std::vector<InputFault> faults)
    : Error(ExitCode::kBadInput, join_faults(faults)), faults_(std::move(faults)) {}

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
    std::string best;
    std::size_t best_distance = 2 + name.size() / 3;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(name, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
    const std::string nearest = nearest_name(name, candidates);
    return nearest.empty() ? std::string{} : fmt::format("did you mean '{}'?", nearest);
}

std::string did_you_mean_path(const std::filesystem::path& missing) {
    namespace fs = std::filesystem;
    constexpr std::size_t kMostNeighbours = 10'000;
    const fs::path named = missing.has_filename() ? missing : missing.parent_path();
    const fs::path folder = named.has_parent_path() ? named.parent_path() : fs::path(".");
    std::vector<std::string> neighbours;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (neighbours.size() == kMostNeighbours) break;
        neighbours.push_back(at->path().filename().string());
    }
    std::sort(neighbours.begin(), neighbours.end());
    return did_you_mean(named.filename().string(), neighbours);
}

}  // namespace jiahe
