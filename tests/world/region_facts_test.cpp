#include "world/region_facts.h"

#include <filesystem>
#include <fstream>

#include "base/error.h"

using namespace jiahe;

namespace {

// A folder with small tables, removed again. One table may be replaced.
class Folder {
  public:
    explicit Folder(const std::string& replaced = "", const std::string& text = "")
        : path_(std::filesystem::temp_directory_path() / "jiahe_region_facts_test") {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
        write("units.csv",
              "name,name_en,seat_lon,seat_lat,area_km2,residents,source\n"
              "甲,Alpha,120.7,30.7,400,500000,made up\n"
              "乙,Beta,120.9,30.7,300,200000,made up\n");
        write("expressways.csv",
              "expressway,seq,lon,lat,near,source\n"
              "G1,1,120.6,30.75,west,made up\nG1,2,121.0,30.75,east,made up\n");
        write("barriers.csv",
              "barrier,kind,seq,lon,lat,near,source\n"
              "River,canal,1,120.8,30.6,south,made up\nRiver,canal,2,120.8,30.9,north,made up\n");
        if (!replaced.empty()) write(replaced, text);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name) << text;
    }
    std::filesystem::path path_;
};

InputFault fault_of(const std::string& table, const std::string& text) {
    const Folder folder(table, text);
    try {
        read_region_facts(folder.path());
    } catch (const InputError& e) {
        return e.faults().front();
    }
    FAIL("no error for " << table);
    return {};
}

}  // namespace

TEST_CASE("towns and outline may be missing") {
    const Folder folder;
    const RegionFacts facts = read_region_facts(folder.path());
    CHECK(facts.units.size() == 2);
    CHECK(facts.units[1].name == "Beta");
    CHECK(facts.units[1].residents == 200'000);
    CHECK(facts.towns.empty());
    CHECK(facts.outline.empty());
    REQUIRE(facts.expressways.size() == 1);
    CHECK(facts.expressways[0].points.size() == 2);
    CHECK(facts.barriers[0].points[1].lat_deg == 30.9);
}

TEST_CASE("a bad cell is named by file, line and column") {
    const InputFault fault = fault_of("expressways.csv",
                                      "expressway,seq,lon,lat,near,source\n"
                                      "G1,1,120.6,30.75,west,made up\nG1,2,121,3o.7,east,x\n");
    CHECK(fault.code == "E-WLD-010");
    CHECK(fault.place.line == 3);
    CHECK(fault.message == "column 'lat' holds '3o.7'");
}

TEST_CASE("other columns, missing cells and empty tables are refused") {
    CHECK(fault_of("units.csv", "name,residents\n").code == "E-WLD-010");
    CHECK(fault_of("barriers.csv", "").code == "E-WLD-010");
    const InputFault cells =
        fault_of("barriers.csv", "barrier,kind,seq,lon,lat,near,source\nRiver,canal,1\n");
    CHECK(cells.code == "E-WLD-010");
    CHECK(cells.place.line == 2);
    CHECK(
        fault_of("units.csv", "name,name_en,seat_lon,seat_lat,area_km2,residents,source\n").code ==
        "E-WLD-011");
}

TEST_CASE("a town of an unknown unit is refused with the nearest name") {
    const InputFault fault = fault_of("towns.csv",
                                      "unit,name,name_en,lon,lat,size,source\n"
                                      "Alpa,丙,Gamma,120.7,30.6,1,made up\n");
    CHECK(fault.code == "E-WLD-011");
    CHECK(fault.place.feature == "town Gamma");
    CHECK(fault.hint == "did you mean 'Alpha'?");
}

TEST_CASE("a line of one point and an outline of two are refused") {
    CHECK(fault_of("barriers.csv",
                   "barrier,kind,seq,lon,lat,near,source\nRiver,canal,1,120.8,30.6,x,y\n")
              .place.feature == "River");
    CHECK(fault_of("outline.csv", "seq,lon,lat,near,source\n1,120,30,a,b\n2,121,30,a,b\n").code ==
          "E-WLD-011");
}
