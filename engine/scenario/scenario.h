// A scenario: text read strictly against a Schema, defaults filled in, every value with its place.
//
//     Scenario s = Scenario::load(schema, "scenarios/town.yaml",
//                                 {.data_dirs = {"../shared/data"}, .overrides = {"seed=7"}});
//     traffic::TrafficConfig traffic = traffic::read_traffic(s["traffic"], faults);
//
// Accepted is a strict subset of YAML: one document, UTF-8, at most 16 MiB and 64 levels, no
// anchors, aliases, tags, directives, merge keys, duplicate keys or empty values; no unknown key.
// `overrides` are "path.to.key=value" (value in YAML flow notation, list items by index).
// Lifecycle: first of the three (Scenario, City, partition state); immutable; copies share it.
//
// Errors: InputError with up to 20 faults, codes in error_codes.h; nothing else for any input.
// Invariants: 1. Scenario::from_text(resolved_json()) has the same resolved_json(); 2. the resolved
// text depends on values only, not on notation ("60 km/h" and "60.0 km/h" give the same text).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/sim_time.h"
#include "scenario/schema.h"
#include "scenario/value.h"

namespace jiahe::scenario {

struct LoadOptions {
    std::vector<std::filesystem::path> data_dirs;  // of --data
    std::vector<std::string> overrides;            // of --set
    bool resolve_files = true;  // false: paths are checked in form only, file() is not available
};

// A file or folder that the scenario names, for the manifest's digests.
struct InputPath {
    std::string setting;  // "city.network.file"
    std::string written;
    std::filesystem::path canonical;
};

class Scenario {
  public:
    static Scenario load(Schema schema, const std::filesystem::path& file,
                         const LoadOptions& options = {});
    // `shown_name` stands in messages; relative paths are relative to `bundle`.
    static Scenario from_text(Schema schema, std::string_view text, const std::string& shown_name,
                              const std::filesystem::path& bundle, const LoadOptions& options = {});

    Value root() const;
    Value operator[](std::string_view key) const { return root()[key]; }
    // The value at "events.0.factor". REQUIRES: it exists.
    Value at(std::string_view path) const;

    const std::string& shown_name() const;
    const std::vector<InputPath>& input_paths() const;
    // A regular file inside a folder that the scenario names, checked like every path.
    std::filesystem::path file_in(const Value& folder, std::string_view name) const;
    bool has_file_in(const Value& folder, std::string_view name) const;

    // Every value with defaults resolved; JSON (which our reader accepts too) and YAML.
    std::string resolved_json() const;
    std::string resolved_yaml() const;

  private:
    struct Loaded;
    explicit Scenario(std::shared_ptr<const Loaded> loaded) : loaded_(std::move(loaded)) {}
    std::shared_ptr<const Loaded> loaded_;
};

}  // namespace jiahe::scenario
