// The tree of maps, lists and scalars of one YAML text, with a mark on every node and key.
//
// The only file that meets the YAML library, and only through its event interface, so that what is
// refused (anchors, tags, second documents, ...) is refused at its place, and nothing is guessed:
// scalars stay texts. Private to the folder. A DocNode owns its children; plain value otherwise.
//
// Shapes: kMap has keys.size() == children.size(); kList has no keys; scalars have neither.
// Invariants: 1. keys of a map are unique; 2. at most kMostNodes nodes and kMostLevels levels.
// Errors: InputError, codes E-SCN-002 to 011.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "scenario/fault_list.h"
#include "scenario/scalar_reader.h"

namespace jiahe::scenario {

inline constexpr std::size_t kMostNodes = 1'000'000;

// Where a node was written. source 0 is the file, 1.. the overrides in order.
struct Mark {
    int source = 0;
    int line = 0;  // from 1; 0 in overrides
    int column = 0;
};

enum class NodeType : std::uint8_t { kNull, kScalar, kMap, kList };

struct DocKey {
    std::string text;
    Mark mark;
};

struct DocNode {
    NodeType type = NodeType::kNull;
    Notation notation = Notation::kPlain;
    Mark mark;
    std::string text;
    std::vector<DocKey> keys;
    std::vector<DocNode> children;

    // Index of a map's key, or keys.size().
    std::size_t find(std::string_view key) const;
};

struct TextSource {
    std::string shown_name;  // in messages
    int index = 0;           // 0: positions are kept; otherwise marks have no line
};

// Duplicate keys go to `faults` (the first stays); everything else ends the reading.
DocNode parse_yaml(std::string_view text, const TextSource& source, FaultList& faults);

}  // namespace jiahe::scenario
