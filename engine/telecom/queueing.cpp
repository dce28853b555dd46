#include "telecom/queueing.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "base/check.h"

namespace jiahe::telecom {

double erlang_b(int servers, double offered_erlang) {
    JIAHE_CHECK(servers >= 1 && offered_erlang >= 0, "Erlang B needs a server and a load");
    double b = 1;
    for (int n = 1; n <= servers; ++n)
        b = offered_erlang * b / (n + offered_erlang * b);
    return b;
}

double erlang_c(int servers, double offered_erlang) {
    const double b = erlang_b(servers, offered_erlang);
    if (offered_erlang >= servers) return 1;
    return servers * b / (servers - offered_erlang * (1 - b));
}

QueueFigures mmck(int servers, int places, double arrivals_per_s, double service_s) {
    JIAHE_CHECK(1 <= servers && servers <= places, "M/M/c/K needs 1 <= c <= K");
    JIAHE_CHECK(arrivals_per_s >= 0 && service_s > 0, "M/M/c/K needs a service time");
    const double a = arrivals_per_s * service_s;
    // Relative weights p_n / p_0, kept within range by dividing by the largest so far.
    double weight = 1, sum = 1, mean = 0;
    for (int n = 1; n <= places; ++n) {
        weight *= a / std::min(n, servers);
        sum += weight;
        mean += n * weight;
        if (weight > 1e200) {
            sum /= weight;
            mean /= weight;
            weight = 1;
        }
    }
    QueueFigures figures;
    figures.loss = weight / sum;
    figures.in_system = mean / sum;
    const double accepted_per_s = arrivals_per_s * (1 - figures.loss);
    figures.sojourn_s = accepted_per_s > 0 ? figures.in_system / accepted_per_s : service_s;
    return figures;
}

double mmc_wait_s(int servers, double arrivals_per_s, double service_s) {
    const double a = arrivals_per_s * service_s;
    if (a >= servers) return std::numeric_limits<double>::infinity();
    return erlang_c(servers, a) * service_s / (servers - a);
}

double mg1_wait_ratio(double rho, double squared_variation) {
    if (rho >= 1) return std::numeric_limits<double>::infinity();
    return rho / (1 - rho) * (1 + squared_variation) / 2;
}

double processor_sharing_sojourn_s(double work_s, double rho) {
    return rho >= 1 ? std::numeric_limits<double>::infinity() : work_s / (1 - rho);
}

SimTime FifoServer::finish(SimTime arrival, SimTime service) {
    free_at_ = std::max(free_at_, arrival) + service;
    return free_at_;
}

SimTime FifoServer::backlog(SimTime now) const {
    return std::max(SimTime{0}, free_at_ - now);
}

}  // namespace jiahe::telecom
