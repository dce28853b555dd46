// What the telecom system reports at the end: figures and conservation by service class.
//
// Pure functions of the state while the simulator stands still. Message classes have latencies; of
// fluids the unserved share tells. Units in the names.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "telecom/telecom_system.h"

namespace jiahe::telecom {

struct ClassSummary {
    std::int64_t offered_bytes = 0, delivered_bytes = 0, dropped_bytes = 0, queued_bytes = 0;
    std::int64_t sent_messages = 0, delivered_messages = 0, dropped_messages = 0,
                 queued_messages = 0;
    double mean_latency_s = 0, p99_latency_s = 0, max_latency_s = 0;
    double lost_share = 0;  // dropped bytes of those offered
};

struct TelecomSummary {
    std::array<ClassSummary, kServiceClassCount> service;
    std::int64_t offered_bytes = 0, delivered_bytes = 0, dropped_bytes = 0, queued_bytes = 0;
    double unserved_share = 0;       // dropped or still queued bytes of those offered
    double outage_minutes = 0;       // summed over sites without a way to their data centre
    std::int64_t contacts_lost = 0;  // told losses
    double busiest_cell_load = 0;    // of a cell in a bin of results, mean over its radio epochs
    double mean_cell_load = 0;       // of all cells, whole run
    std::int64_t requests = 0, refused_requests = 0;
    double server_delay_s = 0;            // largest of the data centres, as last published
    double busiest_server_backlog_s = 0;  // core-seconds
    // Upwards and downwards bytes counted on access links, and on trunks; both equal
    // delivered_bytes.
    std::int64_t access_bytes = 0, trunk_bytes = 0;
};

// `now`: the simulator's time, which closes outages under way.
TelecomSummary summarise(const TelecomSystem& telecom, SimTime now);

// Every sum that must balance: name, left side, right side.
struct TelecomAudit {
    std::string name;
    std::string claim;
    std::int64_t left = 0, right = 0;
    bool balances() const { return left == right; }
};
std::vector<TelecomAudit> audit(const TelecomSummary& summary);

// Seconds without a way to the data centre, of one site.
double outage_s(const TelecomSystem& telecom, std::uint32_t site, SimTime now);

}  // namespace jiahe::telecom
