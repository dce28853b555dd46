#include "scenario/setting.h"

#include <algorithm>

#include "base/check.h"

namespace jiahe::scenario {

Setting::Setting(Kind kind, std::string key, std::string help, const bool* sealed)
    : kind_(kind), key_(std::move(key)), help_(std::move(help)), sealed_(sealed) {}

void Setting::require_open(bool right_kind, const char* what) const {
    JIAHE_CHECK(!*sealed_, "setting '" + key_ + "' changed after the schema was sealed");
    JIAHE_CHECK(right_kind, "setting '" + key_ + "' cannot take " + what);
}

bool Setting::is_container() const {
    return kind_ == Kind::kSection || kind_ == Kind::kList || kind_ == Kind::kNamed;
}

Setting& Setting::add(Kind kind, std::string key, std::string help) {
    require_open(kind_ == Kind::kSection, "children");
    JIAHE_CHECK(child(key) == nullptr, "setting '" + key + "' is declared twice in '" + key_ + "'");
    children_.push_back(std::make_unique<Setting>(kind, std::move(key), std::move(help), sealed_));
    return *children_.back();
}

Setting& Setting::section(std::string key, std::string help) {
    return add(Kind::kSection, std::move(key), std::move(help));
}
Setting& Setting::list(std::string key, std::string help) {
    return add(Kind::kList, std::move(key), std::move(help));
}
Setting& Setting::named(std::string key, std::string help) {
    return add(Kind::kNamed, std::move(key), std::move(help));
}
Setting& Setting::boolean(std::string key, std::string help) {
    return add(Kind::kBoolean, std::move(key), std::move(help));
}
Setting& Setting::text(std::string key, std::string help) {
    return add(Kind::kText, std::move(key), std::move(help));
}
Setting& Setting::name(std::string key, std::string help) {
    return add(Kind::kName, std::move(key), std::move(help));
}
Setting& Setting::integer(std::string key, std::string help) {
    return add(Kind::kInteger, std::move(key), std::move(help));
}
Setting& Setting::number(std::string key, std::string help) {
    return add(Kind::kNumber, std::move(key), std::move(help));
}
Setting& Setting::choice(std::string key, std::string help, std::vector<std::string> choices) {
    Setting& added = add(Kind::kChoice, std::move(key), std::move(help));
    added.choices_ = std::move(choices);
    return added;
}
Setting& Setting::file(std::string key, std::string help) {
    return add(Kind::kFile, std::move(key), std::move(help));
}
Setting& Setting::folder(std::string key, std::string help) {
    return add(Kind::kFolder, std::move(key), std::move(help));
}
Setting& Setting::file_or_folder(std::string key, std::string help) {
    return add(Kind::kFileOrFolder, std::move(key), std::move(help));
}
Setting& Setting::time_of_day(std::string key, std::string help) {
    return add(Kind::kTimeOfDay, std::move(key), std::move(help));
}
Setting& Setting::date(std::string key, std::string help) {
    return add(Kind::kDate, std::move(key), std::move(help));
}
Setting& Setting::quantity(std::string key, std::string help, Dimension dimension) {
    Setting& added = add(Kind::kQuantity, std::move(key), std::move(help));
    added.dimension_ = dimension;
    return added;
}
Setting& Setting::speed(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kSpeed);
}
Setting& Setting::length(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kLength);
}
Setting& Setting::duration(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kDuration).at_least("0 s");
}
Setting& Setting::rate(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kRate);
}
Setting& Setting::bytes(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kBytes).at_least("0 B");
}
Setting& Setting::money(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kMoney);
}
Setting& Setting::money_per_length(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kMoneyPerLength);
}
Setting& Setting::money_per_time(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kMoneyPerTime);
}
Setting& Setting::flow(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kFlow).at_least("0 veh/h");
}
Setting& Setting::frequency(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kFrequency).at_least("0 /h");
}
Setting& Setting::fraction(std::string key, std::string help) {
    return quantity(std::move(key), std::move(help), Dimension::kFraction).range("0", "1");
}

Setting& Setting::add_element(Kind kind) {
    require_open(kind_ == Kind::kList || kind_ == Kind::kNamed, "elements");
    JIAHE_CHECK(element_ == nullptr, "list '" + key_ + "' has its element declared twice");
    element_ = std::make_unique<Setting>(kind, "", "", sealed_);
    return *element_;
}

Setting& Setting::of_sections() {
    return add_element(Kind::kSection);
}
Setting& Setting::of_texts() {
    return add_element(Kind::kText);
}
Setting& Setting::of_names() {
    return add_element(Kind::kName);
}
Setting& Setting::of_integers() {
    return add_element(Kind::kInteger);
}
Setting& Setting::of_numbers() {
    return add_element(Kind::kNumber);
}
Setting& Setting::of_choices(std::vector<std::string> choices) {
    Setting& element = add_element(Kind::kChoice);
    element.choices_ = std::move(choices);
    return element;
}
Setting& Setting::of_files() {
    return add_element(Kind::kFile);
}
Setting& Setting::of_times_of_day() {
    return add_element(Kind::kTimeOfDay);
}
Setting& Setting::of_quantities(Dimension dimension) {
    Setting& element = add_element(Kind::kQuantity);
    element.dimension_ = dimension;
    return dimension == Dimension::kFraction ? element.range("0", "1") : element;
}

Setting& Setting::by_default(std::string text) {
    require_open(kind_ != Kind::kSection && kind_ != Kind::kNamed, "a default");
    default_ = std::move(text);
    return *this;
}

Setting& Setting::required() {
    require_open(true, "required()");
    required_ = true;
    return *this;
}

Setting& Setting::optional() {
    require_open(kind_ == Kind::kSection, "optional(): a scalar without default is optional");
    optional_ = true;
    return *this;
}

Bound Setting::make_bound(std::string text, bool exclusive) const {
    require_open(true, "a bound");
    Bound bound{text, 0, exclusive};
    if (kind_ == Kind::kQuantity) {
        const Quantity read = parse_quantity(text, dimension_);
        JIAHE_CHECK(read.fault == ParseFault::kNone, "bad bound '" + text + "' of '" + key_ + "'");
        bound.value = read.si;
    } else if (kind_ == Kind::kTimeOfDay) {
        const auto us = parse_time_of_day_us(text);
        JIAHE_CHECK(us.has_value(), "bad bound '" + text + "' of '" + key_ + "'");
        bound.value = static_cast<double>(*us);
    } else {
        require_open(kind_ == Kind::kInteger || kind_ == Kind::kNumber, "a bound");
        const Number read = parse_number(text);
        JIAHE_CHECK(read.fault == ParseFault::kNone, "bad bound '" + text + "' of '" + key_ + "'");
        bound.value = read.value;
    }
    return bound;
}

Setting& Setting::range(std::string lowest, std::string highest) {
    return at_least(std::move(lowest)).at_most(std::move(highest));
}
Setting& Setting::at_least(std::string lowest) {
    lowest_ = make_bound(std::move(lowest), false);
    return *this;
}
Setting& Setting::at_most(std::string highest) {
    highest_ = make_bound(std::move(highest), false);
    return *this;
}
Setting& Setting::above(std::string bound) {
    lowest_ = make_bound(std::move(bound), true);
    return *this;
}

Setting& Setting::holding(std::string file) {
    require_open(kind_ == Kind::kFolder, "a file that it holds");
    held_file_ = std::move(file);
    return *this;
}

Setting& Setting::size_range(std::size_t fewest, std::size_t most) {
    require_open(kind_ == Kind::kList || kind_ == Kind::kNamed, "a range of sizes");
    fewest_ = fewest;
    most_ = most;
    return *this;
}

Setting& Setting::unit(std::string shown) {
    require_open(kind_ == Kind::kQuantity, "a unit");
    const auto units = units_of(dimension_);
    JIAHE_CHECK(std::any_of(units.begin(), units.end(),
                            [&](const Unit& unit) { return unit.name == shown; }),
                "no such unit: " + shown);
    unit_ = std::move(shown);
    return *this;
}

Setting& Setting::source(std::string mark) {
    require_open(true, "a source");
    source_ = std::move(mark);
    return *this;
}

Setting& Setting::unique_by(std::string key) {
    require_open(kind_ == Kind::kList, "unique_by");
    unique_key_ = std::move(key);
    return *this;
}

Setting& Setting::exactly_one_of(std::vector<std::string> keys) {
    alternatives_required_ = true;
    return at_most_one_of(std::move(keys));
}

Setting& Setting::at_most_one_of(std::vector<std::string> keys) {
    require_open(kind_ == Kind::kSection, "alternatives");
    alternatives_ = std::move(keys);
    return *this;
}

Setting& Setting::one_of_or(std::vector<std::string> keys, std::string fallback) {
    fallback_alternative_ = std::move(fallback);
    return at_most_one_of(std::move(keys));
}

const Setting* Setting::child(std::string_view key) const {
    for (const auto& each : children_) {
        if (each->key() == key) return each.get();
    }
    return nullptr;
}

std::vector<std::string> Setting::child_keys() const {
    std::vector<std::string> keys;
    for (const auto& each : children_)
        keys.push_back(each->key());
    return keys;
}

}  // namespace jiahe::scenario
