// Words of messages: what was found, quoted so that a message stays one line of bounded length.
//
// Texts come from a file that may hold anything: control characters become '?', long texts are cut
// at a character's edge. Private to the folder. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiahe::scenario {

// 'text', at most about 60 bytes of it.
std::string in_quotes(std::string_view text);
// did_you_mean for names of bounded length, else "".
std::string nearest_hint(std::string_view name, const std::vector<std::string>& candidates);
// "a, b or c", the first ten.
std::string either_of(const std::vector<std::string>& words);

}  // namespace jiahe::scenario
