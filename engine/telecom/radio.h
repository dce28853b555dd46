// Radio: path loss, line of sight, spectral efficiency and the sharing of airtime.
//
// Path loss of 3GPP TR 38.901 table 7.4.1-1 for urban macro (UMa, base station at 25 m) and urban
// micro (UMi, 10 m), terminals at 1.5 m; probability of line of sight of its table 7.4.2-1
// (outdoor, terminal below 13 m). Rate by truncated Shannon, eta = min(eta_max, alpha log2(1 +
// SINR)), 0 below -10 dB (TR 36.942 annex A.2). Users share time: x_i = tau_i eta_i B, max-min on
// tau.
//
// Pure functions; units m, GHz, dB, Hz, bit/s/Hz. Results reach simulated time, so they use
// portable_math.h. Valid for 10 m <= d <= 5 km; shorter distances count as 10 m.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jiahe::telecom {

enum class RadioEnvironment : std::uint8_t { kUrbanMacro, kUrbanMicro };
enum class Direction : std::uint8_t { kUp, kDown };

inline constexpr double kTerminalHeight_m = 1.5;
inline constexpr double kMacroHeight_m = 25;
inline constexpr double kMicroHeight_m = 10;

double breakpoint_m(RadioEnvironment environment, double frequency_ghz);
double path_loss_los_db(RadioEnvironment environment, double distance_m, double frequency_ghz);
double path_loss_nlos_db(RadioEnvironment environment, double distance_m, double frequency_ghz);
double line_of_sight_probability(RadioEnvironment environment, double distance_m);
// Mean of both states in dB, weighted by the probability of line of sight.
double path_loss_mean_db(RadioEnvironment environment, double distance_m, double frequency_ghz);

// Thermal noise -174 dBm/Hz over the band plus the receiver's noise figure.
double noise_dbm(double bandwidth_hz, double noise_figure_db);
double decibel(double ratio);
double from_decibel(double db);

// bit/s/Hz of one layer; of a ratio in dB, and of the ratio itself.
double spectral_efficiency(Direction direction, double sinr_db);
double spectral_efficiency_of_ratio(Direction direction, double sinr);

// What base stations and terminals radiate. All A (assumptions) but the thermal noise.
struct RadioBudget {
    double station_power_dbm = 46;
    double station_gain_db = 16;
    double terminal_power_dbm = 23;
    double terminal_noise_figure_db = 9;
    double station_noise_figure_db = 5;
    double uplink_rise_over_noise_db = 6;  // interference of other cells' terminals
    bool operator==(const RadioBudget&) const = default;
};

struct AirtimeUser {
    double efficiency = 0;  // bit/s/Hz
    double cap_bps = 0;     // demand; kNoCap where there is none
};
// Max-min on the airtime fractions, caps applied. Returns tau of each user; the sum is <= 1.
std::vector<double> share_airtime(std::span<const AirtimeUser> users, double bandwidth_hz);

}  // namespace jiahe::telecom
