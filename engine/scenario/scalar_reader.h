// One scalar text read as the kind its setting declares: the only place where types are judged.
//
// Used for values of the file, for overrides and, when a schema is sealed, for defaults and
// bounds. Private to the folder. Pure function.
//
// Invariant: a reading without fault holds a value inside the setting's range. Messages start with
// a verb ("expects an integer, found 'x'"), so that the caller can put the value's path before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scenario/setting.h"

namespace jiahe::scenario {

enum class Notation : std::uint8_t {
    kPlain,
    kQuoted,
    kFree,  // of an override or default: may stand for either
};

struct ScalarReading {
    std::string text;            // canonical: as dumped (choices, texts and paths: as written)
    double number = 0;           // reference unit; of kNumber the number
    std::int64_t integer = 0;    // integer, exact quantity, time of day in us, choice index, 0 or 1
    const char* code = nullptr;  // nullptr: valid
    std::string message;
    std::string hint;
};

ScalarReading read_scalar(const Setting& setting, std::string_view text, Notation notation);

// "an integer", "a speed such as '60 km/h'"; for messages and documents.
std::string expected_words(const Setting& setting);
// "from 1 to 40", "at least 0 s" or "".
std::string range_words(const Setting& setting);

}  // namespace jiahe::scenario
