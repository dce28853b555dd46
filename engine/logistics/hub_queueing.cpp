#include "logistics/hub_queueing.h"

#include <limits>

namespace jiahe::logistics {

double erlang_c(int servers, double offered_load) {
    if (offered_load >= servers) return 1;
    double blocked = 1;  // Erlang B by its recursion
    for (int k = 1; k <= servers; ++k)
        blocked = offered_load * blocked / (k + offered_load * blocked);
    const double rho = offered_load / servers;
    return blocked / (1 - rho * (1 - blocked));
}

double mmc_wait_s(int servers, double arrivals_per_s, double service_s) {
    const double load = arrivals_per_s * service_s;
    if (load >= servers) return std::numeric_limits<double>::infinity();
    return erlang_c(servers, load) * service_s / (servers - load);
}

double md1_wait_over_service(double rho) {
    return rho / (2 * (1 - rho));
}

BatchSojourn batch_sojourn(int items, double rate_per_s) {
    return {items / rate_per_s, (items + 1) / (2 * rate_per_s)};
}

double loop_round_s(const LoopSpec& loop) {
    return loop.length_m / loop.speed_mps;
}

double carrier_flow_per_s(const LoopSpec& loop) {
    return loop.speed_mps / loop.carrier_pitch_m;
}

double sustainable_input_per_s(const LoopSpec& loop, double blocked_per_pass) {
    return carrier_flow_per_s(loop) * (1 - blocked_per_pass);
}

double mean_passes(double blocked_per_pass) {
    return 1 / (1 - blocked_per_pass);
}

double exception_work_h(double items, double exception_share, double service_mean_s) {
    return items * exception_share * service_mean_s / 3600;
}

}  // namespace jiahe::logistics
