#include "routing/text_rows.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

#include "base/error.h"

namespace jiahe::routing {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

}  // namespace

TextRows::TextRows(const std::filesystem::path& path) : file_(path.string()) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        fail("E-RTG-100", 0, 0, "there is no such file, or it is not a regular file");
    }
    if (std::filesystem::file_size(path, error) > kMostBytes || error) {
        fail("E-RTG-100", 0, 0, "the file is larger than 64 MiB");
    }
    std::ifstream in(path, std::ios::binary);
    text_.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    if (in.bad() || !in.is_open()) fail("E-RTG-100", 0, 0, "the file cannot be read");
    split();
}

void TextRows::split() {
    const std::string_view all = text_;
    std::size_t begin = 0;
    for (int line = 1; begin < all.size(); ++line) {
        const std::size_t end = std::min(all.find('\n', begin), all.size());
        Row row{line, {}, all.substr(begin, end - begin)};
        for (std::size_t i = 0; i < row.text.size();) {
            if (row.text[i] == '\0') {
                fail("E-RTG-100", line, static_cast<int>(i) + 1, "a NUL byte, expected text");
            }
            if (is_blank(row.text[i])) {
                ++i;
                continue;
            }
            std::size_t last = i;
            while (last < row.text.size() && !is_blank(row.text[last]))
                ++last;
            row.fields.push_back({row.text.substr(i, last - i), static_cast<int>(i) + 1});
            i = last;
        }
        last_line_ = line;
        if (!row.fields.empty()) rows_.push_back(std::move(row));
        begin = end + 1;
    }
}

void TextRows::fail(const std::string& code, int line, int column, std::string message,
                    std::string hint) const {
    throw InputError(
        InputFault{code, {file_, line, column, ""}, std::move(message), std::move(hint)});
}

double TextRows::number(const Row& row, std::size_t field, Range range) const {
    const Field& f = row.fields[field];
    double value = 0;
    const char* end = f.text.data() + f.text.size();
    const auto [stop, error] = std::from_chars(f.text.data(), end, value);
    if (error != std::errc() || stop != end || !std::isfinite(value)) {
        fail("E-RTG-103", row.line, f.column, fmt::format("'{}' is not a number", f.text));
    }
    if (value < range.low || value > range.high) {
        fail("E-RTG-103", row.line, f.column,
             fmt::format("found {}, expected {:.15g} to {:.15g}", f.text, range.low, range.high));
    }
    return value;
}

std::int64_t TextRows::whole(const Row& row, std::size_t field, std::int64_t low,
                             std::int64_t high) const {
    const double value = number(row, field, {static_cast<double>(low), static_cast<double>(high)});
    if (std::floor(value) != value) {
        fail("E-RTG-103", row.line, row.fields[field].column,
             fmt::format("found {}, expected a whole number", row.fields[field].text));
    }
    return static_cast<std::int64_t>(value);
}

void TextRows::need_fields(const Row& row, std::size_t count, const std::string& of) const {
    if (row.fields.size() == count) return;
    const std::size_t last = row.fields.size() > count ? count : row.fields.size() - 1;
    fail("E-RTG-104", row.line, row.fields[last].column,
         fmt::format("{} fields in a row of {}, expected {}", row.fields.size(), of, count));
}

}  // namespace jiahe::routing
