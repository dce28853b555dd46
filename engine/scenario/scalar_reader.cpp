#include "scenario/scalar_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "scenario/data_paths.h"
#include "scenario/decimal.h"
#include "scenario/error_codes.h"
#include "scenario/fault_text.h"

namespace jiahe::scenario {
namespace {

ScalarReading refuse(const char* error_code, std::string message, std::string hint = {}) {
    ScalarReading out;
    out.code = error_code;
    out.message = std::move(message);
    out.hint = std::move(hint);
    return out;
}

ScalarReading wrong_type(const Setting& setting, std::string_view text, std::string hint = {}) {
    return refuse(code::kWrongType,
                  fmt::format("expects {}, found {}", expected_words(setting), in_quotes(text)),
                  std::move(hint));
}

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at;
}

// A number of YAML's core schema, whose grammar is wider than ours: +7, 007, .5, 5., 0x1F.
bool is_yaml_number(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0o")) {
        return text.find_first_not_of("0123456789abcdefABCDEF", 2) == text.npos;
    }
    if (text.find('.') != text.npos && names_infinity_or_nan(text)) return true;
    std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    const std::size_t whole_end = skip_digits(text, at);
    std::size_t digits = whole_end - at;
    at = whole_end;
    if (at < text.size() && text[at] == '.') {
        const std::size_t end = skip_digits(text, at + 1);
        digits += end - at - 1;
        at = end;
    }
    if (digits == 0) return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        const std::size_t end = skip_digits(text, at);
        if (end == at) return false;
        at = end;
    }
    return at == text.size();
}

// What other YAML readers take for something other than text.
bool looks_like_number_or_boolean(std::string_view text) {
    return text == "true" || text == "false" || is_yaml_number(text);
}

ScalarReading check_range(const Setting& setting, ScalarReading out, std::string_view text) {
    if (out.code != nullptr) return out;
    const auto& low = setting.lowest();
    const auto& high = setting.highest();
    const bool below = low && (low->exclusive ? out.number <= low->value : out.number < low->value);
    const bool above = high && out.number > high->value;
    if (!below && !above) return out;
    return refuse(code::kOutOfRange,
                  fmt::format("is {}, which is not {}", in_quotes(text), range_words(setting)));
}

ScalarReading read_boolean(const Setting& setting, std::string_view text, Notation notation) {
    if (notation == Notation::kQuoted || (text != "true" && text != "false")) {
        return wrong_type(setting, text, "write true or false");
    }
    ScalarReading out;
    out.text = text;
    out.integer = text == "true" ? 1 : 0;
    return out;
}

ScalarReading read_text(const Setting& setting, std::string_view text, Notation notation) {
    constexpr std::size_t kMostBytes = 4096;
    if (notation == Notation::kPlain && looks_like_number_or_boolean(text)) {
        return wrong_type(setting, text, fmt::format("write \"{}\" in quotes", text));
    }
    if (text.size() > kMostBytes) return refuse(code::kBadText, "is longer than 4096 bytes");
    if (has_control_character(text)) {
        return refuse(code::kBadText, fmt::format("has a control character: {}", in_quotes(text)));
    }
    ScalarReading out;
    out.text = text;
    return out;
}

ScalarReading read_name(const Setting& setting, std::string_view text, Notation notation) {
    ScalarReading out = read_text(setting, text, notation);
    if (out.code != nullptr) return out;
    const bool sound = !text.empty() && text.size() <= 100 && text[0] != '.' && text[0] != '-' &&
                       std::all_of(text.begin(), text.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                  (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
                       });
    if (sound) return out;
    return refuse(code::kBadText, fmt::format("is no name: {}", in_quotes(text)),
                  "1 to 100 letters, digits, '.', '_' or '-', not starting with '.' or '-'");
}

ScalarReading read_choice(const Setting& setting, std::string_view text) {
    const auto& choices = setting.choices();
    const auto found = std::find(choices.begin(), choices.end(), text);
    if (found == choices.end()) {
        return refuse(code::kUnknownChoice,
                      fmt::format("expects {}, found {}", either_of(choices), in_quotes(text)),
                      nearest_hint(text, choices));
    }
    ScalarReading out;
    out.text = text;
    out.integer = found - choices.begin();
    return out;
}

ScalarReading read_path(const Setting& setting, std::string_view text, Notation notation) {
    ScalarReading out = read_text(setting, text, notation);
    if (out.code != nullptr) return out;
    if (auto fault = DataPaths::check_form(text)) {
        // Codes of check_form are constants of the table.
        return refuse(code::kPathForm, fault->message, fault->hint);
    }
    return out;
}

ScalarReading read_time(std::string_view text) {
    const auto us = parse_time_of_day_us(text);
    if (!us) {
        return refuse(code::kBadTime,
                      fmt::format("expects a time of day, found {}", in_quotes(text)),
                      "write \"07:30\" or \"07:30:15\", up to \"48:00\"");
    }
    ScalarReading out;
    out.text = format_time_of_day(*us);
    out.integer = *us;
    out.number = static_cast<double>(*us);
    return out;
}

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    int parts[3] = {0, 0, 0};
    for (std::size_t i = 0, part = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7) {
            ++part;
        } else if (text[i] < '0' || text[i] > '9') {
            return false;
        } else {
            parts[part] = parts[part] * 10 + (text[i] - '0');
        }
    }
    const auto [year, month, day] = parts;
    if (year < 1900 || month < 1 || month > 12 || day < 1) return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int days[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return day <= days[month - 1];
}

ScalarReading read_date(std::string_view text) {
    if (!is_date(text)) {
        return refuse(code::kBadTime, fmt::format("expects a date, found {}", in_quotes(text)),
                      "write \"2024-05-06\"");
    }
    ScalarReading out;
    out.text = text;
    return out;
}

ScalarReading refuse_number(const Setting& setting, std::string_view text, ParseFault fault,
                            std::string_view unit) {
    const Dimension dimension = setting.dimension();
    switch (fault) {
        case ParseFault::kNone:
            break;
        case ParseFault::kNotANumber:
            return wrong_type(setting, text);
        case ParseFault::kNotFinite:
            return refuse(code::kNotFinite,
                          fmt::format("is {}, which is no finite number", in_quotes(text)));
        case ParseFault::kTooLarge:
            return refuse(code::kNotFinite,
                          fmt::format("is {}, which is too large", in_quotes(text)));
        case ParseFault::kUnitMissing:
            return refuse(code::kUnitMissing, fmt::format("is {} without a unit", in_quotes(text)),
                          "units: " + unit_list(dimension));
        case ParseFault::kUnitUnknown:
            return refuse(code::kUnitUnknown,
                          fmt::format("has {}, which is no unit of a {}", in_quotes(unit),
                                      dimension_name(dimension)),
                          "units: " + unit_list(dimension));
        case ParseFault::kNotWhole:
            if (setting.kind() == Kind::kInteger) return wrong_type(setting, text);
            return refuse(code::kNotWhole,
                          fmt::format("is {}, which is not a whole number of {}", in_quotes(text),
                                      dimension == Dimension::kMoney      ? "fen"
                                      : dimension == Dimension::kDuration ? "microseconds"
                                                                          : "bytes"));
    }
    JIAHE_CHECK(false, "a reading without fault cannot be refused");
}

ScalarReading read_integer(const Setting& setting, std::string_view text, Notation notation) {
    if (notation == Notation::kQuoted) {
        return wrong_type(setting, text, "write the number without quotes");
    }
    const Integer integer = parse_integer(text);
    if (integer.fault != ParseFault::kNone) {
        return refuse_number(setting, text, integer.fault, "");
    }
    ScalarReading out;
    out.text = std::to_string(integer.value);
    out.integer = integer.value;
    out.number = static_cast<double>(integer.value);
    return check_range(setting, std::move(out), text);
}

ScalarReading read_number(const Setting& setting, std::string_view text, Notation notation) {
    if (notation == Notation::kQuoted) {
        return wrong_type(setting, text, "write the number without quotes");
    }
    const Number number = parse_number(text);
    if (number.fault != ParseFault::kNone) return refuse_number(setting, text, number.fault, "");
    ScalarReading out;
    out.text = format_number(number.value);
    out.number = number.value;
    return check_range(setting, std::move(out), text);
}

ScalarReading read_quantity(const Setting& setting, std::string_view text, Notation notation) {
    const Quantity quantity = parse_quantity(text, setting.dimension());
    if (quantity.fault != ParseFault::kNone) {
        return refuse_number(setting, text, quantity.fault, quantity.unit);
    }
    if (quantity.unit.empty() && notation == Notation::kQuoted) {
        return wrong_type(setting, text, "write the number without quotes");
    }
    ScalarReading out;
    out.number = quantity.si;
    out.integer = quantity.exact;
    out.text =
        format_quantity(quantity.si, quantity.exact, setting.dimension(), setting.shown_unit());
    return check_range(setting, std::move(out), text);
}

}  // namespace

ScalarReading read_scalar(const Setting& setting, std::string_view text, Notation notation) {
    switch (setting.kind()) {
        case Kind::kBoolean:
            return read_boolean(setting, text, notation);
        case Kind::kText:
            return read_text(setting, text, notation);
        case Kind::kName:
            return read_name(setting, text, notation);
        case Kind::kInteger:
            return read_integer(setting, text, notation);
        case Kind::kNumber:
            return read_number(setting, text, notation);
        case Kind::kChoice:
            return read_choice(setting, text);
        case Kind::kFile:
        case Kind::kFolder:
        case Kind::kFileOrFolder:
            return read_path(setting, text, notation);
        case Kind::kTimeOfDay:
            return check_range(setting, read_time(text), text);
        case Kind::kDate:
            return read_date(text);
        case Kind::kQuantity:
            return read_quantity(setting, text, notation);
        case Kind::kSection:
        case Kind::kList:
        case Kind::kNamed:
            return wrong_type(setting, text);
    }
    return wrong_type(setting, text);
}

std::string expected_words(const Setting& setting) {
    switch (setting.kind()) {
        case Kind::kSection:
            return "a map of keys";
        case Kind::kNamed:
            return "a map of named entries";
        case Kind::kList:
            return "a list";
        case Kind::kBoolean:
            return "true or false";
        case Kind::kText:
            return "text";
        case Kind::kName:
            return "a name";
        case Kind::kInteger:
            return "an integer";
        case Kind::kNumber:
            return "a number";
        case Kind::kChoice:
            return either_of(setting.choices());
        case Kind::kFile:
            return "the path of a file";
        case Kind::kFolder:
            return "the path of a folder";
        case Kind::kFileOrFolder:
            return "the path of a file or folder";
        case Kind::kTimeOfDay:
            return "a time of day";
        case Kind::kDate:
            return "a date";
        case Kind::kQuantity:
            break;
    }
    if (setting.dimension() == Dimension::kFraction) return "a fraction such as 0.9 or 90 %";
    const bool vowel = dimension_name(setting.dimension()).starts_with('a');
    return fmt::format("{} {} such as '60 {}'", vowel ? "an" : "a",
                       dimension_name(setting.dimension()),
                       units_of(setting.dimension()).front().name);
}

std::string range_words(const Setting& setting) {
    const auto& low = setting.lowest();
    const auto& high = setting.highest();
    if (low && high) {
        return fmt::format("{} {} {} {}", low->exclusive ? "above" : "from", low->text,
                           low->exclusive ? "and at most" : "to", high->text);
    }
    if (low) return fmt::format("{} {}", low->exclusive ? "above" : "at least", low->text);
    if (high) return fmt::format("at most {}", high->text);
    return {};
}

}  // namespace jiahe::scenario
