// RegionFacts: what the generator knows of a region: units, towns, expressways, barriers, outline.
//
// Scenario-to-City: read once from a folder of CSV tables (units.csv, expressways.csv,
// barriers.csv, and where they exist towns.csv and outline.csv; data/jiaxing/README.md names
// columns and sources), checked, then immutable. A unit without towns gets drawn ones; without an
// outline a unit is a circle of its area. Units: degrees WGS 84, km2, persons. Errors: InputError
// E-WLD-010 (an absent file; a bad cell, with line and column), E-WLD-011 (no unit, a line of one
// point, a town of an unknown unit).
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

struct RegionTown {
    std::string name;
    std::size_t unit = 0;  // index into units
    LonLat place;
    double size = 1;  // weight among the towns of its unit
};

struct RegionLine {
    std::string name;
    std::vector<LonLat> points;  // at least two
};

struct RegionFacts {
    std::vector<RegionUnit> units;
    std::vector<RegionTown> towns;
    std::vector<RegionLine> expressways;
    std::vector<RegionLine> barriers;  // crossed by main roads only
    std::vector<LonLat> outline;       // one ring, not closed; empty = circles
};

RegionFacts read_region_facts(const std::filesystem::path& folder);

}  // namespace jiahe
