// Link physics: the kinematic-wave queue with holes for the triangular diagram (traffic sheet,
// section 1; Newell 1993, Yperman's link transmission model).
//
// Pure functions; knows no simulation. From length, free speed, capacity and jam density follow the
// free-flow time L/vf, whole storage N' = max(ceil(N), ceil(p_max)) and the time a hole takes to
// travel back, L/w' = N'/Q - L/vf, so that capacity and free-flow time stay exact.
//
// Units: m, m/s, pcu/h; times in us rounded up; headways in us << 16 (fixed point) per pcu, so that
// k headways differ from k*h by less than a tick. Invariants: 1. free_us, hole_us >= 1;
// 2. storage_mpcu is a whole number of pcu; 3. capacity is lowered where w would exceed w_max.
#pragma once

#include <cstdint>

namespace jiahe::traffic {

inline constexpr int kHeadwayFraction = 16;  // fractional bits of a fixed-point time
inline constexpr double kMilliPcu = 1000;    // storage and counts are in 1/1000 pcu

struct LinkInput {
    double length_m = 0;
    double free_speed_mps = 0;
    double lane_count = 1;
    double capacity_pcuph = 0;               // whole link
    double jam_density_pcu_per_m = 1 / 7.5;  // per lane (C, MATSim 7.5 m a car)
    double wave_speed_max_mps = 25 / 3.6;    // A: w lies in 10-25 km/h
    double pce_max = 1;
};

struct LinkPhysics {
    std::int64_t free_us = 0;       // L / vf
    std::int64_t hole_us = 0;       // L / w'
    std::int64_t storage_mpcu = 0;  // N' * 1000
    std::int64_t headway_fp = 0;    // per pcu, whole link, us << 16
    double capacity_pcuph = 0;      // after the limit by w_max
    double wave_speed_mps = 0;      // w'
};

LinkPhysics derive_link_physics(const LinkInput& input);

// Headway per pcu of a stream of the given capacity, fixed point.
std::int64_t headway_fp(double capacity_pcuph);

// The first whole microsecond not before a fixed-point time.
constexpr std::int64_t ceil_fp(std::int64_t fp) {
    return (fp + (std::int64_t{1} << kHeadwayFraction) - 1) >> kHeadwayFraction;
}

// Fixed-point time of the next passage after one of `pcu_milli` at `now_us`; keeps the remainder of
// a headway that fell due within this very microsecond.
constexpr std::int64_t next_passage_fp(std::int64_t due_fp, std::int64_t now_us,
                                       std::int64_t per_pcu_fp, std::int64_t pcu_milli) {
    const std::int64_t now_fp = now_us << kHeadwayFraction;
    const bool fell_due_now =
        due_fp <= now_fp && now_fp - due_fp < (std::int64_t{1} << kHeadwayFraction);
    return (fell_due_now ? due_fp : now_fp) + per_pcu_fp * pcu_milli / 1000;
}

}  // namespace jiahe::traffic
