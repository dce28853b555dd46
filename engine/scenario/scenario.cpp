#include "scenario/scenario.h"

#include <fmt/format.h>

#include <fstream>

#include "base/check.h"
#include "scenario/data_paths.h"
#include "scenario/error_codes.h"
#include "scenario/overrides.h"
#include "scenario/pre_scan.h"
#include "scenario/resolved_text.h"
#include "scenario/resolver.h"

namespace jiahe::scenario {

struct Scenario::Loaded {
    Schema schema;
    DataPaths paths;
    ValueTree tree;
};

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_file(const std::string& shown, const char* error_code,
                              std::string message) {
    Place place;
    place.file = shown;
    throw InputError(InputFault{error_code, place, std::move(message), ""});
}

std::string read_file(const fs::path& file, const std::string& shown) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (!fs::exists(status)) {
        throw InputError(InputFault{code::kUnreadable,
                                    {shown, 0, 0, ""},
                                    "there is no such file",
                                    did_you_mean_path(file)});
    }
    if (!fs::is_regular_file(status)) {
        refuse_file(shown, code::kUnreadable, "this is not a regular file");
    }
    const std::uintmax_t size = fs::file_size(file, error);
    if (error) refuse_file(shown, code::kUnreadable, "the file cannot be read");
    if (size > kMostBytes) {
        refuse_file(
            shown, code::kTooLarge,
            fmt::format("the scenario has {} bytes, at most {} are accepted", size, kMostBytes));
    }
    std::ifstream stream(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    stream.read(text.data(), static_cast<std::streamsize>(size));
    if (!stream) refuse_file(shown, code::kUnreadable, "the file cannot be read");
    return text;
}

DocNode parse_with_overrides(const Schema& schema, std::string_view text, ValueTree& tree,
                             const std::vector<std::string>& overrides, FaultList& faults) {
    DocNode document = parse_yaml(text, {tree.sources[0], 0}, faults);
    for (const std::string& each : overrides) {
        tree.sources.push_back(shown_override(each));
        const int source = static_cast<int>(tree.sources.size()) - 1;
        apply_override(schema.root(), document, each, source, faults);
    }
    // What a failed override left behind would only be blamed once more.
    if (!overrides.empty()) faults.throw_if_any();
    return document;
}

}  // namespace

Scenario Scenario::load(Schema schema, const fs::path& file, const LoadOptions& options) {
    const std::string shown = file.generic_string();
    const std::string text = read_file(file, shown);
    return from_text(std::move(schema), text, shown, file.parent_path(), options);
}

Scenario Scenario::from_text(Schema schema, std::string_view text, const std::string& shown_name,
                             const fs::path& bundle, const LoadOptions& options) {
    schema.seal();
    auto loaded =
        std::make_shared<Loaded>(Loaded{schema, DataPaths(bundle, options.data_dirs), ValueTree{}});
    ValueTree& tree = loaded->tree;
    tree.sources.push_back(shown_name);
    FaultList faults;
    const DocNode document = parse_with_overrides(schema, text, tree, options.overrides, faults);
    Resolver resolver(tree, options.resolve_files ? &loaded->paths : nullptr, faults);
    resolver.resolve_root(schema.root(), document);
    tree.link();
    if (const ValueNode* start = tree.root.find("start");
        start != nullptr && start->setting->kind() == Kind::kTimeOfDay) {
        tree.start_us = start->integer;
    }
    if (faults.empty()) {
        for (const Schema::Check& check : schema.checks())
            check(Value(&tree.root), faults);
    }
    faults.throw_if_any();
    return Scenario(std::move(loaded));
}

Value Scenario::root() const {
    return Value(&loaded_->tree.root);
}

Value Scenario::at(std::string_view path) const {
    const ValueNode* node = &loaded_->tree.root;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const ValueNode* child = node->find(path.substr(0, dot));
        JIAHE_CHECK(child != nullptr, "the scenario has no value at '" + std::string(path) + "'");
        node = child;
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    }
    return Value(node);
}

const std::string& Scenario::shown_name() const {
    return loaded_->tree.sources.front();
}

const std::vector<InputPath>& Scenario::input_paths() const {
    return loaded_->tree.input_paths;
}

fs::path Scenario::file_in(const Value& folder, std::string_view name) const {
    DataPaths::Found found = loaded_->paths.resolve_below(folder.file(), name);
    if (found.fault) {
        throw InputError(folder.fault(
            found.fault->code,
            fmt::format("in the folder of '{}', a file {}", folder.path(), found.fault->message),
            found.fault->hint));
    }
    return found.canonical;
}

bool Scenario::has_file_in(const Value& folder, std::string_view name) const {
    return !loaded_->paths.resolve_below(folder.file(), name).fault.has_value();
}

std::string Scenario::resolved_json() const {
    return json_text(loaded_->tree.root);
}
std::string Scenario::resolved_yaml() const {
    return yaml_text(loaded_->tree.root);
}

}  // namespace jiahe::scenario
