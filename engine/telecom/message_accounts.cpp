#include "telecom/message_accounts.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "telecom/latency_bins.h"
#include "telecom/queueing.h"

namespace jiahe::telecom {
namespace {

// Above this load M/M/c's mean wait gives way to the backlog, which grows without bound.
constexpr double kBusiestFormula = 0.99;

}  // namespace

SimTime message_latency(const TelecomNetwork& network, const TelecomOptions& options,
                        const TelecomRows& rows, std::uint32_t site, std::int64_t bytes) {
    const std::uint32_t metro = network.metro_of_domain(network.domain_of_site(site));
    const std::uint32_t centre = network.data_centre_of_metro(metro);
    return transfer_time(options.start_up, network.latency_s(site), bytes,
                         rows.site[site].up_share_bps) +
           SimTime{rows.centre[centre].delay_us};
}

void count_delivery(TelecomRows& rows, std::uint32_t domain, ServiceClass service,
                    std::int64_t count, std::int64_t latency_us) {
    const std::size_t row = domain * kServiceClassCount + static_cast<std::size_t>(service);
    ClassState& figures = rows.service[row];
    figures.delivered_messages += count;
    figures.latency_sum_us += count * latency_us;
    figures.latency_max_us = std::max(figures.latency_max_us, latency_us);
    rows.latency[row * kLatencyBinCount + latency_bin(latency_us)] +=
        static_cast<std::uint32_t>(count);
}

void serve_centres(const TelecomNetwork& network, const TelecomOptions& options, TelecomRows& rows,
                   SimTime from, SimTime now) {
    const ServerOptions& server = options.server;
    const double period_s = (now - from).seconds();
    std::vector<std::int64_t> requests(rows.centre.size(), 0);
    for (std::uint32_t d = 0; d < rows.domain.size(); ++d) {
        requests[network.data_centre_of_metro(network.metro_of_domain(d))] +=
            rows.domain[d].requests;
        rows.domain[d].requests = 0;
    }
    for (std::size_t c = 0; c < rows.centre.size(); ++c) {
        CentreState& state = rows.centre[c];
        const double per_s = static_cast<double>(requests[c]) / period_s;
        state.requests += requests[c];
        if (server.model == ServerModel::kLimited) {
            const QueueFigures figures =
                mmck(server.cores, server.places, per_s, server.service.seconds());
            const double refused =
                state.refused_part + static_cast<double>(requests[c]) * figures.loss;
            state.refused += static_cast<std::int64_t>(refused);
            state.refused_part = refused - std::floor(refused);
            state.delay_us = ceil_seconds(figures.sojourn_s).us;
            continue;
        }
        state.work_backlog_us =
            std::max<std::int64_t>(0, state.work_backlog_us + requests[c] * server.service.us -
                                          server.cores * (now.us - from.us));
        state.busiest_backlog_us = std::max(state.busiest_backlog_us, state.work_backlog_us);
        const double most_per_s = kBusiestFormula * server.cores / server.service.seconds();
        const double wait_s =
            mmc_wait_s(server.cores, std::min(per_s, most_per_s), server.service.seconds());
        state.delay_us =
            server.service.us + ceil_seconds(wait_s).us + state.work_backlog_us / server.cores;
    }
}

}  // namespace jiahe::telecom
