// The registry of all settings: core sections plus what each system's folder declares.
//
//     scenario::Schema schema;               // the composition root does this
//     scenario::declare_core(schema);        // name, start, end, seed, city, events, output
//     traffic::declare_traffic(schema);
//     tolling::declare_tolling(schema);
//     auto loaded = scenario::Scenario::load(schema, "town.yaml", {.data_dirs = {"data"}});
//
// A Schema is a handle: copies share one tree. Scenario::load seals it; declaring afterwards is our
// bug. From the one tree come validation (scenario.h) and the documents (schema_documents.h).
//
// Invariants: 1. keys are unique within a section; 2. once sealed, every default and bound reads
// as a valid value of its setting.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/setting.h"

namespace jiahe::scenario {

class Value;
class FaultList;

class Schema {
  public:
    Schema();

    // The whole file as one section.
    Setting& root() { return tree_->root; }
    const Setting& root() const { return tree_->root; }

    // A top-level section, new or (to add children to another folder's) already declared.
    Setting& section(std::string_view key, std::string help = {});

    // The setting at "tolling.plazas.lanes" (elements of lists need no name), or nullptr.
    const Setting* find(std::string_view path) const;

    // A check across values, run at the end of a load whose values are all valid by themselves:
    // schema.add_check([](const Value& root, FaultList& faults) { ... });
    using Check = std::function<void(const Value& root, FaultList& faults)>;
    void add_check(Check check);
    const std::vector<Check>& checks() const { return tree_->checks; }

    // Checks all defaults and bounds, then forbids changes. Idempotent.
    void seal();
    bool sealed() const { return tree_->sealed; }

  private:
    struct Tree {
        bool sealed = false;
        std::vector<Check> checks;
        Setting root{Kind::kSection, "", "A scenario of Jiahe.", &sealed};
    };
    std::shared_ptr<Tree> tree_;
};

}  // namespace jiahe::scenario
