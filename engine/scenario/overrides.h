// "--set path.to.key=value": edits to the tree of texts before it is validated.
//
// The value is YAML flow notation and replaces what is there; missing maps on the way are made.
// List items are named by index and must exist (in the file or in the default). Each edit carries
// its own source, so that later faults name the override. Private to the folder.
//
// Errors: into `faults`, E-SCN-012, 030, 031 and those of the text of the value.
#pragma once

#include <string>
#include <vector>

#include "scenario/fault_list.h"
#include "scenario/setting.h"
#include "scenario/yaml_document.h"

namespace jiahe::scenario {

// The name an override has in messages: "--set events.0.factor=2".
std::string shown_override(const std::string& text);

// `source` is the index of its name in ValueTree::sources.
void apply_override(const Setting& root, DocNode& document, const std::string& text, int source,
                    FaultList& faults);

}  // namespace jiahe::scenario
