// Whether bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
//
// Pure functions for readers of text from outside, which name the place of what is not; results,
// manifest and report are written as JSON and need it. Errors: none.
#pragma once

#include <cstddef>
#include <string_view>

namespace jiahe {

// Bytes of the well-formed character at `at`, 0 where there is none. REQUIRES: at < text.size().
std::size_t utf8_length(std::string_view text, std::size_t at);

// Position of the first byte that begins no well-formed character; npos where there is none.
std::size_t find_not_utf8(std::string_view text);

}  // namespace jiahe
