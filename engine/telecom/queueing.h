// Servers: the classic queues in closed form, and one in time that tells overload truly.
//
// a = lambda/mu (erlang), c servers, K places in all (waiting and in service), rho = a/c. Formulas:
// Erlang B and C by the stable recurrence B(n) = a B(n-1) / (n + a B(n-1)); M/M/c/K by its
// stationary distribution; processor sharing T = x / (C (1 - rho)), for any law of sizes.
// Pure functions but FifoServer, a value whose owner moves it. Units: seconds, or microseconds as
// SimTime. Source: Kleinrock, Queueing Systems I, chapters 3 and 4.
#pragma once

#include <cstdint>

#include "base/sim_time.h"

namespace jiahe::telecom {

// Probability that a call finds all servers taken and is lost. REQUIRES: servers >= 1, a >= 0.
double erlang_b(int servers, double offered_erlang);
// Probability of having to wait; 1 where a >= c.
double erlang_c(int servers, double offered_erlang);

struct QueueFigures {
    double loss = 0;       // share of arrivals refused
    double in_system = 0;  // mean number
    double sojourn_s = 0;  // mean of those accepted
};
// REQUIRES: 1 <= servers <= places, arrivals >= 0, service time > 0.
QueueFigures mmck(int servers, int places, double arrivals_per_s, double service_s);

// Mean wait of M/M/c before service; infinity at rho >= 1.
double mmc_wait_s(int servers, double arrivals_per_s, double service_s);
// Mean wait over mean service in M/G/1 first come, first served (Pollaczek and Khinchine).
double mg1_wait_ratio(double rho, double squared_variation);
// Mean sojourn of a job of the given work (in seconds alone) under processor sharing, one core;
// infinity at rho >= 1.
double processor_sharing_sojourn_s(double work_s, double rho);

// One server, first come first served, without bound: overload shows as ever longer sojourns.
class FifoServer {
  public:
    // When the job that arrives now will be finished. REQUIRES: arrivals do not go back in time.
    SimTime finish(SimTime arrival, SimTime service);
    // Work not yet done at `now`.
    SimTime backlog(SimTime now) const;

  private:
    SimTime free_at_;
};

}  // namespace jiahe::telecom
