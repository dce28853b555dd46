// What is checked of a scenario's text before any parser sees it.
//
// Size, UTF-8 (no overlong forms, surrogates or control characters), directives, and the depth of
// nesting: of flow brackets and of block indentation, by one linear walk without recursion. The
// walk knows quotes, comments and block scalars; where it could err it counts too little, and the
// parser's own guard (yaml_document.h) counts exactly. Private to the folder. Pure functions.
//
// Errors: one fault at most, with line and column (in characters, from 1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiahe::scenario {

inline constexpr std::size_t kMostBytes = 16u << 20;
inline constexpr std::size_t kMostLevels = 64;

struct ScanFault {
    const char* code;
    int line;
    int column;
    std::string message;
};

// REQUIRES: a byte order mark has been removed.
std::optional<ScanFault> scan_text(std::string_view text);

}  // namespace jiahe::scenario
