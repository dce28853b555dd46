// RegionFacts: what the generator knows of a region: units, expressways, barriers.
//
// Scenario-to-City: read once from a folder of three CSV tables (units.csv, expressways.csv,
// barriers.csv; data/jiaxing/README.md names columns and sources), checked, then immutable.
// Units: degrees WGS 84, km2, persons. Errors: InputError E-WLD-010 with file and line.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "geo/lon_lat.h"

namespace jiahe {

struct RegionUnit {
    std::string name;
    LonLat seat;
    double area_km2 = 0;
    double residents = 0;
};

struct RegionLine {
    std::string name;
    std::vector<LonLat> points;
};

struct RegionFacts {
    std::vector<RegionUnit> units;
    std::vector<RegionLine> expressways;
    std::vector<RegionLine> barriers;  // crossed by main roads only
};

RegionFacts read_region_facts(const std::filesystem::path& folder);

}  // namespace jiahe
