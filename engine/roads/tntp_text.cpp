#include "roads/tntp_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/error.h"

namespace jiahe {

namespace {

constexpr std::int64_t kMaxCount = 100'000'000;

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

TntpText::TntpText(const std::filesystem::path& path) : path_(path), file_(path) {
    if (!file_) fail("cannot be opened");
}

void TntpText::fail(std::string what) const {
    throw InputError(InputFault{"E-NET-140", {path_.string(), line_, 1, ""}, std::move(what), ""});
}

bool TntpText::read_line() {
    if (!std::getline(file_, text_)) return false;
    ++line_;
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
        result[name] = trimmed(text_.substr(close + 1));
    }
    fail("no <END OF METADATA>");
}

std::int64_t TntpText::metadata_count(const TntpMetadata& metadata, const std::string& name) const {
    const auto it = metadata.find(name);
    std::int64_t value = 0;
    if (it != metadata.end()) {
        const std::string& text = it->second;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc() && value >= 1 && value <= kMaxCount) return value;
    }
    fail(fmt::format("the metadata have no count '{}' in 1..{}", name, kMaxCount));
}

bool TntpText::next() {
    fields_.clear();
    while (fields_.empty() && read_line()) {
        const std::string row = text_.substr(0, text_.find('~'));
        std::string field;
        const auto finish = [&] {
            if (!field.empty()) fields_.push_back(std::move(field));
            field.clear();
        };
        for (const char c : row) {
            if (c == ' ' || c == '\t' || c == '\r' || c == ';') {
                finish();
            } else if (c == ':') {
                finish();
                fields_.emplace_back(":");
            } else {
                field += c;
            }
        }
        finish();
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
        fail(fmt::format("'{}' is not a whole number in {}..{}", fields_[i], low, high));
    }
    return static_cast<std::int64_t>(value);
}

double TntpText::number(std::size_t i) const {
    const std::string& text = fields_[i];
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        fail(fmt::format("'{}' is not a number", text));
    }
    return value;
}

}  // namespace jiahe
