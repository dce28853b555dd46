// From the tree of texts to the tree of validated values, guided by the schema.
//
// Every declared setting gets a node: written, default or absent. Faults are collected and the walk
// goes on, so that one run shows most of what is wrong. Private to the folder.
//
// Errors: into `faults`, codes E-SCN-012 to 027 and, with `paths`, 040 to 043.
// REQUIRES: the schema is sealed. Cost: linear in nodes times keys of a section.
#pragma once

#include "scenario/data_paths.h"
#include "scenario/fault_list.h"
#include "scenario/value_node.h"

namespace jiahe::scenario {

class Resolver {
  public:
    // `paths` may be null: then files are not looked for.
    Resolver(ValueTree& tree, const DataPaths* paths, FaultList& faults)
        : tree_(tree), paths_(paths), faults_(faults) {}

    void resolve_root(const Setting& root, const DocNode& document);

    // One setting at the top, as sealing needs it for defaults.
    ValueNode resolve_alone(const Setting& setting, const DocNode& node);

  private:
    // Where the node stands: nullptr if it is not written, and the mark to blame then.
    struct Origin {
        const DocNode* node;
        Mark mark;
        bool written;
    };

    ValueNode resolve(const Setting& setting, const std::string& key, const Origin& origin);
    void resolve_section(ValueNode& out, const Origin& origin);
    void check_keys(const Setting& section, const DocNode& node);
    void check_alternatives(const ValueNode& section);
    void resolve_list(ValueNode& out, const Origin& origin);
    void resolve_named(ValueNode& out, const Origin& origin);
    void resolve_scalar(ValueNode& out, const Origin& origin);
    void resolve_path(ValueNode& out);
    void use_default(ValueNode& out, const Origin& origin);
    bool check_type(const ValueNode& out, const DocNode& node);
    void check_size(const ValueNode& out);
    void check_unique(const ValueNode& list);
    void add_fault(const char* code, const Mark& mark, const std::string& message,
                   const std::string& hint = {});

    ValueTree& tree_;
    const DataPaths* paths_;
    FaultList& faults_;
    std::string path_;  // of the setting under way, for messages
};

}  // namespace jiahe::scenario
