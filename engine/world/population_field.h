// PopulationField: residents and jobs per km2 anywhere in a generated region.
//
// City lifecycle: a pure function of the facts and the seed. Each unit has a core at its seat,
// towns (those of the facts, by size; nine at drawn places in a unit of which the facts name none)
// and a thin rest; cores and towns are Gaussians that keep their share of the unit's residents.
// Jobs sit closer to the cores. A place belongs to the unit of the nearest core or town, a core
// reaching three times as far. Units: m on the region's plane, persons per km2. All shares are
// assumptions (A). Invariants: 1. nothing depends on the order of units or towns in the file but
// their indices;
// 2. the densities are before scaling: the caller scales zones to the unit's census.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/lon_lat.h"
#include "world/region_facts.h"

namespace jiahe {

class PopulationField {
  public:
    // A core or a town: where people live and roads lead.
    struct Centre {
        std::string name;
        std::size_t unit = 0;
        PlanePoint place;
        double sigma_m = 0, residents = 0, jobs = 0;
        bool is_core = false;
    };

    PopulationField(const RegionFacts& facts, const LocalPlane& plane, std::uint64_t seed);
    bool inside(PlanePoint p) const;
    std::size_t unit_of(PlanePoint p) const;
    double residents_per_km2(PlanePoint p) const;
    double jobs_per_km2(PlanePoint p) const;
    // Cores in the order of the units, then towns.
    const std::vector<Centre>& centres() const { return centres_; }
    // South-west and north-east corner of what is inside.
    PlanePoint low() const { return low_; }
    PlanePoint high() const { return high_; }

    double radius_m(std::size_t unit) const { return radius_m_[unit]; }

  private:
    void add_drawn_towns(const RegionFacts& facts, std::uint64_t seed);
    void add_known_towns(const RegionFacts& facts, const LocalPlane& plane);
    void find_bounds(const RegionFacts& facts, const LocalPlane& plane);
    double density(PlanePoint p, double Centre::*weight) const;

    std::vector<Centre> centres_;
    std::vector<double> radius_m_, rural_per_km2_;  // [unit]
    std::vector<PlanePoint> outline_;
    PlanePoint low_, high_;
};

}  // namespace jiahe
