#include "world/population_field.h"

#include <algorithm>
#include <cmath>

#include "base/portable_math.h"
#include "base/random.h"

namespace jiahe {
namespace {

constexpr Purpose kDrawTown = 2060;
constexpr int kTownsPerUnit = 9;
constexpr double kPi = 3.14159265358979323846;
constexpr double kCoreShare = 0.45, kTownShare = 0.40;  // of residents; the rest is rural
constexpr double kCoreJobs = 0.60, kTownJobs = 0.34;    // of jobs
constexpr double kJobsPerResident = 0.55;
constexpr double kTownSigma_m = 850;
constexpr double kReach = 1.12;  // of a unit's equal-area radius

std::uint64_t name_key(const std::string& name) {
    std::uint64_t h = 0xCBF29CE484222325ull;
    for (const char c : name)
        h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return h;
}

}  // namespace

PopulationField::PopulationField(const RegionFacts& facts, const LocalPlane& plane,
                                 std::uint64_t seed) {
    for (const RegionUnit& unit : facts.units) {
        const PlanePoint seat = plane.to_plane(unit.seat);
        const double radius = std::sqrt(unit.area_km2 / kPi) * 1000;
        seat_.push_back(seat);
        radius_m_.push_back(radius);
        rural_per_km2_.push_back(unit.residents * (1 - kCoreShare - kTownShare) / unit.area_km2);
        const double jobs = unit.residents * kJobsPerResident;
        blobs_.push_back({seat, 0.17 * radius, unit.residents * kCoreShare, jobs * kCoreJobs});
        for (int t = 0; t < kTownsPerUnit; ++t) {
            const Draw draw(seed, kDrawTown, name_key(unit.name), static_cast<std::uint64_t>(t));
            const double angle = 2 * kPi * (t + 0.6 * draw.uniform(0)) / kTownsPerUnit;
            const double away = radius * (0.45 + 0.5 * draw.uniform(1));
            const PlanePoint at{seat.x_m + away * std::cos(angle),
                                seat.y_m + away * std::sin(angle)};
            blobs_.push_back({at, kTownSigma_m * (0.8 + 0.5 * draw.uniform(2)),
                              unit.residents * kTownShare / kTownsPerUnit,
                              jobs * kTownJobs / kTownsPerUnit});
        }
    }
}

bool PopulationField::inside(PlanePoint p) const {
    for (std::size_t u = 0; u < seat_.size(); ++u) {
        if (distance_m(p, seat_[u]) < kReach * radius_m_[u]) return true;
    }
    return false;
}

double PopulationField::density(PlanePoint p, double Blob::*weight) const {
    double sum = 0;
    for (const Blob& b : blobs_) {
        const double d = distance_m(p, b.centre) / b.sigma_m;
        if (d > 4.5) continue;
        sum += b.*weight * portable_exp(-0.5 * d * d) / (2 * kPi * b.sigma_m * b.sigma_m) * 1e6;
    }
    return sum;
}

double PopulationField::residents_per_km2(PlanePoint p) const {
    double rural = 0;
    double nearest = 1e300;
    for (std::size_t u = 0; u < seat_.size(); ++u) {
        const double d = distance_m(p, seat_[u]) / radius_m_[u];
        if (d < nearest) {
            nearest = d;
            rural = rural_per_km2_[u];
        }
    }
    return density(p, &Blob::residents) + rural;
}

double PopulationField::jobs_per_km2(PlanePoint p) const {
    return density(p, &Blob::jobs) + 0.06 * kJobsPerResident * residents_per_km2(p);
}

}  // namespace jiahe
