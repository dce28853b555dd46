#include "telecom/telecom_system.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "telecom/latency_bins.h"
#include "telecom/message_accounts.h"

namespace jiahe::telecom {
namespace {

constexpr std::size_t kSharingPlan = 0, kRadioPlan = 1;
constexpr std::size_t kDomainsAtOnce = 4;  // of parallel work at an epoch
constexpr double kLoadDamping = 0.5;       // of the new load of a cell

std::vector<PlanePoint> cell_positions(const TelecomNetwork& network) {
    std::vector<PlanePoint> positions;
    for (std::size_t c = 0; c < network.cell_count(); ++c) {
        positions.push_back(network.sites()[c].position);
    }
    return positions;
}

template <class Kind>
std::uint8_t own(Kind kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

void TelecomRows::allocate(kernel::StateStore& store, const TelecomNetwork& network,
                           std::size_t hours, std::size_t bins) {
    const std::size_t sites = network.site_count(), domains = network.domain_count();
    const std::size_t fluids =
        network.cell_count() * kCellSlotCount + (sites - network.cell_count()) * kWiredSlotCount;
    link = store.create<LinkState>("telecom.link", network.link_count());
    site = store.create<SiteState>("telecom.site", sites);
    fluid = store.create<FluidState>("telecom.fluid", fluids);
    batch = store.create<Batch>("telecom.batch", sites * kRingsPerSite * kRingBatches);
    tell = store.create<TellState>("telecom.tell", sites * kMessageClassCount);
    service = store.create<ClassState>("telecom.service", domains * kServiceClassCount);
    latency = store.create<std::uint32_t>("telecom.latency",
                                          domains * kServiceClassCount * kLatencyBinCount);
    domain = store.create<DomainState>("telecom.domain", domains);
    centre = store.create<CentreState>("telecom.centre", network.data_centre_count());
    cell = store.create<CellState>("telecom.cell", network.cell_count());
    load_sum = store.create<double>("telecom.load_sum", bins * network.cell_count());
    bin_epochs = store.create<std::int64_t>("telecom.bin_epochs", bins);
    hour = store.create<SiteHour>("telecom.hour", hours * sites);
    profile_share = store.create<std::int64_t>("telecom.profile_share", kLandUseCount);
    closed_hours = store.create<std::int64_t>("telecom.closed_hours", 1);
}

TelecomSystem::TelecomSystem(const TelecomNetwork& network, const TelecomOptions& options)
    : network_(network), options_(options), radio_(cell_positions(network), options.radio) {
    JIAHE_CHECK(options_.sharing_period >= whole_seconds(2) &&
                    options_.radio_period >= options_.sharing_period &&
                    options_.result_bin.us > 0 && options_.contact_timeout.us > 0 &&
                    options_.contact_return.us > 0,
                "options of the telecom system out of range");
}

TelecomSystem::~TelecomSystem() = default;

std::uint32_t TelecomSystem::owner_count() const {
    return static_cast<std::uint32_t>(network_.domain_count() + network_.data_centre_count());
}

double TelecomSystem::owner_weight(std::uint32_t owner) const {
    return owner < network_.domain_count() ? static_cast<double>(network_.sites_of(owner).size())
                                           : 1;
}

void TelecomSystem::channels(kernel::ChannelList& list) {
    for (std::uint32_t d = 0; d < network_.domain_count(); ++d) {
        const std::uint32_t centre = network_.data_centre_of_metro(network_.metro_of_domain(d));
        list.add(entity(static_cast<std::uint32_t>(network_.domain_count()) + centre), entity(d),
                 kUpstreamDelay);
    }
}

void TelecomSystem::allocate(kernel::StateStore& store) {
    const auto parts = [&](SimTime width) {
        return static_cast<std::size_t>((options_.duration.us + width.us - 1) / width.us);
    };
    rows_.allocate(store, network_, parts(hours(1)), parts(options_.result_bin));
    sharing_ = std::make_unique<LinkSharing>(network_, options_, rows_);
}

void TelecomSystem::start(kernel::EpochContext& epoch) {
    for (LinkState& link : rows_.link)
        link = LinkState{};
    for (DomainState& domain : rows_.domain)
        domain = DomainState{};
    std::uint32_t next = 0;
    for (std::uint32_t d = 0; d < network_.domain_count(); ++d) {
        for (const std::uint32_t site : network_.sites_of(d)) {
            SiteState state;
            state.first_fluid = next;
            state.cause_link = kNoLink;
            rows_.site[site] = state;
            next += static_cast<std::uint32_t>(site < network_.cell_count() ? kCellSlotCount
                                                                            : kWiredSlotCount);
        }
    }
    for (std::size_t u = 0; u < kLandUseCount; ++u) {
        rows_.profile_share[u] = options_.profiles[u].share_until(options_.start_of_day);
    }
    update_radio(epoch);
    sharing_->publish_idle();
}

std::vector<kernel::EpochPlan> TelecomSystem::epochs() const {
    return {{options_.sharing_period, options_.sharing_period},
            {options_.radio_period, options_.radio_period}};
}

void TelecomSystem::publish(std::size_t plan, kernel::EpochContext& epoch) {
    if (plan != kSharingPlan) return;
    sharing_->begin(epoch.now() - options_.sharing_period, epoch.now());
    epoch.parallel_for(network_.domain_count(), kDomainsAtOnce,
                       [&](std::size_t first, std::size_t last) {
                           for (std::size_t d = first; d < last; ++d) {
                               sharing_->wish(static_cast<std::uint32_t>(d));
                           }
                       });
}

void TelecomSystem::reduce(std::size_t plan, kernel::EpochContext& epoch) {
    if (plan == kRadioPlan) {
        update_radio(epoch);
        return;
    }
    sharing_->grant();
    epoch.parallel_for(network_.domain_count(), kDomainsAtOnce,
                       [&](std::size_t first, std::size_t last) {
                           for (std::size_t d = first; d < last; ++d) {
                               sharing_->settle(static_cast<std::uint32_t>(d));
                           }
                       });
    serve_centres(network_, options_, rows_, epoch.now() - options_.sharing_period, epoch.now());
    const std::int64_t hour_us = hours(1).us;
    if (epoch.now().us / hour_us != (epoch.now() - options_.sharing_period).us / hour_us) {
        close_hour(epoch.now());
    }
}

void TelecomSystem::act(std::size_t plan, kernel::EpochContext& epoch) {
    if (plan != kSharingPlan || !options_.tell_deliveries) return;
    for (std::uint32_t site = 0; site < network_.site_count(); ++site) {
        for (std::uint32_t c = 0; c < kMessageClassCount; ++c) {
            if (rows_.tell[site * kMessageClassCount + c].telling == 0) continue;
            epoch.post(owner_of_site(site), epoch.now() + kMessageDelay,
                       own(EventKind::kTellDelivered), kernel::pack(site, c));
        }
    }
}

// Bytes of a site since the start.
SiteHour TelecomSystem::bytes_so_far(std::uint32_t site) const {
    SiteHour sum;
    const std::size_t slots = site < network_.cell_count() ? kCellSlotCount : kWiredSlotCount;
    for (std::size_t k = 0; k < slots; ++k) {
        const FluidState& fluid = rows_.fluid[rows_.site[site].first_fluid + k];
        sum.offered_bytes += fluid.offered_bytes;
        sum.delivered_bytes += fluid.delivered_bytes;
        sum.dropped_bytes += fluid.dropped_bytes;
    }
    return sum;
}

void TelecomSystem::close_hour(SimTime now) {
    const auto closed = static_cast<std::size_t>(now.us / hours(1).us) - 1;
    if ((closed + 1) * network_.site_count() > rows_.hour.size()) return;
    for (std::uint32_t site = 0; site < network_.site_count(); ++site) {
        rows_.hour[closed * network_.site_count() + site] = bytes_so_far(site);
    }
    rows_.closed_hours[0] = static_cast<std::int64_t>(closed) + 1;
}

SiteHour TelecomSystem::bytes_in_hour(std::uint32_t site, std::size_t hour) const {
    const auto closed = static_cast<std::size_t>(rows_.closed_hours[0]);
    if (hour > closed) return {};
    const auto at_end_of = [&](std::size_t h) {
        return h < closed ? rows_.hour[h * network_.site_count() + site] : bytes_so_far(site);
    };
    SiteHour bytes = at_end_of(hour);
    if (hour == 0) return bytes;
    const SiteHour before = at_end_of(hour - 1);
    bytes.offered_bytes -= before.offered_bytes;
    bytes.delivered_bytes -= before.delivered_bytes;
    bytes.dropped_bytes -= before.dropped_bytes;
    return bytes;
}

// Bin in which the radio period that ends at `now` began.
std::size_t TelecomSystem::bin_before(SimTime now) const {
    return static_cast<std::size_t>((now - options_.radio_period).us / options_.result_bin.us);
}

double TelecomSystem::mean_load(std::uint32_t cell, std::size_t bin) const {
    if (rows_.bin_epochs[bin] == 0) return std::numeric_limits<double>::quiet_NaN();
    return rows_.load_sum[bin * network_.cell_count() + cell] /
           static_cast<double>(rows_.bin_epochs[bin]);
}

std::int64_t TelecomSystem::flows_under_way() const {
    std::int64_t flows = 0;
    for (const DomainState& domain : rows_.domain)
        flows += domain.flows;
    return flows;
}

void TelecomSystem::update_radio(kernel::EpochContext& epoch) {
    const std::size_t cells = network_.cell_count();
    if (vehicle_count_) {
        std::vector<std::int64_t> vehicles(cells, 0);
        vehicle_count_(vehicles);
        for (std::size_t c = 0; c < cells; ++c)
            rows_.cell[c].vehicles = vehicles[c];
    }
    const bool starts = epoch.now() < options_.radio_period;
    const std::size_t bin = starts ? 0 : bin_before(epoch.now());
    if (!starts) ++rows_.bin_epochs[bin];
    std::vector<double> load(cells);
    const double period_s = options_.radio_period.seconds();
    for (std::size_t c = 0; c < cells; ++c) {
        CellState& cell = rows_.cell[c];
        const double used = cell.down_bps > 0 ? static_cast<double>(cell.period_down_bytes) * 8 /
                                                    (cell.down_bps * period_s)
                                              : 0;
        if (!starts) rows_.load_sum[bin * cells + c] += std::min(used, 1.0);
        cell.load += kLoadDamping * (std::min(used, 1.0) - cell.load);
        cell.period_down_bytes = 0;
        load[c] = cell.load;
    }
    epoch.parallel_for(cells, 64, [&](std::size_t first, std::size_t last) {
        for (std::size_t c = first; c < last; ++c) {
            CellState& cell = rows_.cell[c];
            cell.efficiency = radio_.down_efficiency(c, load);
            cell.down_bps = radio_.capacity_bps(Direction::kDown, cell.efficiency);
            cell.up_bps = radio_.capacity_bps(Direction::kUp, radio_.up_efficiency(c));
        }
    });
}

void TelecomSystem::handle(kernel::Context& context, const kernel::Event& event) {
    switch (static_cast<EventKind>(event.own_kind())) {
        case EventKind::kFailLink:
        case EventKind::kRestoreLink:
        case EventKind::kLimitLink:
            set_link(context, event);
            return;
        case EventKind::kSendMessage:
            send_message(context, event);
            return;
        case EventKind::kUpstreamLost:
            set_upstream(context, false, event.payload_int());
            return;
        case EventKind::kUpstreamRegained:
            set_upstream(context, true, event.payload_int());
            return;
        case EventKind::kCheckContact:
            check_contact(context, event.payload_low(), event.aux);
            return;
        case EventKind::kTellDelivered:
            tell_delivered(context, event.payload_low(), event.payload_high());
            return;
    }
}

void TelecomSystem::send_message(kernel::Context& context, const kernel::Event& event) {
    const std::uint32_t site = message_site(event.payload);
    const std::int64_t bytes = message_bytes(event.payload);
    const auto service = static_cast<ServiceClass>(event.aux & 0xf);
    const std::int64_t count = std::max(1, event.aux >> 4);
    JIAHE_CHECK(is_message_class(service) && site < network_.site_count() && bytes > 0 &&
                    network_.domain_of_site(site) == event.owner_index(),
                "a message of an unknown class or site, or at a wrong owner");
    const std::uint32_t domain = event.owner_index();
    const std::size_t slot = message_slot(service);
    SiteState& state = rows_.site[site];
    FluidState& fluid = rows_.fluid[state.first_fluid + slot];
    ClassState& figures =
        rows_.service[domain * kServiceClassCount + static_cast<std::size_t>(service)];
    figures.sent_messages += count;
    const bool waits = is_stored(service);
    const bool has_room = fluid.queued_bytes + bytes <= options_.store_bytes;
    if ((!waits && state.reachable == 0) || !has_room) {
        refuse(fluid, bytes);
        figures.dropped_messages += count;
        return;
    }
    const std::int64_t size = bytes / count;
    const bool prompt = state.reachable != 0 && fluid.ring_size == 0 && size <= kShortMessage_bytes;
    if (!prompt) {
        offer(fluid, bytes, count, count * context.now().us);
        return;
    }
    const std::int64_t latency_us = message_latency(network_, options_, rows_, site, size).us;
    offer(fluid, bytes, 0, 0);
    count_delivery(rows_, domain, service, count, latency_us);
    rows_.domain[domain].requests += count;
    TellState& tell = rows_.tell[site * kMessageClassCount + slot];
    tell.untold += count;
    tell.untold_latency_us += count * latency_us;
    const std::size_t answer = ack_slot(service);
    if (answer < kWiredSlotCount) {
        offer(rows_.fluid[state.first_fluid + answer], count * options_.ack_bytes, 0, 0);
    }
}

void TelecomSystem::tell_delivered(kernel::Context& context, std::uint32_t site,
                                   std::uint32_t service) {
    TellState& tell = rows_.tell[site * kMessageClassCount + service];
    context.record(own(RecordKind::kMessagesDelivered), site, tell.telling, tell.telling_latency_us,
                   static_cast<std::uint16_t>(service));
    tell.telling = tell.telling_latency_us = 0;
}

double TelecomSystem::reply_time_s(std::uint32_t site) const {
    const std::int64_t reply_us = rows_.site[site].reply_us;
    return reply_us < 0 ? std::numeric_limits<double>::infinity()
                        : static_cast<double>(reply_us) * 1e-6;
}

}  // namespace jiahe::telecom
