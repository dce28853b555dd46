#include "geo/china_datum.h"

#include <cmath>
#include <numbers>

namespace jiahe {

namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kAxis_m = 6378245.0;  // Krasovsky 1940, semi-major axis
constexpr double kEccentricity2 = 0.00669342162296594323;
constexpr double kBaiduPi = kPi * 3000.0 / 180.0;
constexpr double kAccuracy_deg = 1e-9;
constexpr int kMaxRounds = 30;

bool is_offset_there(LonLat p) {
    return p.lon_deg >= 72.004 && p.lon_deg <= 137.8347 && p.lat_deg >= 0.8293 &&
           p.lat_deg <= 55.8271;
}

double waves(double x) {
    return (20.0 * std::sin(6.0 * x * kPi) + 20.0 * std::sin(2.0 * x * kPi)) * 2.0 / 3.0;
}

double offset_north_m(double x, double y) {
    return -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x)) +
           waves(x) + (20.0 * std::sin(y * kPi) + 40.0 * std::sin(y / 3.0 * kPi)) * 2.0 / 3.0 +
           (160.0 * std::sin(y / 12.0 * kPi) + 320.0 * std::sin(y * kPi / 30.0)) * 2.0 / 3.0;
}

double offset_east_m(double x, double y) {
    return 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x)) +
           waves(x) + (20.0 * std::sin(x * kPi) + 40.0 * std::sin(x / 3.0 * kPi)) * 2.0 / 3.0 +
           (150.0 * std::sin(x / 12.0 * kPi) + 300.0 * std::sin(x / 30.0 * kPi)) * 2.0 / 3.0;
}

// Solves forward(x) = target by x += target - forward(x).
template <class Forward>
LonLat invert(LonLat target, const Forward& forward) {
    LonLat guess = target;
    for (int round = 0; round < kMaxRounds; ++round) {
        const LonLat image = forward(guess);
        const double off_lon = target.lon_deg - image.lon_deg;
        const double off_lat = target.lat_deg - image.lat_deg;
        guess = {guess.lon_deg + off_lon, guess.lat_deg + off_lat};
        if (std::abs(off_lon) < kAccuracy_deg && std::abs(off_lat) < kAccuracy_deg) break;
    }
    return guess;
}

}  // namespace

LonLat wgs84_to_gcj02(LonLat wgs84) {
    if (!is_offset_there(wgs84)) return wgs84;
    const double x = wgs84.lon_deg - 105.0;
    const double y = wgs84.lat_deg - 35.0;
    const double lat_rad = wgs84.lat_deg / 180.0 * kPi;
    const double curvature = 1.0 - kEccentricity2 * std::sin(lat_rad) * std::sin(lat_rad);
    const double root = std::sqrt(curvature);
    const double north_deg = offset_north_m(x, y) * 180.0 /
                             (kAxis_m * (1.0 - kEccentricity2) / (curvature * root) * kPi);
    const double east_deg =
        offset_east_m(x, y) * 180.0 / (kAxis_m / root * std::cos(lat_rad) * kPi);
    return {wgs84.lon_deg + east_deg, wgs84.lat_deg + north_deg};
}

LonLat gcj02_to_wgs84(LonLat gcj02) {
    return is_offset_there(gcj02) ? invert(gcj02, wgs84_to_gcj02) : gcj02;
}

LonLat gcj02_to_bd09(LonLat gcj02) {
    const double radius =
        std::hypot(gcj02.lon_deg, gcj02.lat_deg) + 0.00002 * std::sin(gcj02.lat_deg * kBaiduPi);
    const double angle =
        std::atan2(gcj02.lat_deg, gcj02.lon_deg) + 0.000003 * std::cos(gcj02.lon_deg * kBaiduPi);
    return {radius * std::cos(angle) + 0.0065, radius * std::sin(angle) + 0.006};
}

LonLat bd09_to_gcj02(LonLat bd09) {
    return invert(bd09, gcj02_to_bd09);
}

LonLat to_wgs84(LonLat position, Datum datum) {
    switch (datum) {
        case Datum::kWgs84:
            return position;
        case Datum::kGcj02:
            return gcj02_to_wgs84(position);
        case Datum::kBd09:
            return gcj02_to_wgs84(bd09_to_gcj02(position));
    }
    return position;
}

LonLat from_wgs84(LonLat position, Datum datum) {
    switch (datum) {
        case Datum::kWgs84:
            return position;
        case Datum::kGcj02:
            return wgs84_to_gcj02(position);
        case Datum::kBd09:
            return gcj02_to_bd09(wgs84_to_gcj02(position));
    }
    return position;
}

}  // namespace jiahe
