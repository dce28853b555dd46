// The line structure of TNTP files: metadata in <...>, comments after ~, rows that end in ';'.
//
// Load time, private to engine/roads. Fields are separated by blanks; ';' counts as a blank and ':'
// is a field of its own. Errors: InputError E-NET-140 with file, line and column: 141 where the
// fault is a node or zone that does not exist.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace jiahe {

struct TntpMetadatum {
    std::string text;
    int line = 0;
};
using TntpMetadata = std::map<std::string, TntpMetadatum>;

class TntpText {
  public:
    explicit TntpText(const std::filesystem::path& path);

    // Reads up to <END OF METADATA>.
    TntpMetadata metadata();
    std::int64_t metadata_count(const TntpMetadata& metadata, const std::string& name) const;
    // The first row names the columns.
    void skip_header_row() { next(); }
    // The next row that has fields.
    bool next();
    std::size_t field_count() const { return fields_.size(); }
    const std::string& field(std::size_t i) const { return fields_[i]; }
    void need_fields(std::size_t count) const;
    std::int64_t integer(std::size_t i, std::int64_t low, std::int64_t high) const;
    // A whole number that names a node or zone: 1..count.
    std::int64_t node(std::size_t i, std::int64_t count) const;
    double number(std::size_t i) const;        // any finite number
    double not_negative(std::size_t i) const;  // finite, >= 0
    // At the front of the current row, or at one of its fields.
    [[noreturn]] void fail(std::string what, std::string hint = {}) const;
    [[noreturn]] void fail_field(std::size_t i, std::string what, const char* code = "E-NET-140",
                                 std::string hint = {}) const;

  private:
    bool read_line();
    void finish_field(std::string& field, std::size_t end);
    std::filesystem::path path_;
    std::ifstream file_;
    std::string text_;
    int line_ = 0;
    std::vector<std::string> fields_;
    std::vector<int> field_column_;  // 1-based byte
};

}  // namespace jiahe
