#include "roads/tntp_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"

namespace jiahe {

namespace {

constexpr std::int64_t kMaxCount = 100'000'000;
constexpr std::size_t kMaxLine = std::size_t{1} << 20;

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

TntpText::TntpText(const std::filesystem::path& path) : path_(path), file_(path) {
    if (!file_) fail("cannot be opened");
}

void TntpText::fail(std::string what, std::string hint) const {
    throw InputError(
        InputFault{"E-NET-140", {path_.string(), line_, 1, ""}, std::move(what), std::move(hint)});
}

void TntpText::fail_field(std::size_t i, std::string what, const char* code,
                          std::string hint) const {
    throw InputError(InputFault{
        code, {path_.string(), line_, field_column_[i], ""}, std::move(what), std::move(hint)});
}

bool TntpText::read_line() {
    if (!std::getline(file_, text_)) return false;
    ++line_;
    if (text_.size() > kMaxLine) fail("the line is too long");
    return true;
}

TntpMetadata TntpText::metadata() {
    TntpMetadata result;
    while (read_line()) {
        const std::size_t open = text_.find('<');
        const std::size_t close = text_.find('>');
        if (open == std::string::npos || close == std::string::npos || close < open) {
            if (trimmed(text_).empty()) continue;
            break;
        }
        const std::string name = trimmed(text_.substr(open + 1, close - open - 1));
        if (name == "END OF METADATA") return result;
        result[name] = {trimmed(text_.substr(close + 1)), line_};
    }
    fail("no <END OF METADATA>", "is it a TNTP file?");
}

std::int64_t TntpText::metadata_count(const TntpMetadata& metadata, const std::string& name) const {
    const std::string expected = fmt::format("expected a whole number in 1..{}", kMaxCount);
    const auto it = metadata.find(name);
    if (it == metadata.end()) {
        std::vector<std::string> names;
        for (const auto& [key, value] : metadata) {
            if (key != "NUMBER OF ZONES" && key != "NUMBER OF NODES") names.push_back(key);
        }
        const std::string near = did_you_mean(name, names);
        fail(fmt::format("the metadata have no <{}>", name), near.empty() ? expected : near);
    }
    std::int64_t value = 0;
    const std::string& text = it->second.text;
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, value);
    if (error == std::errc() && end == last && value >= 1 && value <= kMaxCount) return value;
    throw InputError(InputFault{"E-NET-140",
                                {path_.string(), it->second.line, 1, ""},
                                fmt::format("<{}> is '{}'", name, text),
                                expected});
}

void TntpText::finish_field(std::string& field, std::size_t end) {
    if (field.empty()) return;
    field_column_.push_back(static_cast<int>(end - field.size()) + 1);
    fields_.push_back(std::move(field));
    field.clear();
}

bool TntpText::next() {
    fields_.clear();
    field_column_.clear();
    while (fields_.empty() && read_line()) {
        const std::size_t row_end = std::min(text_.find('~'), text_.size());
        std::string field;
        for (std::size_t i = 0; i < row_end; ++i) {
            const char c = text_[i];
            const bool blank = c == ' ' || c == '\t' || c == '\r' || c == ';';
            if (!blank && c != ':') {
                field += c;
                continue;
            }
            finish_field(field, i);
            if (c == ':') {
                fields_.emplace_back(":");
                field_column_.push_back(static_cast<int>(i) + 1);
            }
        }
        finish_field(field, row_end);
    }
    return !fields_.empty();
}

void TntpText::need_fields(std::size_t count) const {
    if (fields_.size() != count) {
        fail(fmt::format("found {} fields, expected {}", fields_.size(), count));
    }
}

std::int64_t TntpText::integer(std::size_t i, std::int64_t low, std::int64_t high) const {
    const double value = number(i);
    if (std::floor(value) != value || value < static_cast<double>(low) ||
        value > static_cast<double>(high)) {
        fail_field(i, fmt::format("'{}' is not a whole number in {}..{}", fields_[i], low, high));
    }
    return static_cast<std::int64_t>(value);
}

std::int64_t TntpText::node(std::size_t i, std::int64_t count) const {
    const double value = number(i);
    if (std::floor(value) != value || value < 1 || value > static_cast<double>(count)) {
        fail_field(i, fmt::format("no node '{}'", fields_[i]), "E-NET-141",
                   fmt::format("the metadata state nodes 1..{}", count));
    }
    return static_cast<std::int64_t>(value);
}

double TntpText::number(std::size_t i) const {
    const std::string& text = fields_[i];
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        fail_field(i, fmt::format("'{}' is not a number", text));
    }
    return value;
}

double TntpText::not_negative(std::size_t i) const {
    const double value = number(i);
    if (value < 0) fail_field(i, fmt::format("'{}' is negative", fields_[i]));
    return value;
}

}  // namespace jiahe
