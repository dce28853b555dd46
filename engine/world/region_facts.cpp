#include "world/region_facts.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>

#include "base/error.h"

namespace jiahe {
namespace {

class Table {
  public:
    Table(const std::filesystem::path& path, std::vector<std::string> columns)
        : path_(path), columns_(std::move(columns)), in_(path) {
        if (!in_) throw IoError(path.string() + ": cannot open");
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
        std::size_t at = 0;
        for (;;) {
            const std::size_t comma = line.find(',', at);
            cells_.push_back(line.substr(at, comma - at));
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
                 fmt::format("expected a number from {} to {}", low, high));
        }
        return value;
    }

  private:
    [[noreturn]] void fail(const std::string& found, const std::string& expected) const {
        throw InputError(InputFault{"E-WLD-010", {path_.string(), line_, 1, ""}, found, expected});
    }
    std::filesystem::path path_;
    std::vector<std::string> columns_;
    std::ifstream in_;
    int line_ = 0;
    std::vector<std::string> cells_;
};

void add_point(std::vector<RegionLine>& lines, const std::string& name, LonLat point) {
    if (lines.empty() || lines.back().name != name) lines.push_back({name, {}});
    lines.back().points.push_back(point);
}

}  // namespace

RegionFacts read_region_facts(const std::filesystem::path& folder) {
    RegionFacts facts;
    Table units(folder / "units.csv",
                {"name", "name_en", "seat_lon", "seat_lat", "area_km2", "residents"});
    while (units.next()) {
        facts.units.push_back({units.text(1),
                               {units.number(2, -180, 180), units.number(3, -85, 85)},
                               units.number(4, 1, 1e6),
                               units.number(5, 1, 1e9)});
    }
    Table roads(folder / "expressways.csv", {"expressway", "seq", "lon", "lat", "near"});
    while (roads.next()) {
        add_point(facts.expressways, roads.text(0),
                  {roads.number(2, -180, 180), roads.number(3, -85, 85)});
    }
    Table barriers(folder / "barriers.csv", {"barrier", "kind", "seq", "lon", "lat", "near"});
    while (barriers.next()) {
        add_point(facts.barriers, barriers.text(0),
                  {barriers.number(3, -180, 180), barriers.number(4, -85, 85)});
    }
    if (facts.units.empty()) {
        throw InputError(InputFault{"E-WLD-011",
                                    {(folder / "units.csv").string(), 0, 0, ""},
                                    "no unit",
                                    "expected at least one row"});
    }
    return facts;
}

}  // namespace jiahe
