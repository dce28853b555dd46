#include "roads/csv_table.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/error.h"
#include "base/utf8.h"

namespace jiahe {

namespace {

constexpr std::size_t kMaxLine = std::size_t{16} << 20;
constexpr std::uint64_t kFreeBytes = std::uint64_t{64} << 20;
constexpr std::uint64_t kMaxRatio = 100;

}  // namespace

struct CsvTable::Reader {
    explicit Reader(const std::filesystem::path& path) : file_path(path) {
        std::error_code error;
        const auto size = std::filesystem::file_size(path, error);
        if (!error) byte_limit = std::max(kFreeBytes, kMaxRatio * size);
        file = error ? nullptr : gzopen(path.c_str(), "rb");
        if (file == nullptr) fail("E-NET-100", 0, "cannot be read as a file", "is it there?");
    }
    ~Reader() {
        if (file != nullptr) gzclose(file);
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    [[noreturn]] void fail(const char* code, int line, std::string what, std::string hint) const {
        throw InputError(
            InputFault{code, {file_path.string(), line, 1, ""}, std::move(what), std::move(hint)});
    }

    // False at the end of the file.
    bool line(std::string& text, int line_number) {
        text.clear();
        bool any = false;
        for (bool ended = false; !ended;) {
            if (at == filled && !fill(line_number)) break;
            any = true;
            const char* const first = block.data() + at;
            const auto* const end = static_cast<const char*>(std::memchr(first, '\n', filled - at));
            ended = end != nullptr;
            const std::size_t taken = ended ? static_cast<std::size_t>(end - first) : filled - at;
            text.append(first, taken);
            at += taken + (ended ? 1 : 0);
            if (text.size() > kMaxLine) fail("E-NET-104", line_number, "the line is too long", "");
        }
        while (!text.empty() && text.back() == '\r')
            text.pop_back();
        const std::size_t zero = text.find('\0');
        if (const std::size_t bad = std::min(zero, find_not_utf8(text)); bad != std::string::npos) {
            throw InputError(
                InputFault{"E-NET-100",
                           {file_path.string(), line_number, static_cast<int>(bad) + 1, ""},
                           fmt::format("byte 0x{:02X}", static_cast<unsigned>(text[bad]) & 0xFFu),
                           "expected text in UTF-8"});
        }
        return any;
    }

    // The next block; false at the end of the file.
    bool fill(int line_number) {
        const int count = gzread(file, block.data(), static_cast<unsigned>(block.size()));
        int status = Z_OK;
        gzerror(file, &status);
        if (count < 0 || (status != Z_OK && status != Z_STREAM_END)) {
            fail("E-NET-100", line_number, "the compressed data are damaged or cut off", "");
        }
        at = 0;
        filled = static_cast<std::size_t>(count);
        byte_count += filled;
        if (byte_count > byte_limit) {
            fail("E-NET-104", line_number, "the file unpacks to more than 100 times its size", "");
        }
        return count > 0;
    }

    std::filesystem::path file_path;
    gzFile file = nullptr;
    std::array<char, std::size_t{1} << 16> block{};
    std::size_t at = 0, filled = 0;  // in the block
    std::uint64_t byte_count = 0, byte_limit = kFreeBytes;
};

CsvTable::CsvTable(const std::filesystem::path& path, std::vector<std::string> columns,
                   std::vector<std::string> optional)
    : path_(path), reader_(std::make_unique<Reader>(path)), columns_(std::move(columns)) {
    const std::size_t required = columns_.size();
    columns_.insert(columns_.end(), optional.begin(), optional.end());
    std::string first;
    reader_->line(first, 1);
    line_ = 1;
    if (first.size() >= 3 && first.compare(0, 3, "\xEF\xBB\xBF") == 0) first.erase(0, 3);
    split(first);
    width_ = cells_.size();
    find_columns(required);
}

void CsvTable::find_columns(std::size_t required) {
    for (const std::string& column : columns_) {
        const auto it = std::find(cells_.begin(), cells_.end(), column);
        if (it == cells_.end()) {
            if (place_.size() < required) {
                refuse("E-NET-101", 0, fmt::format("no column '{}'", column),
                       did_you_mean(column, cells_));
            }
            place_.push_back(kAbsent);
            continue;
        }
        if (const auto again = std::find(it + 1, cells_.end(), column); again != cells_.end()) {
            refuse("E-NET-101", static_cast<std::size_t>(again - cells_.begin()),
                   fmt::format("the column '{}' occurs twice", column), "");
        }
        place_.push_back(static_cast<std::size_t>(it - cells_.begin()));
    }
    for (const std::string& cell : cells_) {
        if (std::find(columns_.begin(), columns_.end(), cell) == columns_.end())
            unused_.push_back(cell);
    }
}

void CsvTable::refuse(const char* code, std::size_t cell, std::string found,
                      std::string hint) const {
    throw InputError(InputFault{
        code, {path_.string(), line_, cell_column_[cell], ""}, std::move(found), std::move(hint)});
}

CsvTable::~CsvTable() = default;
CsvTable::CsvTable(CsvTable&&) noexcept = default;

void CsvTable::split(const std::string& line) {
    cells_.assign(1, {});
    cell_column_.assign(1, 1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"') {
            if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
                cells_.back() += '"';
                ++i;
            } else {
                quoted = !quoted;
            }
        } else if (c == ',' && !quoted) {
            cells_.emplace_back();
            cell_column_.push_back(static_cast<int>(i) + 2);
        } else {
            cells_.back() += c;
        }
    }
}

bool CsvTable::next() {
    std::string line;
    do {
        if (!reader_->line(line, line_ + 1)) return false;
        ++line_;
    } while (line.empty());
    split(line);
    if (cells_.size() != width_) {
        refuse("E-NET-102", 0, fmt::format("found {} cells", cells_.size()),
               fmt::format("expected {}", width_));
    }
    return true;
}

Place CsvTable::place(std::size_t column) const {
    return {path_.string(), line_, has(column) ? cell_column_[place_[column]] : 1, ""};
}

void CsvTable::fail(std::size_t column, const std::string& expected) const {
    refuse("E-NET-103", has(column) ? place_[column] : 0,
           fmt::format("column '{}' holds '{}'", columns_[column], text(column)),
           "expected " + expected);
}

std::int64_t CsvTable::integer(std::size_t column, std::int64_t low, std::int64_t high) const {
    const std::string& cell = text(column);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc() || end != cell.data() + cell.size() || value < low || value > high) {
        fail(column, fmt::format("a whole number from {} to {}", low, high));
    }
    return value;
}

std::int64_t CsvTable::id(std::size_t column) const {
    constexpr std::int64_t kMost = std::int64_t{1} << 62;
    const std::string& cell = text(column);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc() || end != cell.data() + cell.size() || value < -kMost ||
        value > kMost) {
        fail(column, "an id, which is a whole number");
    }
    return value;
}

double CsvTable::number(std::size_t column, double low, double high) const {
    const std::string& cell = text(column);
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc() || end != cell.data() + cell.size() ||
        !(value >= low && value <= high)) {
        fail(column, fmt::format("a number from {} to {}", low, high));
    }
    return value;
}

std::vector<std::int64_t> CsvTable::integers(std::size_t column) const {
    std::vector<std::int64_t> values;
    const std::string& cell = text(column);
    const char* at = cell.data();
    const char* last = cell.data() + cell.size();
    while (at != last) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(at, last, value);
        if (error != std::errc() || (end != last && *end != ';')) {
            fail(column, "whole numbers with ';' between them");
        }
        values.push_back(value);
        at = end == last ? last : end + 1;
    }
    return values;
}

}  // namespace jiahe
