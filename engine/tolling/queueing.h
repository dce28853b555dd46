// Closed formulas of toll plazas: M/M/K, M/G/K, M/D/1, M/G/1, lane capacity, mixed lanes.
//
// What a planner computes by hand and what the simulated plaza is checked against. Service time E
// is the whole time a vehicle takes from the server: own service plus move-up. Times in s, rates in
// 1/s (vehicles/h where the name says vph), load a = rate * E in erlang. Pure functions; reports
// and tests only, so <cmath> is allowed.
//
// Sources: Erlang C; Pollaczek-Khinchine; M/G/K as M/M/K scaled by (1 + Var/E^2)/2 (Lee and
// Longton 1959; Zhou 2001, toll plazas in Guangdong); first customer of a busy period served
// differently: Welch, Operations Research 12 (1964) 736; mixed lane: Liao and Gu 2010.
// REQUIRES everywhere: a stable queue (load < servers), positive times.
#pragma once

namespace jiahe::tolling {

struct ServiceMoments {
    double mean_s = 0;
    double variance_s2 = 0;
};

// Probability of having to wait in M/M/K, by the stable recursion of Erlang B.
double erlang_c(int servers, double load_erlang);

// Mean number waiting (not in service).
double mmk_queue_length(int servers, double load_erlang);
double mgk_queue_length(int servers, double rate_per_s, ServiceMoments service);

// Mean wait before service begins.
double mmk_wait_s(int servers, double rate_per_s, double mean_s);
double mgk_wait_s(int servers, double rate_per_s, ServiceMoments service);
double mg1_wait_s(double rate_per_s, ServiceMoments service);
double md1_wait_s(double rate_per_s, double service_s);
// One lane where a vehicle that finds the lane empty has the moments `first` (no move-up), all
// others `next` (move-up and service): wait until that move-up begins.
double mg1_first_differs_wait_s(double rate_per_s, ServiceMoments first, ServiceMoments next);

// Cb = 3600 / (TS + k TG); k = share of the move-up that service does not hide (0 to 1).
double lane_capacity_vph(double service_s, double move_up_s, double exposed_share = 1);

// A single server that takes ETC and other vehicles in turn: 3600 / mean headway.
double mixed_lane_capacity_vph(double etc_share, double etc_headway_s, double manual_headway_s);
// The planner's straight line between the pure lanes; an upper bound of the former, never
// simulated.
double mixed_lane_planner_bound_vph(double etc_share, double etc_headway_s,
                                    double manual_headway_s);

}  // namespace jiahe::tolling
