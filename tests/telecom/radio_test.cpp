#include "telecom/radio.h"

#include <cmath>

#include "telecom/max_min.h"

using namespace jiahe::telecom;

namespace {
constexpr auto kMacro = RadioEnvironment::kUrbanMacro;
constexpr auto kMicro = RadioEnvironment::kUrbanMicro;
}  // namespace

TEST_CASE("path loss of TR 38.901 at 100, 300, 500 and 1000 m") {
    struct Row {
        RadioEnvironment environment;
        double ghz;
        double nlos[4], los[4];
        double breakpoint;
    };
    const Row rows[] = {
        {kMacro, 2.6, {100.456, 118.697, 127.334, 139.084}, {80.556, 90.825, 97.121, 109.148}, 416},
        {kMacro, 3.5, {103.038, 121.279, 129.916, 141.666}, {83.138, 93.407, 98.269, 109.412}, 560},
        {kMicro,
         3.5,
         {104.644, 121.437, 129.265, 139.889},
         {85.314, 98.244, 107.114, 119.153},
         210},
    };
    const double distance[] = {100, 300, 500, 1000};
    for (const Row& row : rows) {
        CHECK(std::abs(breakpoint_m(row.environment, row.ghz) - row.breakpoint) < 0.5);
        for (int i = 0; i < 4; ++i) {
            CHECK(std::abs(path_loss_nlos_db(row.environment, distance[i], row.ghz) - row.nlos[i]) <
                  0.0006);
            CHECK(std::abs(path_loss_los_db(row.environment, distance[i], row.ghz) - row.los[i]) <
                  0.0006);
        }
    }
}

TEST_CASE("probability of line of sight at 50, 100, 200 and 500 m") {
    const double distance[] = {50, 100, 200, 500};
    const double macro[] = {.6494, .3477, .1280, .0363}, micro[] = {.5196, .2310, .0935, .0360};
    for (int i = 0; i < 4; ++i) {
        CHECK(std::abs(line_of_sight_probability(kMacro, distance[i]) - macro[i]) < 0.00006);
        CHECK(std::abs(line_of_sight_probability(kMicro, distance[i]) - micro[i]) < 0.00006);
    }
    CHECK(line_of_sight_probability(kMacro, 18) == 1);
}

TEST_CASE("truncated Shannon from -10 to 20 dB, both ways") {
    const double db[] = {-10, -5, 0, 5, 10, 15, 20};
    const double down[] = {.0825, .2378, .6, 1.2344, 2.0757, 3.0167, 3.9949};
    const double up[] = {.0550, .1586, .4, .8229, 1.3838, 2.0, 2.0};
    for (int i = 0; i < 7; ++i) {
        CHECK(std::abs(spectral_efficiency(Direction::kDown, db[i]) - down[i]) < 0.00006);
        CHECK(std::abs(spectral_efficiency(Direction::kUp, db[i]) - up[i]) < 0.00006);
    }
    CHECK(spectral_efficiency(Direction::kDown, -10.01) == 0);
    CHECK(spectral_efficiency(Direction::kDown, 22.06) == 4.4);
    CHECK(spectral_efficiency(Direction::kDown, 22.03) < 4.4);
}

TEST_CASE("the link budget at 300 m, UMa 2.6 GHz without line of sight, 20 MHz: 35.292 dB") {
    // 46 dBm + 16 dBi - 118.697 dB + 91.990 dBm of noise = 35.292 dB.
    CHECK(std::abs(noise_dbm(20e6, 9) + 91.99) < 0.005);
    CHECK(std::abs(noise_dbm(100e6, 9) + 85.00) < 0.005);
    const double snr = 46 + 16 - path_loss_nlos_db(kMacro, 300, 2.6) - noise_dbm(20e6, 9);
    CHECK(std::abs(snr - 35.292) < 0.002);
    CHECK(std::abs(decibel(from_decibel(snr)) - snr) < 1e-12);
}

TEST_CASE("users share time: efficiencies 4 and 1 on 20 MHz get 40 and 10 Mbit/s") {
    const std::vector<AirtimeUser> users = {{4, kNoCap}, {1, kNoCap}};
    const auto tau = share_airtime(users, 20e6);
    CHECK(tau[0] * 4 * 20e6 == doctest::Approx(40e6));
    CHECK(tau[1] * 1 * 20e6 == doctest::Approx(10e6));
    // n backlogged users together: B * mean(eta) = 20e6 * 2.5.
    CHECK(tau[0] * 4 * 20e6 + tau[1] * 20e6 == doctest::Approx(50e6));
}

TEST_CASE("airtime that a capped user leaves goes to the other: tau .125 and .875, 10 and 17.5") {
    const std::vector<AirtimeUser> users = {{4, 10e6}, {1, kNoCap}};
    const auto tau = share_airtime(users, 20e6);
    CHECK(tau[0] == doctest::Approx(.125));
    CHECK(tau[1] == doctest::Approx(.875));
    CHECK(tau[1] * 20e6 == doctest::Approx(17.5e6));
}
