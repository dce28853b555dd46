// Where tests find the shared data, and what they do where it is absent: skip with a printed
// reason, or fail in CI (environment variable CI set). The path is the macro JIAHE_SHARED_DATA.
//
// A message of a skipped test begins with "skipped", so that the test script counts it as such.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

namespace jiahe {

// False where the test has to end now.
inline bool has_shared_data(const std::filesystem::path& relative) {
    const std::filesystem::path path = std::filesystem::path(JIAHE_SHARED_DATA) / relative;
    if (std::filesystem::exists(path)) return true;
    if (std::getenv("CI") != nullptr) FAIL("shared data are missing: " << path.string());
    MESSAGE("skipped: no " << path.string());
    return false;
}

inline std::filesystem::path shared_data(const std::filesystem::path& relative) {
    return std::filesystem::path(JIAHE_SHARED_DATA) / relative;
}

}  // namespace jiahe
