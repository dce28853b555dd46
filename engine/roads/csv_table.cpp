#include "roads/csv_table.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.h"

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
        std::array<char, 1 << 14> block{};
        while (gzgets(file, block.data(), static_cast<int>(block.size())) != nullptr) {
            text += block.data();
            if (text.size() > kMaxLine) fail("E-NET-104", line_number, "the line is too long", "");
            if (!text.empty() && text.back() == '\n') break;
        }
        int status = Z_OK;
        gzerror(file, &status);
        if (status != Z_OK && status != Z_STREAM_END) {
            fail("E-NET-100", line_number, "the compressed data are damaged or cut off", "");
        }
        byte_count += text.size();
        if (byte_count > byte_limit) {
            fail("E-NET-104", line_number, "the file unpacks to more than 100 times its size", "");
        }
        const bool any = !text.empty();
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
            text.pop_back();
        return any;
    }

    std::filesystem::path file_path;
    gzFile file = nullptr;
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
    for (const std::string& column : columns_) {
        const auto it = std::find(cells_.begin(), cells_.end(), column);
        if (it != cells_.end()) {
            place_.push_back(static_cast<std::size_t>(it - cells_.begin()));
            continue;
        }
        if (place_.size() < required) {
            throw InputError(InputFault{"E-NET-101",
                                        {path.string(), 1, 1, ""},
                                        fmt::format("no column '{}'", column),
                                        did_you_mean(column, cells_)});
        }
        place_.push_back(kAbsent);
    }
}

CsvTable::~CsvTable() = default;
CsvTable::CsvTable(CsvTable&&) noexcept = default;

void CsvTable::split(const std::string& line) {
    cells_.clear();
    cells_.emplace_back();
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
        throw InputError(InputFault{"E-NET-102",
                                    {path_.string(), line_, 1, ""},
                                    fmt::format("found {} cells", cells_.size()),
                                    fmt::format("expected {}", width_)});
    }
    return true;
}

void CsvTable::fail(std::size_t column, const std::string& expected) const {
    throw InputError(
        InputFault{"E-NET-103",
                   {path_.string(), line_, 1, ""},
                   fmt::format("column '{}' holds '{}'", columns_[column], text(column)),
                   "expected " + expected});
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
