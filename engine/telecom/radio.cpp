#include "telecom/radio.h"

#include <algorithm>
#include <cmath>

#include "base/portable_math.h"
#include "telecom/max_min.h"

namespace jiahe::telecom {
namespace {

constexpr double kLog10OfE = 0.43429448190325182765;
constexpr double kLog2OfE = 1.44269504088896340736;
constexpr double kLightSpeed_mps = 3e8;  // as TR 38.901 rounds it
constexpr double kShortest_m = 10;
constexpr double kLeastRatio = 0.1;  // -10 dB

double lg(double x) {
    return kLog10OfE * portable_log(x);
}

double station_height_m(RadioEnvironment environment) {
    return environment == RadioEnvironment::kUrbanMacro ? kMacroHeight_m : kMicroHeight_m;
}

double slant_m(RadioEnvironment environment, double distance_m) {
    const double rise = station_height_m(environment) - kTerminalHeight_m;
    return std::sqrt(distance_m * distance_m + rise * rise);
}

double truncated_shannon(Direction direction, double sinr) {
    const double alpha = direction == Direction::kDown ? 0.6 : 0.4;
    const double highest = direction == Direction::kDown ? 4.4 : 2.0;
    return std::min(highest, alpha * kLog2OfE * portable_log1p(sinr));
}

}  // namespace

double breakpoint_m(RadioEnvironment environment, double frequency_ghz) {
    return 4 * (station_height_m(environment) - 1) * (kTerminalHeight_m - 1) * frequency_ghz * 1e9 /
           kLightSpeed_mps;
}

double path_loss_los_db(RadioEnvironment environment, double distance_m, double frequency_ghz) {
    const double d = std::max(distance_m, kShortest_m);
    const double slant = slant_m(environment, d);
    const double rise = station_height_m(environment) - kTerminalHeight_m;
    const double bp = breakpoint_m(environment, frequency_ghz);
    const double f = 20 * lg(frequency_ghz);
    const double bend = lg(bp * bp + rise * rise);
    if (environment == RadioEnvironment::kUrbanMacro) {
        return d <= bp ? 28 + 22 * lg(slant) + f : 28 + 40 * lg(slant) + f - 9 * bend;
    }
    return d <= bp ? 32.4 + 21 * lg(slant) + f : 32.4 + 40 * lg(slant) + f - 9.5 * bend;
}

double path_loss_nlos_db(RadioEnvironment environment, double distance_m, double frequency_ghz) {
    const double d = std::max(distance_m, kShortest_m);
    const double slant = slant_m(environment, d);
    const double low = kTerminalHeight_m - 1.5;
    const double nlos = environment == RadioEnvironment::kUrbanMacro
                            ? 13.54 + 39.08 * lg(slant) + 20 * lg(frequency_ghz) - 0.6 * low
                            : 22.4 + 35.3 * lg(slant) + 21.3 * lg(frequency_ghz) - 0.3 * low;
    return std::max(path_loss_los_db(environment, d, frequency_ghz), nlos);
}

double line_of_sight_probability(RadioEnvironment environment, double distance_m) {
    if (distance_m <= 18) return 1;
    const double decay_m = environment == RadioEnvironment::kUrbanMacro ? 63 : 36;
    const double near = 18 / distance_m;
    return near + portable_exp(-distance_m / decay_m) * (1 - near);
}

double path_loss_mean_db(RadioEnvironment environment, double distance_m, double frequency_ghz) {
    const double p = line_of_sight_probability(environment, distance_m);
    return p * path_loss_los_db(environment, distance_m, frequency_ghz) +
           (1 - p) * path_loss_nlos_db(environment, distance_m, frequency_ghz);
}

double noise_dbm(double bandwidth_hz, double noise_figure_db) {
    return -174 + 10 * lg(bandwidth_hz) + noise_figure_db;
}

double decibel(double ratio) {
    return 10 * lg(ratio);
}
double from_decibel(double db) {
    return portable_exp(db / (10 * kLog10OfE));
}

double spectral_efficiency(Direction direction, double sinr_db) {
    // Compared in dB, so that exactly -10 dB counts.
    return sinr_db < -10 ? 0 : truncated_shannon(direction, from_decibel(sinr_db));
}

double spectral_efficiency_of_ratio(Direction direction, double sinr) {
    return sinr < kLeastRatio ? 0 : truncated_shannon(direction, sinr);
}

std::vector<double> share_airtime(std::span<const AirtimeUser> users, double bandwidth_hz) {
    SharingProblem air;
    const std::uint32_t link = air.add_link(1);
    for (const AirtimeUser& user : users) {
        const double full_bps = user.efficiency * bandwidth_hz;
        const double cap = user.cap_bps >= kNoCap ? kNoCap
                           : full_bps > 0         ? user.cap_bps / full_bps
                                                  : 0;
        air.add_flow({&link, 1}, 1, cap);
    }
    MaxMinSolver solver;
    const auto shares = solver.solve(air);
    return {shares.flow_rate.begin(), shares.flow_rate.end()};
}

}  // namespace jiahe::telecom
