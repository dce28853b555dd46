#include "telecom/telecom_summary.h"

#include <algorithm>

#include "telecom/latency_bins.h"

namespace jiahe::telecom {
namespace {

double share_of(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

void add_fluids(const TelecomSystem& telecom, std::uint32_t site, TelecomSummary& summary) {
    const TelecomRows& rows = telecom.rows();
    const std::size_t slots =
        site < telecom.network().cell_count() ? kCellSlotCount : kWiredSlotCount;
    for (std::size_t k = 0; k < slots; ++k) {
        const FluidState& fluid = rows.fluid[rows.site[site].first_fluid + k];
        ClassSummary& s = summary.service[static_cast<std::size_t>(kFluidSlots[k].service)];
        s.offered_bytes += fluid.offered_bytes;
        s.delivered_bytes += fluid.delivered_bytes;
        s.dropped_bytes += fluid.dropped_bytes;
        s.queued_bytes += fluid.queued_bytes;
        s.queued_messages += fluid.open.count;
        if (!kFluidSlots[k].has_ring) continue;
        const std::size_t ring = (site * kRingsPerSite + k) * kRingBatches;
        for (std::size_t b = 0; b < kRingBatches; ++b)
            s.queued_messages += rows.batch[ring + b].count;
    }
}

void add_messages(const TelecomSystem& telecom, ServiceClass service, ClassSummary& s) {
    const TelecomRows& rows = telecom.rows();
    std::vector<std::uint64_t> bins(kLatencyBinCount, 0);
    std::int64_t latency_us = 0, longest_us = 0;
    for (std::size_t d = 0; d < telecom.network().domain_count(); ++d) {
        const std::size_t row = d * kServiceClassCount + static_cast<std::size_t>(service);
        const ClassState& figures = rows.service[row];
        s.sent_messages += figures.sent_messages;
        s.delivered_messages += figures.delivered_messages;
        s.dropped_messages += figures.dropped_messages;
        latency_us += figures.latency_sum_us;
        longest_us = std::max(longest_us, figures.latency_max_us);
        for (std::size_t b = 0; b < kLatencyBinCount; ++b) {
            bins[b] += rows.latency[row * kLatencyBinCount + b];
        }
    }
    s.mean_latency_s = share_of(latency_us, s.delivered_messages) * 1e-6;
    s.p99_latency_s = static_cast<double>(latency_quantile_us(bins, 0.99)) * 1e-6;
    s.max_latency_s = static_cast<double>(longest_us) * 1e-6;
}

// Over all bins that had a radio epoch.
void add_loads(const TelecomSystem& telecom, TelecomSummary& summary) {
    double epochs = 0;
    for (std::size_t b = 0; b < telecom.bin_count(); ++b) {
        const auto weight = static_cast<double>(telecom.rows().bin_epochs[b]);
        if (weight == 0) continue;
        double sum = 0;
        for (std::uint32_t c = 0; c < telecom.network().cell_count(); ++c) {
            const double load = telecom.mean_load(c, b);
            summary.busiest_cell_load = std::max(summary.busiest_cell_load, load);
            sum += load;
        }
        summary.mean_cell_load += weight * sum;
        epochs += weight * static_cast<double>(telecom.network().cell_count());
    }
    if (epochs > 0) summary.mean_cell_load /= epochs;
}

void add_links(const TelecomSystem& telecom, TelecomSummary& summary) {
    const TelecomNetwork& network = telecom.network();
    const auto carried = [&](std::uint32_t link) {
        const LinkState& state = telecom.rows().link[link];
        return state.carried_up_bytes + state.carried_down_bytes;
    };
    for (std::size_t s = 0; s < network.site_count(); ++s) {
        summary.access_bytes += carried(network.access_link(s));
    }
    for (std::size_t d = 0; d < network.domain_count(); ++d) {
        summary.trunk_bytes += carried(network.aggregation_link(d));
    }
}

}  // namespace

double outage_s(const TelecomSystem& telecom, std::uint32_t site, SimTime now) {
    const SiteState& state = telecom.rows().site[site];
    const std::int64_t open_us = state.reachable == 0 ? now.us - state.changed_us : 0;
    return static_cast<double>(state.outage_us + open_us) * 1e-6;
}

TelecomSummary summarise(const TelecomSystem& telecom, SimTime now) {
    TelecomSummary summary;
    const TelecomRows& rows = telecom.rows();
    for (std::uint32_t site = 0; site < telecom.network().site_count(); ++site) {
        add_fluids(telecom, site, summary);
        summary.outage_minutes += outage_s(telecom, site, now) / 60;
        summary.contacts_lost += rows.site[site].lost_count;
    }
    for (std::size_t c = 0; c < kServiceClassCount; ++c) {
        ClassSummary& s = summary.service[c];
        add_messages(telecom, static_cast<ServiceClass>(c), s);
        s.lost_share = share_of(s.dropped_bytes, s.offered_bytes);
        summary.offered_bytes += s.offered_bytes;
        summary.delivered_bytes += s.delivered_bytes;
        summary.dropped_bytes += s.dropped_bytes;
        summary.queued_bytes += s.queued_bytes;
    }
    summary.unserved_share =
        share_of(summary.dropped_bytes + summary.queued_bytes, summary.offered_bytes);
    add_loads(telecom, summary);
    for (const CentreState& centre : rows.centre) {
        summary.requests += centre.requests;
        summary.refused_requests += centre.refused;
        summary.server_delay_s =
            std::max(summary.server_delay_s, static_cast<double>(centre.delay_us) * 1e-6);
        summary.busiest_server_backlog_s =
            std::max(summary.busiest_server_backlog_s,
                     static_cast<double>(centre.busiest_backlog_us) * 1e-6);
    }
    add_links(telecom, summary);
    return summary;
}

std::vector<TelecomAudit> audit(const TelecomSummary& summary) {
    std::vector<TelecomAudit> audits;
    for (std::size_t c = 0; c < kServiceClassCount; ++c) {
        const ClassSummary& s = summary.service[c];
        const std::string name(service_class_name(static_cast<ServiceClass>(c)));
        audits.push_back({name + ".bytes", "offered = delivered + dropped + queued",
                          s.offered_bytes, s.delivered_bytes + s.dropped_bytes + s.queued_bytes});
        if (!is_message_class(static_cast<ServiceClass>(c))) continue;
        audits.push_back({name + ".messages", "sent = delivered + dropped + queued",
                          s.sent_messages,
                          s.delivered_messages + s.dropped_messages + s.queued_messages});
    }
    audits.push_back({"access", "delivered bytes = bytes carried by access links",
                      summary.delivered_bytes, summary.access_bytes});
    audits.push_back({"trunk", "delivered bytes = bytes carried by aggregation links",
                      summary.delivered_bytes, summary.trunk_bytes});
    return audits;
}

}  // namespace jiahe::telecom
