// ImportReport: what an importer read, guessed, repaired and dropped, for the user to judge.
//
// Value type, filled by one importer at load time. Counts by name, in the order of first mention;
// remarks name features by their external ids, at most 50 a kind are kept, the rest is counted.
// Nothing here reaches a run's results but the manifest's notes. Errors: none.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace jiahe {

struct ImportReport {
    static constexpr std::int64_t kMaxRemarks = 50;  // a kind
    std::vector<std::pair<std::string, std::int64_t>> counts;
    std::vector<std::string> remarks;

    void count(const std::string& name, std::int64_t by = 1) {
        for (auto& [key, value] : counts) {
            if (key == name) {
                value += by;
                return;
            }
        }
        counts.emplace_back(name, by);
    }
    // Counts one of this kind and keeps its feature: remark("dropped: no way on", "way 12").
    void remark(const std::string& kind, const std::string& feature) {
        count(kind);
        if (counted(kind) <= kMaxRemarks) remarks.push_back(kind + ": " + feature);
    }
    // 0 where nothing of that name was counted.
    std::int64_t counted(const std::string& name) const {
        for (const auto& [key, value] : counts) {
            if (key == name) return value;
        }
        return 0;
    }
    std::vector<std::string> lines() const {
        std::vector<std::string> text;
        for (const auto& [name, value] : counts)
            text.push_back(std::to_string(value) + " " + name);
        text.insert(text.end(), remarks.begin(), remarks.end());
        return text;
    }
};

}  // namespace jiahe
