#include "scenario/resolved_text.h"

#include <fmt/format.h>

namespace jiahe::scenario {
namespace {

// JSON literal of a scalar; YAML reads the same.
std::string literal(const ValueNode& node) {
    const Setting& setting = *node.setting;
    const bool bare =
        setting.kind() == Kind::kBoolean || setting.kind() == Kind::kInteger ||
        setting.kind() == Kind::kNumber ||
        (setting.kind() == Kind::kQuantity && setting.dimension() == Dimension::kFraction);
    return bare ? node.text : json_quoted(node.text);
}

bool is_map(const ValueNode& node) {
    return node.setting->kind() != Kind::kList;
}

std::vector<const ValueNode*> present_children(const ValueNode& node) {
    std::vector<const ValueNode*> out;
    for (const ValueNode& child : node.children) {
        if (child.present) out.push_back(&child);
    }
    return out;
}

// A key that any YAML reader takes for a text without quotes.
std::string yaml_key(const std::string& key) {
    const bool word = !key.empty() && key[0] >= 'a' && key[0] <= 'z' && key != "null" &&
                      key != "true" && key != "false" && key != "yes" && key != "no" &&
                      key != "on" && key != "off" && key != "y" && key != "n" &&
                      key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == key.npos;
    return word ? key : json_quoted(key);
}

void write_json(const ValueNode& node, std::size_t indent, std::string& out) {
    if (!node.setting->is_container()) {
        out += literal(node);
        return;
    }
    const auto children = present_children(node);
    const bool map = is_map(node);
    out += map ? '{' : '[';
    for (std::size_t i = 0; i < children.size(); ++i) {
        out += (i == 0 ? "\n" : ",\n") + std::string(2 * indent + 2, ' ');
        if (map) out += json_quoted(children[i]->key) + ": ";
        write_json(*children[i], indent + 1, out);
    }
    if (!children.empty()) out += "\n" + std::string(2 * indent, ' ');
    out += map ? '}' : ']';
}

// Writes what follows "key:" or "-"; `indent` is that of the children.
void write_yaml(const ValueNode& node, std::size_t indent, std::string& out) {
    if (!node.setting->is_container()) {
        out += " " + literal(node) + "\n";
        return;
    }
    const auto children = present_children(node);
    const bool map = is_map(node);
    if (children.empty()) {
        out += map ? " {}\n" : " []\n";
        return;
    }
    if (indent > 0) out += "\n";
    for (const ValueNode* child : children) {
        out += std::string(2 * indent, ' ') + (map ? yaml_key(child->key) + ":" : "-");
        write_yaml(*child, indent + 1, out);
    }
}

}  // namespace

std::string json_quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            out += fmt::format("\\u{:04x}", byte);
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string json_text(const ValueNode& root) {
    std::string out;
    write_json(root, 0, out);
    return out + "\n";
}

std::string yaml_text(const ValueNode& root) {
    std::string out;
    write_yaml(root, 0, out);
    return out;
}

}  // namespace jiahe::scenario
