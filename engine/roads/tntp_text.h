// The line structure of TNTP files: metadata in <...>, comments after ~, rows that end in ';'.
//
// Load time, private to engine/roads. Fields are separated by blanks; ';' counts as a blank and ':'
// is a field of its own. Errors: InputError E-NET-140 with file and line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace jiahe {

using TntpMetadata = std::map<std::string, std::string>;

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
    // Finite and not negative unless a coordinate needs it: any finite number.
    double number(std::size_t i) const;
    [[noreturn]] void fail(std::string what) const;

  private:
    bool read_line();
    std::filesystem::path path_;
    std::ifstream file_;
    std::string text_;
    int line_ = 0;
    std::vector<std::string> fields_;
};

}  // namespace jiahe
