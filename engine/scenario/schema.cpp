#include "scenario/schema.h"

#include "base/check.h"
#include "scenario/resolver.h"

namespace jiahe::scenario {
namespace {

// Reads one default as if the file had written it; a fault is ours.
void check_default(const Setting& setting, const std::string& path) {
    ValueTree tree;
    tree.sources = {"default of " + path, "default of " + path};
    FaultList faults;
    Resolver resolver(tree, nullptr, faults);
    DocNode node;
    if (setting.kind() == Kind::kList) {
        node = parse_yaml(*setting.default_text(), {tree.sources[1], 1}, faults);
    } else {
        node.type = NodeType::kScalar;
        node.notation = Notation::kFree;
        node.text = *setting.default_text();
    }
    resolver.resolve_alone(setting, node);
    JIAHE_CHECK(faults.empty(), faults.faults().front().to_string());
}

void check_setting(const Setting& setting, const std::string& path) {
    if (setting.default_text()) check_default(setting, path);
    const bool holds_elements = setting.kind() == Kind::kList || setting.kind() == Kind::kNamed;
    if (holds_elements) {
        JIAHE_CHECK(setting.element() != nullptr, "'" + path + "' has no element declared");
        const std::string& unique = setting.unique_key();
        JIAHE_CHECK(unique.empty() || setting.element()->child(unique) != nullptr,
                    "'" + path + "' has no key '" + unique + "' to be unique by");
        check_setting(*setting.element(), path + "[]");
    }
    for (const std::string& key : setting.alternatives()) {
        JIAHE_CHECK(setting.child(key) != nullptr, "'" + path + "' has no key '" + key + "'");
    }
    for (const auto& child : setting.children()) {
        check_setting(*child, path.empty() ? child->key() : path + "." + child->key());
    }
}

}  // namespace

Schema::Schema() : tree_(std::make_shared<Tree>()) {}

Setting& Schema::section(std::string_view key, std::string help) {
    for (const auto& child : tree_->root.children()) {
        if (child->key() != key) continue;
        JIAHE_CHECK(!tree_->sealed, "section '" + child->key() + "' opened after sealing");
        return *child;
    }
    return tree_->root.section(std::string(key), std::move(help));
}

void Schema::add_check(Check check) {
    JIAHE_CHECK(!tree_->sealed, "a check was added after the schema was sealed");
    tree_->checks.push_back(std::move(check));
}

const Setting* Schema::find(std::string_view path) const {
    const Setting* at = &tree_->root;
    while (!path.empty() && at != nullptr) {
        const std::size_t dot = path.find('.');
        const std::string_view key = path.substr(0, dot);
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
        const bool number = key.find_first_not_of("0123456789") == std::string_view::npos;
        if (at->element() != nullptr) {
            const Setting* below = number ? nullptr : at->element()->child(key);
            const bool any_name = number || at->kind() == Kind::kNamed;
            at = below == nullptr && any_name ? at->element() : below;
        } else {
            at = at->child(key);
        }
    }
    return at;
}

void Schema::seal() {
    if (tree_->sealed) return;
    check_setting(tree_->root, "");
    tree_->sealed = true;
}

}  // namespace jiahe::scenario
