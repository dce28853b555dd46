// The tree behind Value: one node a declared setting, list element or named entry.
//
// Made by the resolver, then linked (parents) and never changed. Private to the folder. A section
// has one child for each declared key, in the order of the declaration, present or not; lists and
// named maps have their elements in the order of the file.
//
// Invariants: 1. present scalars passed read_scalar; 2. mark is the node's own where written, else
// that of the nearest written ancestor.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenario/scenario.h"
#include "scenario/yaml_document.h"

namespace jiahe::scenario {

struct ValueTree;

struct ValueNode {
    const Setting* setting = nullptr;
    const ValueNode* parent = nullptr;
    const ValueTree* tree = nullptr;
    std::string key;
    Mark mark;
    bool present = false;
    bool written = false;
    std::string text;
    double number = 0;
    std::int64_t integer = 0;
    std::uint32_t path_index = 0xffffffffu;  // into ValueTree::input_paths
    std::vector<ValueNode> children;

    const ValueNode* find(std::string_view child_key) const;
};

struct ValueTree {
    ValueNode root;
    std::vector<std::string> sources;  // shown names: the file, then the overrides
    std::vector<InputPath> input_paths;
    std::int64_t start_us = 0;  // of `start`, where the schema has it

    Place place(const Mark& mark) const;
    // Sets parents and tree; to be called once the tree has its final address.
    void link();
};

// "tolling.plazas.2.lanes"
std::string path_of(const ValueNode& node);

}  // namespace jiahe::scenario
