// How much a cell can carry: mean spectral efficiency over its area, given its neighbours' load.
//
// Each cell is sampled at fixed points of a sunflower pattern out to its reach, half the distance
// to the nearest other cell (or less, see kLargestReach_m). A point's signal is its own station's,
// its interference that of the six nearest stations times their load, and its own station's other
// sectors (20 dB down, A); its efficiency comes from radio.h. n busy users who share time equally
// get B * mean(eta) together, which is the cell's capacity. Uplink: terminals at full power against
// a fixed rise over thermal noise.
//
// City lifecycle, immutable; efficiency() is a pure function of published loads. Units: bit/s/Hz,
// bit/s, m. The figures of the budget are assumptions (A) that a scenario can change.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/lon_lat.h"
#include "telecom/radio.h"

namespace jiahe::telecom {

struct RadioOptions {
    RadioEnvironment environment = RadioEnvironment::kUrbanMacro;
    double frequency_ghz = 2.6;
    double bandwidth_hz = 100e6;
    double down_share = 0.75;  // of time: TDD 3:1
    int sectors = 3;
    int layers = 2;
    RadioBudget budget;
};

class RadioPlan {
  public:
    RadioPlan(std::span<const PlanePoint> cells, RadioOptions options);

    static constexpr std::size_t kPoints = 12;
    static constexpr std::size_t kNeighbours = 6;
    static constexpr double kSmallestReach_m = 50, kLargestReach_m = 1500;

    std::size_t cell_count() const { return reach_m_.size(); }
    double reach_m(std::size_t cell) const { return reach_m_[cell]; }
    // Mean over the cell's area, one layer, given the load (0..1) of every cell.
    double down_efficiency(std::size_t cell, std::span<const double> load) const;
    double up_efficiency(std::size_t cell) const { return up_efficiency_[cell]; }
    // Capacity of the whole site: bandwidth, share of time, sectors and layers applied.
    double capacity_bps(Direction direction, double efficiency) const;

  private:
    std::vector<double> reach_m_;
    std::vector<std::uint32_t> neighbour_;  // [cell][kNeighbours], kNoNeighbour where fewer
    std::vector<double> signal_;            // [cell][point], over noise
    std::vector<double> interference_;      // [cell][point][neighbour], over noise, at full load
    std::vector<double> up_efficiency_;
    RadioOptions options_;
};

}  // namespace jiahe::telecom
