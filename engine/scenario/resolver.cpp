#include "scenario/resolver.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "scenario/error_codes.h"
#include "scenario/fault_text.h"

namespace jiahe::scenario {
namespace {

constexpr std::size_t kMostPaths = 10'000;
constexpr std::size_t kMostKeyBytes = 100;

NodeType wanted_type(Kind kind) {
    if (kind == Kind::kSection || kind == Kind::kNamed) return NodeType::kMap;
    return kind == Kind::kList ? NodeType::kList : NodeType::kScalar;
}

std::string found_words(const DocNode& node) {
    switch (node.type) {
        case NodeType::kNull:
            return "nothing";
        case NodeType::kScalar:
            return in_quotes(node.text);
        case NodeType::kMap:
            return "a map";
        case NodeType::kList:
            return "a list";
    }
    return "";
}

const char* empty_hint(Kind kind) {
    if (kind == Kind::kSection || kind == Kind::kNamed) return "write {} for the defaults";
    return kind == Kind::kList ? "write [] for an empty list" : "";
}

bool none_written(const std::vector<std::string>& keys, const DocNode* node) {
    return node == nullptr || std::none_of(keys.begin(), keys.end(), [&](const std::string& key) {
               return node->find(key) < node->keys.size();
           });
}

}  // namespace

void Resolver::add_fault(const char* error_code, const Mark& mark, const std::string& message,
                         const std::string& hint) {
    faults_.add({error_code, tree_.place(mark), message, hint});
}

void Resolver::resolve_root(const Setting& root, const DocNode& document) {
    tree_.root = resolve(root, "", {&document, document.mark, true});
}

ValueNode Resolver::resolve_alone(const Setting& setting, const DocNode& node) {
    return resolve(setting, setting.key(), {&node, node.mark, true});
}

ValueNode Resolver::resolve(const Setting& setting, const std::string& key, const Origin& origin) {
    const std::size_t path_before = path_.size();
    if (!key.empty()) path_ += (path_.empty() ? "" : ".") + key;
    ValueNode out;
    out.setting = &setting;
    out.key = key;
    out.mark = origin.mark;
    out.written = origin.written;
    if (origin.node != nullptr) {
        if (check_type(out, *origin.node)) {
            out.present = true;
            switch (setting.kind()) {
                case Kind::kSection:
                    resolve_section(out, origin);
                    break;
                case Kind::kList:
                    resolve_list(out, origin);
                    break;
                case Kind::kNamed:
                    resolve_named(out, origin);
                    break;
                default:
                    resolve_scalar(out, origin);
                    break;
            }
        }
    } else {
        use_default(out, origin);
    }
    path_.resize(path_before);
    return out;
}

bool Resolver::check_type(const ValueNode& out, const DocNode& node) {
    const Setting& setting = *out.setting;
    if (node.type == wanted_type(setting.kind())) return true;
    const std::string name = path_.empty() ? "the scenario" : fmt::format("'{}'", path_);
    if (node.type == NodeType::kNull) {
        add_fault(code::kEmptyValue, node.mark, name + " has no value", empty_hint(setting.kind()));
    } else {
        add_fault(code::kWrongType, node.mark,
                  fmt::format("{} expects {}, found {}", name, expected_words(setting),
                              found_words(node)));
    }
    return false;
}

void Resolver::use_default(ValueNode& out, const Origin& origin) {
    const Setting& setting = *out.setting;
    out.written = false;
    if (setting.is_required()) {
        add_fault(code::kMissingKey, origin.mark, fmt::format("'{}' is missing", path_),
                  "it is required: " + setting.help());
        return;
    }
    if (setting.kind() == Kind::kSection) {
        out.present = !setting.is_optional_section();
        if (out.present) resolve_section(out, {nullptr, origin.mark, false});
    } else if (setting.default_text() && setting.kind() == Kind::kList) {
        const DocNode list = parse_yaml(*setting.default_text(), {"default", 1}, faults_);
        out.present = true;
        resolve_list(out, {&list, origin.mark, false});
    } else if (setting.default_text()) {
        DocNode scalar;
        scalar.type = NodeType::kScalar;
        scalar.notation = Notation::kFree;
        scalar.mark = origin.mark;
        scalar.text = *setting.default_text();
        out.present = true;
        resolve_scalar(out, {&scalar, origin.mark, false});
    } else {
        out.present = setting.is_container();
        if (out.present) check_size(out);
    }
}

void Resolver::resolve_section(ValueNode& out, const Origin& origin) {
    const Setting& section = *out.setting;
    static const DocNode kEmptyMap = [] {
        DocNode node;
        node.type = NodeType::kMap;
        return node;
    }();
    if (origin.node != nullptr) check_keys(section, *origin.node);
    const bool fall_back = !section.fallback_alternative().empty() &&
                           none_written(section.alternatives(), origin.node);
    out.children.reserve(section.children().size());
    for (const auto& child : section.children()) {
        Origin from{nullptr, origin.mark, false};
        if (fall_back && child->key() == section.fallback_alternative()) from.node = &kEmptyMap;
        if (origin.node != nullptr) {
            const std::size_t index = origin.node->find(child->key());
            if (index < origin.node->keys.size()) {
                const DocNode& node = origin.node->children[index];
                from = {&node, origin.written ? node.mark : origin.mark, origin.written};
            }
        }
        out.children.push_back(resolve(*child, child->key(), from));
    }
    check_alternatives(out);
}

void Resolver::check_keys(const Setting& section, const DocNode& node) {
    for (const DocKey& key : node.keys) {
        if (section.child(key.text) != nullptr) continue;
        const std::vector<std::string> known = section.child_keys();
        std::string hint = nearest_hint(key.text, known);
        if (hint.empty() && !known.empty()) hint = "known here: " + either_of(known);
        add_fault(code::kUnknownKey, key.mark, "unknown key " + in_quotes(key.text), hint);
    }
}

void Resolver::check_alternatives(const ValueNode& section) {
    const auto& keys = section.setting->alternatives();
    if (keys.empty()) return;
    std::vector<const ValueNode*> written;
    for (const std::string& key : keys) {
        const ValueNode* child = section.find(key);
        if (child != nullptr && child->written) written.push_back(child);
    }
    if (written.size() > 1) {
        add_fault(
            code::kAlternatives, written[1]->mark,
            fmt::format("'{}' and '{}' exclude each other", written[0]->key, written[1]->key));
    } else if (written.empty() && section.setting->alternatives_required()) {
        add_fault(code::kAlternatives, section.mark,
                  fmt::format("'{}' needs {}", path_, either_of(keys)));
    }
}

void Resolver::resolve_list(ValueNode& out, const Origin& origin) {
    const Setting& list = *out.setting;
    out.children.reserve(origin.node->children.size());
    for (std::size_t i = 0; i < origin.node->children.size(); ++i) {
        const DocNode& node = origin.node->children[i];
        const Mark mark = origin.written ? node.mark : origin.mark;
        out.children.push_back(
            resolve(*list.element(), std::to_string(i), {&node, mark, origin.written}));
    }
    check_size(out);
    if (!list.unique_key().empty()) check_unique(out);
}

void Resolver::resolve_named(ValueNode& out, const Origin& origin) {
    const Setting& named = *out.setting;
    const DocNode& map = *origin.node;
    out.children.reserve(map.children.size());
    for (std::size_t i = 0; i < map.children.size(); ++i) {
        const std::string& key = map.keys[i].text;
        const bool sound = !key.empty() && key.size() <= kMostKeyBytes &&
                           std::none_of(key.begin(), key.end(), [](char c) {
                               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '.';
                           });
        if (!sound) {
            add_fault(code::kBadText, map.keys[i].mark, in_quotes(key) + " is no name for an entry",
                      "1 to 100 bytes without '.' and control characters");
            continue;
        }
        const DocNode& node = map.children[i];
        out.children.push_back(resolve(*named.element(), key, {&node, node.mark, true}));
    }
    check_size(out);
}

void Resolver::check_size(const ValueNode& out) {
    const Setting& setting = *out.setting;
    const std::size_t size = out.children.size();
    if (size >= setting.fewest() && size <= setting.most()) return;
    add_fault(code::kListSize, out.mark,
              fmt::format("'{}' has {} elements, which is not from {} to {}", path_, size,
                          setting.fewest(), setting.most()));
}

void Resolver::check_unique(const ValueNode& list) {
    std::map<std::string, const ValueNode*> seen;
    for (const ValueNode& element : list.children) {
        const ValueNode* value = element.find(list.setting->unique_key());
        if (value == nullptr || !value->present) continue;
        const auto [first, fresh] = seen.emplace(value->text, value);
        if (fresh) continue;
        const Mark& before = first->second->mark;
        add_fault(code::kNotUnique, value->mark,
                  fmt::format("two elements of '{}' have the {} {}", path_, value->key,
                              in_quotes(value->text)),
                  before.line > 0 ? fmt::format("first in line {}", before.line) : "");
    }
}

void Resolver::resolve_scalar(ValueNode& out, const Origin& origin) {
    ScalarReading read = read_scalar(*out.setting, origin.node->text, origin.node->notation);
    if (read.code != nullptr) {
        out.present = false;
        add_fault(read.code, out.mark, fmt::format("'{}' {}", path_, read.message), read.hint);
        return;
    }
    out.text = std::move(read.text);
    out.number = read.number;
    out.integer = read.integer;
    const Kind kind = out.setting->kind();
    const bool path = kind == Kind::kFile || kind == Kind::kFolder || kind == Kind::kFileOrFolder;
    if (path && paths_ != nullptr) resolve_path(out);
}

void Resolver::resolve_path(ValueNode& out) {
    if (tree_.input_paths.size() >= kMostPaths) {
        add_fault(code::kTooLarge, out.mark, "the scenario names more than 10,000 files");
        return;
    }
    DataPaths::Found found =
        paths_->resolve(out.text, out.setting->kind(), out.setting->held_file());
    if (found.fault) {
        add_fault(found.fault->code.c_str(), out.mark,
                  fmt::format("'{}' {}", path_, found.fault->message), found.fault->hint);
        return;
    }
    out.path_index = static_cast<std::uint32_t>(tree_.input_paths.size());
    tree_.input_paths.push_back({path_, out.text, std::move(found.canonical)});
}

}  // namespace jiahe::scenario
