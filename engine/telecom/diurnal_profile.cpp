#include "telecom/diurnal_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <numeric>
#include <string>

#include "base/check.h"
#include "base/error.h"
#include "base/portable_math.h"

namespace jiahe::telecom {
namespace {

__extension__ using Wide = __int128;

constexpr double kNightFloor = 0.15;  // A
constexpr SimTime kDay = hours(24);
// cos(2 pi h / 24), h = 0..12; the other half mirrors it.
constexpr std::array<double, 13> kCosine = {1,
                                            0.96592582628906828675,
                                            0.86602540378443864676,
                                            0.70710678118654752440,
                                            0.5,
                                            0.25881904510252076235,
                                            0,
                                            -0.25881904510252076235,
                                            -0.5,
                                            -0.70710678118654752440,
                                            -0.86602540378443864676,
                                            -0.96592582628906828675,
                                            -1};

DiurnalProfile::Hours bell(int peak_hour, double sharpness) {
    DiurnalProfile::Hours hours{};
    for (int h = 0; h < 24; ++h) {
        const int apart = std::abs(h - peak_hour);
        const double cosine = kCosine[static_cast<std::size_t>(std::min(apart, 24 - apart))];
        hours[static_cast<std::size_t>(h)] =
            kNightFloor + (1 - kNightFloor) * portable_exp(sharpness * (cosine - 1));
    }
    return hours;
}

double total(const DiurnalProfile::Hours& hours) {
    return std::accumulate(hours.begin(), hours.end(), 0.0);
}

[[noreturn]] void refuse(const std::filesystem::path& file, int line, std::string message) {
    throw InputError(InputFault{"E-TEL-010",
                                {file.string(), line, 1, ""},
                                std::move(message),
                                "expected a header and 24 rows: hour, residential, office, "
                                "transport, entertainment"});
}

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == ',') {
            cells.emplace_back();
        } else if (c != '\r' && c != ' ') {
            cells.back() += c;
        }
    }
    return cells;
}

}  // namespace

DiurnalProfile::DiurnalProfile(const Hours& hours) : hours_(hours) {
    for (const double p : hours_)
        JIAHE_CHECK(p >= 0, "a profile has no negative hour");
    if (total(hours_) <= 0) hours_.fill(1);
    sum_ = total(hours_);
    // Over hour h the demand runs from the mean with the hour before to the mean with the one
    // after, through the centre: volume = (p[h-1] + 6 p[h] + p[h+1]) / 8.
    double so_far = 0;
    for (std::size_t h = 0; h < 24; ++h) {
        cumulative_[h] = so_far;
        so_far += (hours_[(h + 23) % 24] + 6 * hours_[h] + hours_[(h + 1) % 24]) / 8;
    }
}

DiurnalProfile DiurnalProfile::smooth(int peak_hour, double sum) {
    JIAHE_CHECK(sum > 24 * kNightFloor && sum < 24 && peak_hour >= 0 && peak_hour < 24,
                "no smooth profile of this sum and peak");
    double flat = 0, sharp = 1000;  // the sum falls with the sharpness
    for (int i = 0; i < 200; ++i) {
        const double middle = (flat + sharp) / 2;
        (total(bell(peak_hour, middle)) > sum ? flat : sharp) = middle;
    }
    return DiurnalProfile(bell(peak_hour, (flat + sharp) / 2));
}

double DiurnalProfile::at(SimTime time_of_day) const {
    const double hour = (time_of_day.seconds() / 3600) - 0.5;
    const double floor = std::floor(hour);
    const auto before = static_cast<std::size_t>((static_cast<int>(floor) % 24 + 24) % 24);
    const double part = hour - floor;
    return hours_[before] * (1 - part) + hours_[(before + 1) % 24] * part;
}

std::int64_t DiurnalProfile::share_until(SimTime time) const {
    const std::int64_t days = time.us / kDay.us;
    const SimTime within{time.us % kDay.us};
    const auto h = static_cast<std::size_t>(within.us / jiahe::hours(1).us);
    const double part = SimTime{within.us % jiahe::hours(1).us}.seconds() / 3600;
    const double here = hours_[h];
    const double start = (hours_[(h + 23) % 24] + here) / 2;
    const double end = (here + hours_[(h + 1) % 24]) / 2;
    // Trapezoids before and after the hour's centre.
    const double first = std::min(part, 0.5);
    const double second = part - first;
    const double volume = cumulative_[h] + first * (start + (here - start) * first) +
                          second * (here + (end - here) * second);
    constexpr std::int64_t kOne = std::int64_t{1} << kShareBits;
    const auto share = static_cast<std::int64_t>(volume / sum_ * static_cast<double>(kOne));
    return days * kOne + std::clamp<std::int64_t>(share, 0, kOne);
}

std::int64_t bytes_between(std::int64_t bytes_per_day, std::int64_t share_from,
                           std::int64_t share_until) {
    const auto upto = [&](std::int64_t share) {
        return static_cast<std::int64_t>((Wide{bytes_per_day} * share) >> kShareBits);
    };
    return upto(share_until) - upto(share_from);
}

LandUseProfiles default_profiles() {
    return {DiurnalProfile::smooth(21, 13.72), DiurnalProfile::smooth(11, 12.09),
            DiurnalProfile::smooth(7, 9.97), DiurnalProfile::smooth(17, 13.96)};
}

LandUseProfiles load_profiles(const std::filesystem::path& file) {
    static constexpr std::array<const char*, kLandUseCount> kColumns = {
        "residential", "office", "transport", "entertainment"};
    std::ifstream in(file);
    std::string line;
    if (!in || !std::getline(in, line)) refuse(file, 1, "the file cannot be read or is empty");
    const std::vector<std::string> header = split(line);
    std::array<std::size_t, kLandUseCount> column{};
    for (std::size_t u = 0; u < kLandUseCount; ++u) {
        const auto found = std::find(header.begin(), header.end(), kColumns[u]);
        if (found == header.end()) refuse(file, 1, fmt::format("no column '{}'", kColumns[u]));
        column[u] = static_cast<std::size_t>(found - header.begin());
    }
    std::array<DiurnalProfile::Hours, kLandUseCount> hours{};
    int row = 0;
    for (; row < 24 && std::getline(in, line); ++row) {
        const std::vector<std::string> cells = split(line);
        for (std::size_t u = 0; u < kLandUseCount; ++u) {
            const std::string cell = column[u] < cells.size() ? cells[column[u]] : "";
            double value = 0;
            const auto end = cell.data() + cell.size();
            const auto [stop, fault] = std::from_chars(cell.data(), end, value);
            if (fault != std::errc{} || stop != end || !(value >= 0) || value > 1e6) {
                refuse(file, row + 2,
                       fmt::format("'{}' is no load in column '{}'", cell, kColumns[u]));
            }
            hours[u][static_cast<std::size_t>(row)] = value;
        }
    }
    if (row < 24) refuse(file, row + 1, fmt::format("{} rows, expected 24", row));
    LandUseProfiles profiles;
    for (std::size_t u = 0; u < kLandUseCount; ++u)
        profiles[u] = DiurnalProfile(hours[u]);
    return profiles;
}

}  // namespace jiahe::telecom
