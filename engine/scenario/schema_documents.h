// What people and editors read, printed from the one registry: JSON Schema (draft 2020-12),
// Markdown, and the text of `jiahe help TOPIC`.
//
// Pure functions of a schema; output is stable (declaration order). A scenario that the reader
// accepts is valid under the JSON Schema; the reverse does not hold (positions, files, times that
// must follow one another and bounds of quantities are beyond it).
#pragma once

#include <string>
#include <string_view>

#include "scenario/schema.h"

namespace jiahe::scenario {

std::string json_schema(const Schema& schema);
std::string markdown(const Schema& schema);
// One setting or section as text; an InputError with the nearest path where there is none.
std::string help(const Schema& schema, std::string_view path);

}  // namespace jiahe::scenario
