// Messages as they are counted: latency on the way, deliveries by class, requests at the servers.
//
// A message takes the start-up delay of its path, its bytes at the share last published, and the
// sojourn that its data centre last published. At each epoch the centres take in the period's
// requests: M/M/c with a backlog that tells overload truly, or M/M/c/K with refusals.
// Functions on the system's rows (telecom_state.h); a domain's owner calls the first two between
// epochs, serve_centres() runs at epochs alone. Units: us, bytes.
#pragma once

#include "telecom/telecom_options.h"
#include "telecom/telecom_state.h"

namespace jiahe::telecom {

inline constexpr std::int64_t kReplyBytes = 1000;  // of the published reply time

// Latency of one message of `bytes` from the site now, network and server.
SimTime message_latency(const TelecomNetwork& network, const TelecomOptions& options,
                        const TelecomRows& rows, std::uint32_t site, std::int64_t bytes);
// Counts delivered messages of one latency in the domain's figures.
void count_delivery(TelecomRows& rows, std::uint32_t domain, ServiceClass service,
                    std::int64_t count, std::int64_t latency_us);
// Requests of the period [from, now) go through the data centres' servers.
void serve_centres(const TelecomNetwork& network, const TelecomOptions& options, TelecomRows& rows,
                   SimTime from, SimTime now);

}  // namespace jiahe::telecom
