#include "tolling/queueing.h"

#include "base/check.h"

namespace jiahe::tolling {
namespace {

constexpr double kSecondsPerHour = 3600;

double variability(ServiceMoments service) {
    return (1 + service.variance_s2 / (service.mean_s * service.mean_s)) / 2;
}

double second_moment(ServiceMoments service) {
    return service.variance_s2 + service.mean_s * service.mean_s;
}

}  // namespace

double erlang_c(int servers, double load_erlang) {
    JIAHE_CHECK(servers >= 1 && load_erlang >= 0 && load_erlang < servers,
                "a queue needs a server and a load below its servers");
    double blocked = 1;  // Erlang B of 0 servers
    for (int k = 1; k <= servers; ++k) {
        blocked = load_erlang * blocked / (k + load_erlang * blocked);
    }
    const double use = load_erlang / servers;
    return blocked / (1 - use * (1 - blocked));
}

double mmk_queue_length(int servers, double load_erlang) {
    const double use = load_erlang / servers;
    return erlang_c(servers, load_erlang) * use / (1 - use);
}

double mgk_queue_length(int servers, double rate_per_s, ServiceMoments service) {
    return mmk_queue_length(servers, rate_per_s * service.mean_s) * variability(service);
}

double mmk_wait_s(int servers, double rate_per_s, double mean_s) {
    return mmk_queue_length(servers, rate_per_s * mean_s) / rate_per_s;
}

double mgk_wait_s(int servers, double rate_per_s, ServiceMoments service) {
    return mgk_queue_length(servers, rate_per_s, service) / rate_per_s;
}

double mg1_wait_s(double rate_per_s, ServiceMoments service) {
    const double use = rate_per_s * service.mean_s;
    JIAHE_CHECK(use < 1, "an overloaded lane has no mean wait");
    return rate_per_s * second_moment(service) / (2 * (1 - use));
}

double md1_wait_s(double rate_per_s, double service_s) {
    return mg1_wait_s(rate_per_s, {service_s, 0});
}

double mg1_first_differs_wait_s(double rate_per_s, ServiceMoments first, ServiceMoments next) {
    const double use = rate_per_s * next.mean_s;
    JIAHE_CHECK(use < 1, "an overloaded lane has no mean wait");
    const double excess = second_moment(first) - second_moment(next);
    return rate_per_s * second_moment(next) / (2 * (1 - use)) +
           rate_per_s * excess / (2 * (1 - use + rate_per_s * first.mean_s));
}

double lane_capacity_vph(double service_s, double move_up_s, double exposed_share) {
    return kSecondsPerHour / (service_s + exposed_share * move_up_s);
}

double mixed_lane_capacity_vph(double etc_share, double etc_headway_s, double manual_headway_s) {
    return kSecondsPerHour / (etc_share * etc_headway_s + (1 - etc_share) * manual_headway_s);
}

double mixed_lane_planner_bound_vph(double etc_share, double etc_headway_s,
                                    double manual_headway_s) {
    return etc_share * kSecondsPerHour / etc_headway_s +
           (1 - etc_share) * kSecondsPerHour / manual_headway_s;
}

}  // namespace jiahe::tolling
