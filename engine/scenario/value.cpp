#include "scenario/value.h"

#include "base/check.h"
#include "scenario/value_node.h"

namespace jiahe::scenario {
namespace {

std::string misuse(const ValueNode& node, std::string_view what) {
    return "scenario value '" + path_of(node) + "' " + std::string(what);
}

}  // namespace

Value Value::operator[](std::string_view key) const {
    const bool map = setting().kind() == Kind::kSection || setting().kind() == Kind::kNamed;
    JIAHE_CHECK(map, misuse(*node_, "has no keys"));
    const ValueNode* child = node_->find(key);
    JIAHE_CHECK(child != nullptr, misuse(*node_, "has no key '" + std::string(key) + "'"));
    return Value(child);
}

bool Value::has(std::string_view key) const {
    const ValueNode* child = node_->find(key);
    if (child == nullptr) {
        JIAHE_CHECK(setting().kind() == Kind::kNamed,
                    misuse(*node_, "has no key '" + std::string(key) + "'"));
        return false;
    }
    return child->present;
}

std::size_t Value::size() const {
    const bool sized = setting().kind() == Kind::kList || setting().kind() == Kind::kNamed;
    JIAHE_CHECK(sized, misuse(*node_, "has no size"));
    return node_->children.size();
}

Value Value::operator[](std::size_t index) const {
    JIAHE_CHECK(index < size(), misuse(*node_, "has no item " + std::to_string(index)));
    return Value(&node_->children[index]);
}

std::vector<Value> Value::items() const {
    std::vector<Value> values;
    values.reserve(size());
    for (const ValueNode& child : node_->children)
        values.emplace_back(&child);
    return values;
}

bool Value::written() const {
    return node_->written;
}
const std::string& Value::key() const {
    return node_->key;
}
std::string Value::path() const {
    return path_of(*node_);
}
const Setting& Value::setting() const {
    return *node_->setting;
}
Place Value::place() const {
    return node_->tree->place(node_->mark);
}

InputFault Value::fault(std::string code, std::string message, std::string hint) const {
    return {std::move(code), place(), std::move(message), std::move(hint)};
}

const ValueNode& Value::scalar(Kind kind) const {
    JIAHE_CHECK(setting().kind() == kind, misuse(*node_, "is of another kind"));
    JIAHE_CHECK(node_->present, misuse(*node_, "is absent: ask has() first"));
    return *node_;
}

bool Value::boolean() const {
    return scalar(Kind::kBoolean).integer != 0;
}
std::int64_t Value::integer() const {
    return scalar(Kind::kInteger).integer;
}
double Value::number() const {
    return scalar(Kind::kNumber).number;
}

std::size_t Value::choice_index() const {
    return static_cast<std::size_t>(scalar(Kind::kChoice).integer);
}

const std::string& Value::text() const {
    const Kind kind = setting().kind();
    const bool texty = kind == Kind::kText || kind == Kind::kName || kind == Kind::kChoice ||
                       kind == Kind::kDate || kind == Kind::kFile || kind == Kind::kFolder ||
                       kind == Kind::kFileOrFolder;
    JIAHE_CHECK(texty, misuse(*node_, "is no text"));
    return scalar(kind).text;
}

const std::filesystem::path& Value::file() const {
    const Kind kind = setting().kind();
    const bool path = kind == Kind::kFile || kind == Kind::kFolder || kind == Kind::kFileOrFolder;
    JIAHE_CHECK(path, misuse(*node_, "is no path"));
    const std::size_t index = scalar(kind).path_index;
    JIAHE_CHECK(index < node_->tree->input_paths.size(),
                misuse(*node_, "was loaded without resolve_files"));
    return node_->tree->input_paths[index].canonical;
}

SimTime Value::time_of_day() const {
    return {scalar(Kind::kTimeOfDay).integer};
}
SimTime Value::since_start() const {
    return time_of_day() - SimTime{node_->tree->start_us};
}

double Value::quantity(Dimension dimension) const {
    JIAHE_CHECK(setting().kind() == Kind::kQuantity && setting().dimension() == dimension,
                misuse(*node_, "is no " + std::string(dimension_name(dimension))));
    return scalar(Kind::kQuantity).number;
}

SimTime Value::duration() const {
    quantity(Dimension::kDuration);
    return {node_->integer};
}
Fen Value::money() const {
    quantity(Dimension::kMoney);
    return {node_->integer};
}
std::int64_t Value::bytes() const {
    quantity(Dimension::kBytes);
    return node_->integer;
}
double Value::speed_mps() const {
    return quantity(Dimension::kSpeed);
}
double Value::length_m() const {
    return quantity(Dimension::kLength);
}
double Value::rate_bps() const {
    return quantity(Dimension::kRate);
}
double Value::fen_per_km() const {
    return quantity(Dimension::kMoneyPerLength) * 1000;
}
double Value::fen_per_hour() const {
    return quantity(Dimension::kMoneyPerTime) * 3600;
}
double Value::flow_vehicles_per_s() const {
    return quantity(Dimension::kFlow);
}
double Value::frequency_per_s() const {
    return quantity(Dimension::kFrequency);
}
double Value::fraction() const {
    return quantity(Dimension::kFraction);
}
double Value::si(Dimension dimension) const {
    return quantity(dimension);
}

std::vector<double> Value::numbers() const {
    std::vector<double> out;
    for (const Value& item : items())
        out.push_back(item.number());
    return out;
}
std::vector<std::int64_t> Value::integers() const {
    std::vector<std::int64_t> out;
    for (const Value& item : items())
        out.push_back(item.integer());
    return out;
}
std::vector<std::string> Value::texts() const {
    std::vector<std::string> out;
    for (const Value& item : items())
        out.push_back(item.text());
    return out;
}
std::vector<double> Value::si_list(Dimension dimension) const {
    std::vector<double> out;
    for (const Value& item : items())
        out.push_back(item.si(dimension));
    return out;
}

}  // namespace jiahe::scenario
