// The canonical text of a loaded scenario, as JSON or YAML, for manifests and digests.
//
// Every present value in the order of the schema, defaults included; quantities in the setting's
// shown unit where that is exact. JSON is accepted by our own reader again. Private to the folder.
#pragma once

#include <string>
#include <string_view>

#include "scenario/value_node.h"

namespace jiahe::scenario {

std::string json_text(const ValueNode& root);
std::string yaml_text(const ValueNode& root);

// A JSON string literal with its quotes.
std::string json_quoted(std::string_view text);

}  // namespace jiahe::scenario
