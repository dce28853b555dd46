// The rows of the telecom system: PODs without padding, indexed by link, site, fluid, domain or
// centre.
//
// Partition-state lifecycle. Owners: access, radio and aggregation links, sites and their fluids
// belong to the site's domain; metro links and entries to their data centre. At an epoch everything
// stands still and the sharing reads and writes all of them. Units: us, bytes, bit/s.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/state_store.h"
#include "telecom/backlog.h"
#include "telecom/telecom_network.h"

namespace jiahe::telecom {

struct LinkState {
    std::int64_t changed_us = 0;             // last change, or the period's start
    std::int64_t available_permille_us = 0;  // integral of the state over the period so far
    std::uint16_t limit_permille = 1000;
    std::uint16_t failed = 0;
    std::uint32_t unused = 0;
    std::int64_t carried_up_bytes = 0;
    std::int64_t carried_down_bytes = 0;
};

struct SiteState {
    std::int64_t changed_us = 0;  // last change of `reachable`
    std::int64_t lost_us = 0;     // cause of the loss last told
    std::int64_t outage_us = 0;   // closed outages
    std::int64_t reply_us = 0;    // published: 1 kB sent and answered; -1 out of contact
    double up_share_bps = 0;      // published: what one more transfer would get
    double down_share_bps = 0;
    std::uint32_t cause_link = 0;
    std::uint16_t version = 0;   // of the change that a contact check refers to
    std::uint8_t reachable = 1;  // a way to the data centre exists
    std::uint8_t told = 1;       // what listeners know
    std::uint32_t first_fluid = 0;
    std::uint32_t lost_count = 0;
};

// Messages of one class at one site that are delivered and not yet told to listeners.
struct TellState {
    std::int64_t untold = 0, untold_latency_us = 0;    // since the last epoch
    std::int64_t telling = 0, telling_latency_us = 0;  // before it; told 1 s after it
};

// Figures of one class in one domain.
struct ClassState {
    std::int64_t sent_messages = 0;
    std::int64_t delivered_messages = 0;
    std::int64_t dropped_messages = 0;
    std::int64_t latency_sum_us = 0;
    std::int64_t latency_max_us = 0;
};

struct DomainState {
    std::int64_t requests = 0;  // messages for the data centre in the period under way
    std::int64_t flows = 0;     // of sites and classes that had bytes to carry in the last period
    std::int64_t upstream_since_us = 0;
    std::uint32_t upstream = 1;  // the way beyond the aggregation exists, as far as is known
    std::uint32_t upstream_link = 0;
};

struct CentreState {
    std::int64_t work_backlog_us = 0;  // core-microseconds not yet done
    std::int64_t requests = 0;         // since the start
    std::int64_t refused = 0;
    std::int64_t delay_us = 0;  // published: sojourn of a request
    std::int64_t busiest_backlog_us = 0;
    double refused_part = 0;  // carry of the refused share, below 1
};

struct CellState {
    double load = 0;        // published: share of the downlink's airtime in use
    double efficiency = 0;  // bit/s/Hz of one layer, down
    double down_bps = 0;    // capacities until the next radio epoch
    double up_bps = 0;
    std::int64_t period_down_bytes = 0;  // carried since the last radio epoch
    std::int64_t vehicles = 0;
};

// Bytes of a site from the start to the end of an hour of the run.
struct SiteHour {
    std::int64_t offered_bytes = 0;
    std::int64_t delivered_bytes = 0;
    std::int64_t dropped_bytes = 0;
};

// All arrays together, as the system and the sharing see them.
struct TelecomRows {
    kernel::StateArray<LinkState> link;
    kernel::StateArray<SiteState> site;
    kernel::StateArray<FluidState> fluid;
    kernel::StateArray<Batch> batch;            // [site][kRingsPerSite][kRingBatches]
    kernel::StateArray<TellState> tell;         // [site][message class]
    kernel::StateArray<ClassState> service;     // [domain][class]
    kernel::StateArray<std::uint32_t> latency;  // [domain][class][bin]
    kernel::StateArray<DomainState> domain;
    kernel::StateArray<CentreState> centre;
    kernel::StateArray<CellState> cell;
    kernel::StateArray<double> load_sum;             // [bin][cell], one share of airtime an epoch
    kernel::StateArray<std::int64_t> bin_epochs;     // [bin], radio epochs whose period began in it
    kernel::StateArray<SiteHour> hour;               // [hour][site]
    kernel::StateArray<std::int64_t> profile_share;  // [land use], reached at the last epoch
    kernel::StateArray<std::int64_t> closed_hours;   // one row: hours in `hour`

    void allocate(kernel::StateStore& store, const TelecomNetwork& network, std::size_t hours,
                  std::size_t bins);
};

}  // namespace jiahe::telecom
