// Reading the shared reference tables in tests: plain and gzipped CSV, or a printed reason to skip.
//
// Test support of tests/world. A test that needs a shared file begins with
//   if (!has_shared("jiaxing/toll_stations.csv")) return;
// which fails where the environment variable CI is set and else prints why the test is skipped.
// Quoted cells are understood (no line breaks within a cell).
#pragma once

#include <doctest/doctest.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace jiahe::test {

inline std::string shared_path(const std::string& name) {
    return JIAHE_SHARED_DATA "/" + name;
}

inline bool has_shared(const std::string& name) {
    if (std::filesystem::exists(shared_path(name))) return true;
    if (std::getenv("CI") != nullptr) {
        FAIL("shared data missing: " << name);
    } else {
        MESSAGE("skipped: shared data missing: " << name);
    }
    return false;
}

inline std::vector<std::string> csv_cells(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else if (c != '\n' && c != '\r') {
            cells.back() += c;
        }
    }
    return cells;
}

// Rows as column -> cell. gzread reads plain files as they are.
inline std::vector<std::map<std::string, std::string>> read_shared(const std::string& name) {
    std::vector<std::map<std::string, std::string>> rows;
    gzFile file = gzopen(shared_path(name).c_str(), "rb");
    REQUIRE(file != nullptr);
    std::vector<char> buffer(1 << 20);
    std::vector<std::string> header;
    while (gzgets(file, buffer.data(), static_cast<int>(buffer.size())) != nullptr) {
        const auto cells = csv_cells(buffer.data());
        if (header.empty()) {
            header = cells;
            continue;
        }
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i)
            row[header[i]] = cells[i];
    }
    gzclose(file);
    return rows;
}

}  // namespace jiahe::test
