// TextRows: a small text file as rows of fields, each with its line and column.
//
// Fields are separated by blanks and tabs; a carriage return counts as a blank; empty lines are
// left out. Load time; owns the file's text. Errors: InputError E-RTG-100 (absent, not a regular
// file, larger than kMostBytes, a NUL byte), E-RTG-103 (not a number, out of range) with file, line
// and column. Columns count bytes from 1.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace jiahe::routing {

class TextRows {
  public:
    static constexpr std::uintmax_t kMostBytes = std::uintmax_t{64} << 20;

    struct Field {
        std::string_view text;
        int column = 1;
    };
    struct Row {
        int line = 1;
        std::vector<Field> fields;  // never empty
        std::string_view text;      // the whole line
    };
    struct Range {
        double low, high;
    };

    explicit TextRows(const std::filesystem::path& path);
    TextRows(const TextRows&) = delete;
    TextRows& operator=(const TextRows&) = delete;

    const std::vector<Row>& rows() const { return rows_; }
    const std::string& file() const { return file_; }
    int last_line() const { return last_line_; }

    double number(const Row& row, std::size_t field, Range range) const;
    std::int64_t whole(const Row& row, std::size_t field, std::int64_t low,
                       std::int64_t high) const;
    void need_fields(const Row& row, std::size_t count, const std::string& of) const;
    [[noreturn]] void fail(const std::string& code, int line, int column, std::string message,
                           std::string hint = "") const;

  private:
    void split();

    std::string file_;
    std::string text_;
    std::vector<Row> rows_;
    int last_line_ = 1;
};

}  // namespace jiahe::routing
