#include <fmt/format.h>

#include "scenario/resolved_text.h"
#include "scenario/schema_documents.h"

namespace jiahe::scenario {
namespace {

// The grammar of a quantity's number, as in decimal.h; '.' and '*' need no other escapes in JSON.
constexpr std::string_view kNumberPattern = "-?(0|[1-9][0-9]*)(\\\\.[0-9]+)?([eE][+-]?[0-9]+)?";
constexpr std::string_view kTimePattern =
    "^([0-3][0-9]|4[0-7]):[0-5][0-9](:[0-5][0-9])?$|^48:00(:00)?$";
constexpr std::string_view kNamePattern = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$";

// Builds one JSON object with keys in the order they are given.
class Object {
  public:
    explicit Object(std::size_t indent) : indent_(indent) {}
    void raw(std::string_view key, const std::string& value) {
        text_ += text_.empty() ? "{\n" : ",\n";
        text_ += std::string(2 * indent_ + 2, ' ') + json_quoted(key) + ": " + value;
    }
    void text(std::string_view key, std::string_view value) { raw(key, json_quoted(value)); }
    std::string done() const {
        return text_.empty() ? "{}" : text_ + "\n" + std::string(2 * indent_, ' ') + "}";
    }
    std::size_t inner() const { return indent_ + 1; }

  private:
    std::size_t indent_;
    std::string text_;
};

std::string string_list(const std::vector<std::string>& words) {
    std::string out = "[";
    for (const std::string& word : words) {
        out += (out.size() > 1 ? ", " : "") + json_quoted(word);
    }
    return out + "]";
}

std::string unit_pattern(Dimension dimension) {
    std::string units;
    for (const Unit& unit : units_of(dimension)) {
        units += (units.empty() ? "" : "|") + std::string(unit.name);
    }
    return fmt::format("\"^{} *({})$\"", kNumberPattern, units);
}

void write_bounds(Object& out, const Setting& setting) {
    const auto& low = setting.lowest();
    const auto& high = setting.highest();
    const bool numeric = setting.kind() == Kind::kInteger || setting.kind() == Kind::kNumber;
    const auto key = [&](const char* plain, const char* foreign) {
        return numeric ? plain : foreign;
    };
    const auto value = [&](const Bound& bound) {
        return numeric ? format_number(bound.value) : json_quoted(bound.text);
    };
    if (low && low->exclusive) {
        out.raw(key("exclusiveMinimum", "x-jiahe-exclusive-minimum"), value(*low));
    } else if (low) {
        out.raw(key("minimum", "x-jiahe-minimum"), value(*low));
    }
    if (high) out.raw(key("maximum", "x-jiahe-maximum"), value(*high));
}

void write_default(Object& out, const Setting& setting) {
    if (!setting.default_text()) return;
    const std::string& text = *setting.default_text();
    const bool bare = setting.kind() == Kind::kBoolean || setting.kind() == Kind::kInteger ||
                      setting.kind() == Kind::kNumber;
    if (setting.kind() == Kind::kList) {
        out.text("x-jiahe-default", text);  // in YAML flow notation
    } else if (bare) {
        out.raw("default", text);
    } else {
        out.text("default", text);
    }
}

std::string describe(const Setting& setting, std::size_t indent);

void write_section(Object& out, const Setting& section) {
    out.text("type", "object");
    Object properties(out.inner());
    std::vector<std::string> required;
    for (const auto& child : section.children()) {
        properties.raw(child->key(), describe(*child, properties.inner()));
        if (child->is_required()) required.push_back(child->key());
    }
    out.raw("properties", properties.done());
    out.raw("additionalProperties", "false");
    if (!required.empty()) out.raw("required", string_list(required));
    const auto& keys = section.alternatives();
    if (keys.empty()) return;
    std::string branches;
    for (const std::string& key : keys) {
        branches +=
            fmt::format("{}{{\"required\": {}}}", branches.empty() ? "" : ", ", string_list({key}));
    }
    if (section.alternatives_required()) {
        out.raw("oneOf", "[" + branches + "]");
        return;
    }
    std::string pairs;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        for (std::size_t j = i + 1; j < keys.size(); ++j) {
            pairs += fmt::format("{}{{\"required\": {}}}", pairs.empty() ? "" : ", ",
                                 string_list({keys[i], keys[j]}));
        }
    }
    out.raw("not", "{\"anyOf\": [" + pairs + "]}");
}

void write_quantity(Object& out, const Setting& setting) {
    const Dimension dimension = setting.dimension();
    if (dimension == Dimension::kFraction) {
        out.raw("anyOf", fmt::format("[{{\"type\": \"number\"}}, {{\"type\": \"string\", "
                                     "\"pattern\": {}}}]",
                                     unit_pattern(dimension)));
    } else {
        out.text("type", "string");
        out.raw("pattern", unit_pattern(dimension));
    }
    out.text("x-jiahe-dimension", dimension_name(dimension));
}

void write_pattern(Object& out, std::string_view pattern) {
    out.text("type", "string");
    out.text("pattern", pattern);
}

void write_sizes(Object& out, const Setting& setting, const char* fewest, const char* most) {
    if (setting.fewest() > 0) out.raw(fewest, std::to_string(setting.fewest()));
    out.raw(most, std::to_string(setting.most()));
}

void write_kind(Object& out, const Setting& setting) {
    switch (setting.kind()) {
        case Kind::kSection:
            write_section(out, setting);
            break;
        case Kind::kList:
            out.text("type", "array");
            out.raw("items", describe(*setting.element(), out.inner()));
            write_sizes(out, setting, "minItems", "maxItems");
            break;
        case Kind::kNamed:
            out.text("type", "object");
            out.raw("additionalProperties", describe(*setting.element(), out.inner()));
            write_sizes(out, setting, "minProperties", "maxProperties");
            break;
        case Kind::kBoolean:
            out.text("type", "boolean");
            break;
        case Kind::kText:
        case Kind::kFile:
        case Kind::kFolder:
        case Kind::kFileOrFolder:
            out.text("type", "string");
            break;
        case Kind::kName:
            write_pattern(out, kNamePattern);
            break;
        case Kind::kInteger:
            out.text("type", "integer");
            break;
        case Kind::kNumber:
            out.text("type", "number");
            break;
        case Kind::kChoice:
            out.raw("enum", string_list(setting.choices()));
            break;
        case Kind::kTimeOfDay:
            write_pattern(out, kTimePattern);
            break;
        case Kind::kDate:
            write_pattern(out, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
            break;
        case Kind::kQuantity:
            write_quantity(out, setting);
            break;
    }
}

std::string describe(const Setting& setting, std::size_t indent) {
    Object out(indent);
    if (!setting.help().empty()) out.text("description", setting.help());
    write_kind(out, setting);
    write_bounds(out, setting);
    write_default(out, setting);
    if (!setting.source_mark().empty()) out.text("x-jiahe-source", setting.source_mark());
    return out.done();
}

}  // namespace

std::string json_schema(const Schema& schema) {
    Object out(0);
    out.text("$schema", "https://json-schema.org/draft/2020-12/schema");
    out.text("title", "Scenario of Jiahe");
    out.text("description", schema.root().help());
    write_section(out, schema.root());
    return out.done() + "\n";
}

}  // namespace jiahe::scenario
