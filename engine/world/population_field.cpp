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
constexpr double kCoreShare = 0.45, kTownShare = 0.38;  // of residents; the rest is rural
constexpr double kCoreJobs = 0.56, kTownJobs = 0.38;    // of jobs
constexpr double kJobsPerResident = 0.55;
constexpr double kCoreSigma = 0.17;  // of a unit's equal-area radius
constexpr double kTownSigma_m = 850;
constexpr double kReach = 1.12;  // of a unit's equal-area radius, where there is no outline
constexpr double kCoreReach = 3;

std::uint64_t name_key(const std::string& name) {
    std::uint64_t h = 0xCBF29CE484222325ull;
    for (const char c : name)
        h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return h;
}

}  // namespace

PopulationField::PopulationField(const RegionFacts& facts, const LocalPlane& plane,
                                 std::uint64_t seed) {
    for (std::size_t u = 0; u < facts.units.size(); ++u) {
        const RegionUnit& unit = facts.units[u];
        const double radius_m = std::sqrt(unit.area_km2 / kPi) * 1000;
        radius_m_.push_back(radius_m);
        rural_per_km2_.push_back(unit.residents * (1 - kCoreShare - kTownShare) / unit.area_km2);
        centres_.push_back({unit.name, u, plane.to_plane(unit.seat), kCoreSigma * radius_m,
                            unit.residents * kCoreShare,
                            unit.residents * kJobsPerResident * kCoreJobs, true});
    }
    add_known_towns(facts, plane);
    add_drawn_towns(facts, seed);
    for (const LonLat& p : facts.outline)
        outline_.push_back(plane.to_plane(p));
    find_bounds(facts, plane);
}

void PopulationField::add_drawn_towns(const RegionFacts& facts, std::uint64_t seed) {
    for (std::size_t u = 0; u < facts.units.size(); ++u) {
        const bool known = std::any_of(facts.towns.begin(), facts.towns.end(),
                                       [&](const RegionTown& t) { return t.unit == u; });
        if (known) continue;
        const RegionUnit& unit = facts.units[u];
        const PlanePoint seat = centres_[u].place;
        for (int t = 0; t < kTownsPerUnit; ++t) {
            const Draw draw(seed, kDrawTown, name_key(unit.name), static_cast<std::uint64_t>(t));
            const double angle = 2 * kPi * (t + 0.6 * draw.uniform(0)) / kTownsPerUnit;
            const double away_m = radius_m_[u] * (0.45 + 0.5 * draw.uniform(1));
            const PlanePoint at{seat.x_m + away_m * std::cos(angle),
                                seat.y_m + away_m * std::sin(angle)};
            centres_.push_back({unit.name + "-" + std::to_string(t + 1), u, at,
                                kTownSigma_m * (0.8 + 0.5 * draw.uniform(2)),
                                unit.residents * kTownShare / kTownsPerUnit,
                                unit.residents * kJobsPerResident * kTownJobs / kTownsPerUnit,
                                false});
        }
    }
}

void PopulationField::add_known_towns(const RegionFacts& facts, const LocalPlane& plane) {
    std::vector<double> sizes(facts.units.size(), 0);
    for (const RegionTown& town : facts.towns)
        sizes[town.unit] += town.size;
    for (const RegionTown& town : facts.towns) {
        const double residents = facts.units[town.unit].residents;
        const double share = town.size / sizes[town.unit];
        centres_.push_back({town.name, town.unit, plane.to_plane(town.place),
                            kTownSigma_m * std::sqrt(std::max(0.25, town.size / 2)),
                            residents * kTownShare * share,
                            residents * kJobsPerResident * kTownJobs * share, false});
    }
}

void PopulationField::find_bounds(const RegionFacts& facts, const LocalPlane& plane) {
    low_ = {1e300, 1e300};
    high_ = {-1e300, -1e300};
    const auto take = [&](PlanePoint p, double r) {
        low_ = {std::min(low_.x_m, p.x_m - r), std::min(low_.y_m, p.y_m - r)};
        high_ = {std::max(high_.x_m, p.x_m + r), std::max(high_.y_m, p.y_m + r)};
    };
    for (const PlanePoint& p : outline_)
        take(p, 0);
    if (!outline_.empty()) return;
    for (std::size_t u = 0; u < facts.units.size(); ++u) {
        take(plane.to_plane(facts.units[u].seat), kReach * radius_m_[u]);
    }
}

bool PopulationField::inside(PlanePoint p) const {
    if (outline_.empty()) {
        for (std::size_t u = 0; u < radius_m_.size(); ++u) {
            if (distance_m(p, centres_[u].place) < kReach * radius_m_[u]) return true;
        }
        return false;
    }
    bool in = false;
    for (std::size_t i = 0, j = outline_.size() - 1; i < outline_.size(); j = i++) {
        const PlanePoint a = outline_[i], b = outline_[j];
        if ((a.y_m > p.y_m) == (b.y_m > p.y_m)) continue;
        if (p.x_m < (b.x_m - a.x_m) * (p.y_m - a.y_m) / (b.y_m - a.y_m) + a.x_m) in = !in;
    }
    return in;
}

std::size_t PopulationField::unit_of(PlanePoint p) const {
    std::size_t unit = 0;
    double nearest = 1e300;
    for (const Centre& c : centres_) {
        const double d = distance_m(p, c.place) / (c.is_core ? kCoreReach : 1);
        if (d < nearest) {
            nearest = d;
            unit = c.unit;
        }
    }
    return unit;
}

double PopulationField::density(PlanePoint p, double Centre::*weight) const {
    double sum = 0;
    for (const Centre& c : centres_) {
        const double reach_m = 4.5 * c.sigma_m;
        if (std::abs(p.x_m - c.place.x_m) > reach_m || std::abs(p.y_m - c.place.y_m) > reach_m) {
            continue;
        }
        const double d = distance_m(p, c.place) / c.sigma_m;
        if (d > 4.5) continue;
        sum += c.*weight * portable_exp(-0.5 * d * d) / (2 * kPi * c.sigma_m * c.sigma_m) * 1e6;
    }
    return sum;
}

double PopulationField::residents_per_km2(PlanePoint p) const {
    return density(p, &Centre::residents) + rural_per_km2_[unit_of(p)];
}

double PopulationField::jobs_per_km2(PlanePoint p) const {
    return density(p, &Centre::jobs) +
           (1 - kCoreJobs - kTownJobs) * kJobsPerResident * residents_per_km2(p);
}

}  // namespace jiahe
