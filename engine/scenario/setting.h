// One declared setting of the scenario file: the single source of validation, defaults, JSON
// Schema, Markdown and `help`.
//
// A folder declares its section once, in engine/tolling/tolling_section.cpp:
//
//     void declare_tolling(scenario::Schema& schema) {
//         scenario::Setting& tolling = schema.section("tolling", "Toll plazas and the ledger.");
//         tolling.fraction("etc_share", "Share of vehicles with an on-board unit.")
//             .by_default("65 %").source("C Yang 2011");
//         tolling.duration("reply_timeout", "Wait for the data centre's reply.")
//             .by_default("3 s").range("100 ms", "60 s").source("A");
//         tolling.choice("fallback", "What a lane does without the data centre.",
//                        {"offline_list", "manual"}).by_default("offline_list");
//         scenario::Setting& plaza = tolling.list("plazas", "Toll plazas.")
//             .unique_by("name").size_range(0, 10000).of_sections();
//         plaza.name("name", "Unique name.").required();
//         plaza.integer("lanes", "Lanes in one direction.").range("1", "40").by_default("6");
//         plaza.speed("approach_limit", "Limit before the plaza.").at_most("60 km/h");  // optional
//     }
//
// A scalar without by_default() and required() is optional: ask Value::has(). Defaults and bounds
// are texts in the file's own notation, so that documents print them; they are checked when the
// schema is sealed (a wrong one is our bug: InternalError). A section has its defaults even when
// the file does not name it, unless optional(). Lists and named maps are empty by default.
// Lifecycle: owned by its Schema; references stay valid; unchangeable once the schema is sealed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/unit.h"

namespace jiahe::scenario {

enum class Kind : std::uint8_t {
    kSection,  // map of declared keys
    kList,     // list of one element kind
    kNamed,    // map of free keys with one element kind
    kBoolean,
    kText,  // any text without control characters, at most 4096 bytes
    kName,  // letters, digits, '.', '_', '-' (no leading '.'), at most 100 bytes
    kInteger,
    kNumber,
    kChoice,
    kFile,  // regular file, relative to the scenario or a data folder
    kFolder,
    kFileOrFolder,
    kTimeOfDay,  // "07:30"
    kDate,       // "2024-05-06"
    kQuantity,   // number and unit, see Dimension
};

// A lower or upper bound of a scalar, or of a list's size.
struct Bound {
    std::string text;
    double value = 0;        // in the reference unit
    bool exclusive = false;  // the bound itself is refused
};

class Setting {
  public:
    Setting(Kind kind, std::string key, std::string help, const bool* sealed);
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

    // Children of a section. Each returns the new child; a key declared twice is our bug.
    Setting& section(std::string key, std::string help);
    Setting& list(std::string key, std::string help);
    Setting& named(std::string key, std::string help);
    Setting& boolean(std::string key, std::string help);
    Setting& text(std::string key, std::string help);
    Setting& name(std::string key, std::string help);
    Setting& integer(std::string key, std::string help);
    Setting& number(std::string key, std::string help);
    Setting& choice(std::string key, std::string help, std::vector<std::string> choices);
    Setting& file(std::string key, std::string help);
    Setting& folder(std::string key, std::string help);
    Setting& file_or_folder(std::string key, std::string help);
    Setting& time_of_day(std::string key, std::string help);
    Setting& date(std::string key, std::string help);
    Setting& quantity(std::string key, std::string help, Dimension dimension);
    Setting& speed(std::string key, std::string help);
    Setting& length(std::string key, std::string help);
    Setting& duration(std::string key, std::string help);
    Setting& rate(std::string key, std::string help);
    Setting& bytes(std::string key, std::string help);
    Setting& money(std::string key, std::string help);
    Setting& money_per_length(std::string key, std::string help);
    Setting& money_per_time(std::string key, std::string help);
    Setting& flow(std::string key, std::string help);
    Setting& frequency(std::string key, std::string help);
    Setting& fraction(std::string key, std::string help);  // 0 to 1 unless range() says otherwise

    // Element of a list or of a named map; returns the element (for a section: add its children).
    Setting& of_sections();
    Setting& of_texts();
    Setting& of_names();
    Setting& of_integers();
    Setting& of_numbers();
    Setting& of_choices(std::vector<std::string> choices);
    Setting& of_files();
    Setting& of_times_of_day();
    Setting& of_quantities(Dimension dimension);

    // Marks; each returns *this.
    Setting& by_default(std::string text);  // for lists: YAML flow text such as "[1, 2]"
    Setting& required();
    Setting& optional();  // of a section: absent unless written
    Setting& range(std::string lowest, std::string highest);
    Setting& at_least(std::string lowest);
    Setting& at_most(std::string highest);
    Setting& above(std::string bound);   // exclusive lower bound
    Setting& holding(std::string file);  // of a folder: only one that holds this file is meant
    Setting& size_range(std::size_t fewest, std::size_t most);  // of a list or named map
    Setting& unit(std::string shown);     // the unit that dumps and documents print
    Setting& source(std::string mark);    // "C Yang 2011" or "A" (our assumption)
    Setting& unique_by(std::string key);  // of a list of sections: no two elements alike in key
    Setting& exactly_one_of(std::vector<std::string> keys);  // of a section
    Setting& at_most_one_of(std::vector<std::string> keys);
    // At most one is written; where none is, the optional section `fallback` has its defaults.
    Setting& one_of_or(std::vector<std::string> keys, std::string fallback);

    Kind kind() const { return kind_; }
    const std::string& key() const { return key_; }
    const std::string& help() const { return help_; }
    const std::optional<std::string>& default_text() const { return default_; }
    bool is_required() const { return required_; }
    bool is_optional_section() const { return optional_; }
    Dimension dimension() const { return dimension_; }  // REQUIRES: kind() == kQuantity
    const std::string& shown_unit() const { return unit_; }
    const std::string& source_mark() const { return source_; }
    const std::vector<std::string>& choices() const { return choices_; }
    const std::optional<Bound>& lowest() const { return lowest_; }
    const std::optional<Bound>& highest() const { return highest_; }
    std::size_t fewest() const { return fewest_; }
    std::size_t most() const { return most_; }
    const std::string& held_file() const { return held_file_; }
    const std::string& unique_key() const { return unique_key_; }
    const std::vector<std::string>& alternatives() const { return alternatives_; }
    const std::string& fallback_alternative() const { return fallback_alternative_; }
    bool alternatives_required() const { return alternatives_required_; }
    const std::vector<std::unique_ptr<Setting>>& children() const { return children_; }
    const Setting* child(std::string_view key) const;  // nullptr where none
    std::vector<std::string> child_keys() const;
    const Setting* element() const { return element_.get(); }
    bool is_container() const;

  private:
    Setting& add(Kind kind, std::string key, std::string help);
    Setting& add_element(Kind kind);
    void require_open(bool right_kind, const char* what) const;
    Bound make_bound(std::string text, bool exclusive) const;

    Kind kind_;
    std::string key_;
    std::string help_;
    const bool* sealed_;
    std::optional<std::string> default_;
    bool required_ = false;
    bool optional_ = false;
    Dimension dimension_ = Dimension::kFraction;
    std::string unit_;
    std::string source_;
    std::vector<std::string> choices_;
    std::optional<Bound> lowest_;
    std::optional<Bound> highest_;
    std::size_t fewest_ = 0;
    std::size_t most_ = 1'000'000;
    std::string held_file_;
    std::string unique_key_;
    std::vector<std::string> alternatives_;
    std::string fallback_alternative_;
    bool alternatives_required_ = false;
    std::vector<std::unique_ptr<Setting>> children_;
    std::unique_ptr<Setting> element_;
};

}  // namespace jiahe::scenario
