#include "world/region_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>

#include "base/error.h"

namespace jiahe {
namespace {

class Table {
  public:
    Table(const std::filesystem::path& path, std::vector<std::string> columns)
        : path_(path), columns_(std::move(columns)), in_(path) {
        if (!in_) fail("cannot be read as a file", "is it there?");
        if (!next()) fail("found an empty file", "expected a line of column names");
        if (cells_ != columns_) {
            std::string names;
            for (const std::string& c : columns_)
                names += (names.empty() ? "" : ",") + c;
            fail("other columns", "expected " + names);
        }
    }
    bool next() {
        std::string line;
        if (!std::getline(in_, line)) return false;
        ++line_;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        cells_.clear();
        cell_column_.clear();
        std::size_t at = 0;
        for (;;) {
            const std::size_t comma = line.find(',', at);
            cells_.push_back(line.substr(at, comma - at));
            cell_column_.push_back(static_cast<int>(at) + 1);
            if (comma == std::string::npos) break;
            at = comma + 1;
        }
        if (cells_.size() != columns_.size()) {
            fail(fmt::format("found {} cells", cells_.size()),
                 fmt::format("expected {}", columns_.size()));
        }
        return true;
    }
    const std::string& text(std::size_t column) const { return cells_[column]; }
    double number(std::size_t column, double low, double high) const {
        const std::string& cell = cells_[column];
        double value = 0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (error != std::errc() || end != cell.data() + cell.size() ||
            !(value >= low && value <= high)) {
            fail(fmt::format("column '{}' holds '{}'", columns_[column], cell),
                 fmt::format("expected a number from {} to {}", low, high), cell_column_[column]);
        }
        return value;
    }

    LonLat place(std::size_t first_column) const {
        return {number(first_column, -180, 180), number(first_column + 1, -85, 85)};
    }

  private:
    [[noreturn]] void fail(const std::string& found, const std::string& expected,
                           int column = 1) const {
        throw InputError(
            InputFault{"E-WLD-010", {path_.string(), line_, column, ""}, found, expected});
    }
    std::filesystem::path path_;
    std::vector<std::string> columns_;
    std::ifstream in_;
    int line_ = 0;
    std::vector<std::string> cells_;
    std::vector<int> cell_column_;  // 1-based byte
};

[[noreturn]] void fail_file(const std::filesystem::path& path, const std::string& feature,
                            const std::string& found, const std::string& expected) {
    throw InputError(InputFault{"E-WLD-011", {path.string(), 0, 0, feature}, found, expected});
}

void add_point(std::vector<RegionLine>& lines, const std::string& name, LonLat point) {
    if (lines.empty() || lines.back().name != name) lines.push_back({name, {}});
    lines.back().points.push_back(point);
}

void read_units(const std::filesystem::path& path, RegionFacts& facts) {
    Table units(path,
                {"name", "name_en", "seat_lon", "seat_lat", "area_km2", "residents", "source"});
    while (units.next()) {
        facts.units.push_back(
            {units.text(1), units.place(2), units.number(4, 1, 1e6), units.number(5, 1, 1e9)});
    }
    if (facts.units.empty()) fail_file(path, "", "no unit", "expected at least one row");
}

void read_towns(const std::filesystem::path& path, RegionFacts& facts) {
    if (!std::filesystem::exists(path)) return;
    std::vector<std::string> names;
    for (const RegionUnit& unit : facts.units)
        names.push_back(unit.name);
    Table towns(path, {"unit", "name", "name_en", "lon", "lat", "size", "source"});
    while (towns.next()) {
        const auto it = std::find(names.begin(), names.end(), towns.text(0));
        if (it == names.end()) {
            fail_file(path, "town " + towns.text(2),
                      "found the unknown unit '" + towns.text(0) + "'",
                      did_you_mean(towns.text(0), names));
        }
        facts.towns.push_back({towns.text(2), static_cast<std::size_t>(it - names.begin()),
                               towns.place(3), towns.number(5, 0.01, 1000)});
    }
}

void check_lines(const std::filesystem::path& path, const std::vector<RegionLine>& lines) {
    for (const RegionLine& line : lines) {
        if (line.points.size() < 2) {
            fail_file(path, line.name, "found one point", "expected at least two points a line");
        }
    }
}

}  // namespace

RegionFacts read_region_facts(const std::filesystem::path& folder) {
    RegionFacts facts;
    read_units(folder / "units.csv", facts);
    read_towns(folder / "towns.csv", facts);
    Table roads(folder / "expressways.csv", {"expressway", "seq", "lon", "lat", "near", "source"});
    while (roads.next())
        add_point(facts.expressways, roads.text(0), roads.place(2));
    check_lines(folder / "expressways.csv", facts.expressways);
    Table barriers(folder / "barriers.csv",
                   {"barrier", "kind", "seq", "lon", "lat", "near", "source"});
    while (barriers.next())
        add_point(facts.barriers, barriers.text(0), barriers.place(3));
    check_lines(folder / "barriers.csv", facts.barriers);
    if (std::filesystem::exists(folder / "outline.csv")) {
        Table outline(folder / "outline.csv", {"seq", "lon", "lat", "near", "source"});
        while (outline.next())
            facts.outline.push_back(outline.place(1));
        if (facts.outline.size() < 3) {
            fail_file(folder / "outline.csv", "", "found fewer than three points",
                      "expected a ring");
        }
    }
    return facts;
}

}  // namespace jiahe
