// CsvTable: a comma-separated table with named columns, plain or gzipped, read row by row.
//
// Load time only. Every fault is an InputError E-NET-1xx with file, line and column name, what was
// found and what was expected. Cells may be quoted; lines end in LF or CRLF; empty lines at the end
// are skipped. Cost: one pass, one line in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace jiahe {

class CsvTable {
  public:
    // REQUIRES of the file: a first line that names at least `columns`, in any order.
    CsvTable(const std::filesystem::path& path, std::vector<std::string> columns);
    ~CsvTable();
    CsvTable(CsvTable&&) noexcept;

    bool next();
    // By index into `columns`.
    const std::string& text(std::size_t column) const { return cells_[place_[column]]; }
    std::int64_t integer(std::size_t column, std::int64_t low, std::int64_t high) const;
    double number(std::size_t column, double low, double high) const;
    // "1;2;3" as numbers; empty text gives none.
    std::vector<std::int64_t> integers(std::size_t column) const;
    [[noreturn]] void fail(std::size_t column, const std::string& expected) const;
    int line() const { return line_; }

  private:
    struct Reader;
    void split(const std::string& line);
    std::filesystem::path path_;
    std::unique_ptr<Reader> reader_;
    std::vector<std::string> columns_;
    std::vector<std::size_t> place_;
    std::size_t width_ = 0;
    int line_ = 0;
    std::vector<std::string> cells_;
};

}  // namespace jiahe
