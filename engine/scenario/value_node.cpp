#include "scenario/value_node.h"

namespace jiahe::scenario {
namespace {

void link_children(ValueNode& node, const ValueTree& tree) {
    node.tree = &tree;
    for (ValueNode& child : node.children) {
        child.parent = &node;
        link_children(child, tree);
    }
}

}  // namespace

const ValueNode* ValueNode::find(std::string_view child_key) const {
    for (const ValueNode& child : children) {
        if (child.key == child_key) return &child;
    }
    return nullptr;
}

Place ValueTree::place(const Mark& mark) const {
    Place place;
    place.file = sources[static_cast<std::size_t>(mark.source)];
    place.line = mark.line;
    place.column = mark.column;
    return place;
}

void ValueTree::link() {
    link_children(root, *this);
}

std::string path_of(const ValueNode& node) {
    if (node.parent == nullptr) return node.key;
    const std::string before = path_of(*node.parent);
    return before.empty() ? node.key : before + "." + node.key;
}

}  // namespace jiahe::scenario
