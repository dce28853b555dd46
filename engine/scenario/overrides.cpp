#include "scenario/overrides.h"

#include <fmt/format.h>

#include "scenario/error_codes.h"
#include "scenario/fault_text.h"

namespace jiahe::scenario {
namespace {

// One walk along the path of an override.
class Walk {
  public:
    Walk(const std::string& text, int source, FaultList& faults)
        : shown_(shown_override(text)), source_(source), faults_(faults) {}

    void fault(const char* error_code, std::string message, std::string hint = {}) {
        Place place;
        place.file = shown_;
        faults_.add({error_code, place, std::move(message), std::move(hint)});
    }

    const std::string& shown() const { return shown_; }

    // The child of `node` named by `step`, made if missing; nullptr after a fault. `setting`
    // moves along and is the child's afterwards.
    DocNode* step(const Setting*& setting, DocNode& node, const std::string& step) {
        switch (setting->kind()) {
            case Kind::kSection:
                return section_step(setting, node, step);
            case Kind::kNamed:
                setting = setting->element();
                return map_child(node, step, *setting);
            case Kind::kList:
                return list_step(setting, node, step);
            default:
                break;
        }
        fault(code::kOverridePath,
              fmt::format("{} has no keys: it is {}", in_quotes(so_far_), "a single value"));
        return nullptr;
    }

    void took(const std::string& step) { so_far_ += (so_far_.empty() ? "" : ".") + step; }

  private:
    DocNode* section_step(const Setting*& setting, DocNode& node, const std::string& step) {
        const Setting* child = setting->child(step);
        if (child == nullptr) {
            const std::vector<std::string> known = setting->child_keys();
            std::string hint = nearest_hint(step, known);
            if (hint.empty() && !known.empty()) hint = "known here: " + either_of(known);
            fault(code::kUnknownKey, "unknown key " + in_quotes(step), hint);
            return nullptr;
        }
        setting = child;
        return map_child(node, step, *child);
    }

    DocNode* map_child(DocNode& node, const std::string& key, const Setting& child) {
        if (node.type == NodeType::kNull) node = empty(NodeType::kMap);
        if (node.type != NodeType::kMap) {
            fault(code::kOverridePath, fmt::format("{} is no map in the file", in_quotes(so_far_)));
            return nullptr;
        }
        const std::size_t index = node.find(key);
        if (index < node.keys.size()) return &node.children[index];
        node.keys.push_back({key, Mark{source_, 0, 0}});
        const bool map = child.kind() == Kind::kSection || child.kind() == Kind::kNamed;
        DocNode made = empty(map ? NodeType::kMap : NodeType::kNull);
        if (child.kind() == Kind::kList) made = default_list(child);
        return &node.children.emplace_back(std::move(made));
    }

    DocNode* list_step(const Setting*& setting, DocNode& node, const std::string& step) {
        const bool number = !step.empty() && step.size() <= 9 &&
                            step.find_first_not_of("0123456789") == std::string::npos;
        if (!number) {
            fault(code::kOverridePath,
                  fmt::format("{} is a list: {} is no index", in_quotes(so_far_), in_quotes(step)),
                  "write the item's number, from 0");
            return nullptr;
        }
        const auto index = static_cast<std::size_t>(std::stoul(step));
        if (node.type != NodeType::kList || index >= node.children.size()) {
            fault(code::kOverridePath,
                  fmt::format("{} has {} items, no item {}", in_quotes(so_far_),
                              node.children.size(), index));
            return nullptr;
        }
        setting = setting->element();
        return &node.children[index];
    }

    DocNode empty(NodeType type) const {
        DocNode node;
        node.type = type;
        node.mark = {source_, 0, 0};
        return node;
    }

    DocNode default_list(const Setting& list) {
        if (!list.default_text()) return empty(NodeType::kList);
        return parse_yaml(*list.default_text(), {shown_, source_}, faults_);
    }

    std::string shown_;
    int source_;
    FaultList& faults_;
    std::string so_far_;
};

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> steps;
    for (;;) {
        const std::size_t dot = path.find('.');
        steps.emplace_back(path.substr(0, dot));
        if (dot == std::string_view::npos) return steps;
        path.remove_prefix(dot + 1);
    }
}

}  // namespace

std::string shown_override(const std::string& text) {
    const std::string inner = in_quotes(text);
    return "--set " + inner.substr(1, inner.size() - 2);
}

void apply_override(const Setting& root, DocNode& document, const std::string& text, int source,
                    FaultList& faults) {
    constexpr std::size_t kMostSteps = 64;
    Walk walk(text, source, faults);
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
        walk.fault(code::kOverrideForm, "an override must be path.to.key=value");
        return;
    }
    const std::vector<std::string> steps = split_path(std::string_view(text).substr(0, equals));
    if (steps.size() > kMostSteps) {
        walk.fault(code::kOverrideForm, "the path has more than 64 steps");
        return;
    }
    DocNode value;
    try {
        value =
            parse_yaml(std::string_view(text).substr(equals + 1), {walk.shown(), source}, faults);
    } catch (const InputError& error) {
        faults.add_all(error.faults());
        return;
    }
    const Setting* setting = &root;
    DocNode* node = &document;
    for (const std::string& step : steps) {
        node = walk.step(setting, *node, step);
        if (node == nullptr) return;
        walk.took(step);
    }
    *node = std::move(value);
}

}  // namespace jiahe::scenario
