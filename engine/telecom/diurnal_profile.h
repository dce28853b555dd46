// The shape of a day's demand by land use: 24 hourly values, linear between the hours' centres.
//
// d(t) = d_day p(t) / sum(p). Volumes are exact: bytes_until(d_day, t) is an integer that grows by
// d_day in every 24 h, so any cutting of a day into periods gives the day's volume to the byte.
// Our own smooth shapes b + (1 - b) exp(k (cos(2 pi (h - peak) / 24) - 1)), b = 0.15, have the peak
// hour and the sum over the day that were published for Shanghai's towers (Xu et al. 2017, by way
// of the telecom sheet, section 5); k is found so that the sum fits. A scenario may name a file
// (hour,residential,office,transport,entertainment) instead.
// City lifecycle, immutable. Errors: InputError E-TEL-010 for a file that does not fit.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>

#include "base/sim_time.h"

namespace jiahe::telecom {

// Profiles by jiahe::LandUse (world/site_layers.h) without kMixed, in its order.
inline constexpr std::size_t kLandUseCount = 4;

class DiurnalProfile {
  public:
    using Hours = std::array<double, 24>;
    DiurnalProfile() : DiurnalProfile(Hours{}) {}  // even all day
    // REQUIRES: no value negative. All zero counts as all one.
    explicit DiurnalProfile(const Hours& hours);
    // REQUIRES: 24 * 0.15 < sum < 24, 0 <= peak_hour < 24.
    static DiurnalProfile smooth(int peak_hour, double sum);

    const Hours& hours() const { return hours_; }
    double sum() const { return sum_; }
    // Demand at a time of day relative to the peak hour's, linear between hour centres.
    double at(SimTime time_of_day) const;
    // Share of a day's volume up to `time` since midnight of the first day, in units of 2^-44;
    // exactly 2^44 a day.
    std::int64_t share_until(SimTime time) const;

  private:
    Hours hours_;
    double sum_ = 0;
    Hours cumulative_{};  // volume from midnight to the start of each hour, in peak-hours
};

inline constexpr int kShareBits = 44;

// Whole bytes of a daily volume between two values of share_until.
std::int64_t bytes_between(std::int64_t bytes_per_day, std::int64_t share_from,
                           std::int64_t share_until);

using LandUseProfiles = std::array<DiurnalProfile, kLandUseCount>;
LandUseProfiles default_profiles();
LandUseProfiles load_profiles(const std::filesystem::path& file);

}  // namespace jiahe::telecom
