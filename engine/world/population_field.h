// PopulationField: residents and jobs per km2 anywhere in a generated region.
//
// City lifecycle: a pure function of the facts and the seed. Each unit has a core, towns at drawn
// places, and a thin rest; each part a Gaussian that keeps its share of the residents. Jobs sit
// closer to the cores. Units: m on the region's plane, persons per km2. All shares A.
// Invariant: nothing depends on the order of units in the file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/lon_lat.h"
#include "world/region_facts.h"

namespace jiahe {

class PopulationField {
  public:
    PopulationField(const RegionFacts& facts, const LocalPlane& plane, std::uint64_t seed);
    bool inside(PlanePoint p) const;
    double residents_per_km2(PlanePoint p) const;
    double jobs_per_km2(PlanePoint p) const;
    double radius_m(std::size_t unit) const { return radius_m_[unit]; }

  private:
    struct Blob {
        PlanePoint centre;
        double sigma_m = 0, residents = 0, jobs = 0;
    };
    double density(PlanePoint p, double Blob::*weight) const;
    std::vector<Blob> blobs_;
    std::vector<PlanePoint> seat_;
    std::vector<double> radius_m_, rural_per_km2_;
};

}  // namespace jiahe
