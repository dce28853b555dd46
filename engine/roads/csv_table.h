// CsvTable: a comma-separated table with named columns, plain or gzipped, read row by row.
//
// Load time only. Every fault is an InputError E-NET-1xx with file, line and byte column, the name
// of the table's column, what was found and what was expected: 100 unreadable, 101 no such column
// or one twice, 102 number of cells, 103 cell, 104 over-long line or a gzip file that unpacks
// beyond 100:1 (and 64 MiB). Cells may be quoted; lines end in LF or CRLF; empty lines are skipped.
// Cost: one pass, one line in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"

namespace jiahe {

class CsvTable {
  public:
    // REQUIRES of the file: a first line that names at least `columns`, in any order.
    // `optional` columns follow them in the numbering and may be absent (has(), empty text).
    CsvTable(const std::filesystem::path& path, std::vector<std::string> columns,
             std::vector<std::string> optional = {});
    ~CsvTable();
    CsvTable(CsvTable&&) noexcept;

    bool next();
    // By index into `columns`.
    bool has(std::size_t column) const { return place_[column] != kAbsent; }
    const std::string& text(std::size_t column) const {
        return has(column) ? cells_[place_[column]] : empty_;
    }
    std::int64_t integer(std::size_t column, std::int64_t low, std::int64_t high) const;
    // A whole number of at most 62 bits.
    std::int64_t id(std::size_t column) const;
    double number(std::size_t column, double low, double high) const;
    // "1;2;3" as numbers; empty text gives none.
    std::vector<std::int64_t> integers(std::size_t column) const;
    [[noreturn]] void fail(std::size_t column, const std::string& expected) const;
    // Where a cell of the current row stands.
    Place place(std::size_t column) const;
    // Columns of the file that nobody asked for.
    std::vector<std::string> unused_columns() const { return unused_; }
    int line() const { return line_; }

  private:
    struct Reader;
    static constexpr std::size_t kAbsent = ~std::size_t{0};
    void split(const std::string& line);
    void find_columns(std::size_t required);
    [[noreturn]] void refuse(const char* code, std::size_t cell, std::string found,
                             std::string hint) const;
    std::filesystem::path path_;
    std::unique_ptr<Reader> reader_;
    std::vector<std::string> columns_;
    std::vector<std::size_t> place_;
    std::string empty_;
    std::size_t width_ = 0;
    int line_ = 0;
    std::vector<std::string> cells_, unused_;
    std::vector<int> cell_column_;  // 1-based byte at which each cell begins
};

}  // namespace jiahe
