// The hub's queues in closed form: what its docks, induction lanes, loop and exceptions sustain.
//
// Pure functions without state, for dimensioning, reports and as oracles of the event-driven hub.
// Units: s, items/s, m. Formulae: Erlang C for c servers; Pollaczek-Khinchine with deterministic
// service for a lane; on the loop a carrier passes a point every pitch / speed, and a share q of
// items blocked at their chute keeps their carriers for another round.
// Source: logistics sheet, section 2.
#pragma once

#include <span>

namespace jiahe::logistics {

// Probability to wait with c servers at offered load a = lambda * service (Erlang C). 1 if a >= c.
double erlang_c(int servers, double offered_load);
// Mean wait in an M/M/c queue; infinity where it is not stable.
double mmc_wait_s(int servers, double arrivals_per_s, double service_s);
// Mean wait over service in an M/D/1 queue at utilisation rho < 1.
double md1_wait_over_service(double rho);

// Last out and mean sojourn of n items that are all there at time 0, one server.
struct BatchSojourn {
    double last_out_s = 0;
    double mean_s = 0;
};
BatchSojourn batch_sojourn(int items, double rate_per_s);

struct LoopSpec {
    double length_m = 200;
    double speed_mps = 3;
    double carrier_pitch_m = 0.6;
};
double loop_round_s(const LoopSpec& loop);
double carrier_flow_per_s(const LoopSpec& loop);
// Items/s that may be inducted for ever when each pass is blocked with probability q < 1.
double sustainable_input_per_s(const LoopSpec& loop, double blocked_per_pass);
double mean_passes(double blocked_per_pass);

// Hours of work that exceptions cost.
double exception_work_h(double items, double exception_share, double service_mean_s);

}  // namespace jiahe::logistics
