#include "telecom/link_sharing.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "telecom/message_accounts.h"

namespace jiahe::telecom {
namespace {

// The links of a site in a domain's scratch.
constexpr std::size_t kAccessUp = 0, kAccessDown = 1, kRadioUp = 2, kRadioDown = 3,
                      kLinksPerSite = 4;
constexpr std::size_t kTrunkLinks = 4;
constexpr double kUnlimited = 1e18;
// Demands and capacities are told apart from this relative difference on.
constexpr double kSlack = 1e-9;

double as_double(std::int64_t bytes) {
    return static_cast<double>(bytes);
}

std::int64_t rate_bytes(std::int64_t bytes, std::int64_t span_us, std::int64_t per_us) {
    __extension__ using Wide = __int128;
    return static_cast<std::int64_t>(Wide{bytes} * span_us / per_us);
}

// Bytes between two times of a source that sends `bytes` every `per_us`, the same however the time
// is cut.
std::int64_t steady_bytes(std::int64_t bytes, SimTime from, SimTime until, std::int64_t per_us) {
    return rate_bytes(bytes, until.us, per_us) - rate_bytes(bytes, from.us, per_us);
}

}  // namespace

LinkSharing::LinkSharing(const TelecomNetwork& network, const TelecomOptions& options,
                         TelecomRows& rows)
    : network_(network), options_(options), rows_(rows) {
    domain_.resize(network.domain_count());
    for (std::uint32_t d = 0; d < domain_.size(); ++d) {
        const std::size_t links = kLinksPerSite * network.sites_of(d).size() + kTrunkLinks;
        domain_[d].capacity.assign(links, 0);
        domain_[d].load.assign(links, 0);
        domain_[d].level.assign(links, kNoCap);
    }
    grant_.assign(rows.fluid.size(), 0);
    cut_share_.resize(network.metro_count());
}

std::size_t LinkSharing::slot_count(std::uint32_t site) const {
    return site < network_.cell_count() ? kCellSlotCount : kWiredSlotCount;
}

// Bytes that a link of `bps` passed in the period, given when it was up; starts the next period.
double LinkSharing::period_bytes(double bps, std::uint32_t link) {
    LinkState& state = rows_.link[link];
    const std::int64_t permille = state.failed != 0 ? 0 : state.limit_permille;
    const std::int64_t open = state.available_permille_us + permille * (now_.us - state.changed_us);
    state.available_permille_us = 0;
    state.changed_us = now_.us;
    return bps * as_double(open) * 1e-9 / 8;
}

void LinkSharing::begin(SimTime from, SimTime now) {
    from_ = from;
    now_ = now;
    for (std::size_t u = 0; u < kLandUseCount; ++u) {
        const std::int64_t until = options_.profiles[u].share_until(options_.start_of_day + now);
        share_from_[u] = rows_.profile_share[u];
        share_until_[u] = std::max(share_from_[u], until);
        rows_.profile_share[u] = share_until_[u];
    }
}

void LinkSharing::publish_idle() {
    from_ = SimTime{0} - whole_seconds(1);
    now_ = SimTime{0};
    for (LinkState& link : rows_.link)
        link.changed_us = from_.us;
    for (std::uint32_t d = 0; d < domain_.size(); ++d) {
        set_capacities(d);
        domain_[d].wish = domain_[d].weight = {};
    }
    grant();
    for (CentreState& centre : rows_.centre)
        centre.delay_us = options_.server.service.us;
    for (std::uint32_t d = 0; d < domain_.size(); ++d) {
        for (std::size_t i = 0; i < network_.sites_of(d).size(); ++i)
            publish_site(d, i);
    }
}

void LinkSharing::set_capacities(std::uint32_t domain) {
    DomainScratch& s = domain_[domain];
    const auto sites = network_.sites_of(domain);
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const LinkRate rate = network_.link_rate(network_.access_link(sites[i]));
        const double up_share = period_bytes(1, network_.access_link(sites[i]));
        double* link = &s.capacity[kLinksPerSite * i];
        link[kAccessUp] = rate.up_bps * up_share;
        link[kAccessDown] = rate.down_bps * up_share;
        link[kRadioUp] = link[kRadioDown] = kUnlimited;
        if (sites[i] < network_.cell_count()) {
            const double radio_share = period_bytes(1, network_.radio_link(sites[i]));
            link[kRadioUp] = rows_.cell[sites[i]].up_bps * radio_share;
            link[kRadioDown] = rows_.cell[sites[i]].down_bps * radio_share;
        }
    }
    const std::uint32_t trunk = network_.aggregation_link(domain);
    const double trunk_share = period_bytes(1, trunk);
    double* last = &s.capacity[kLinksPerSite * sites.size()];
    last[0] = network_.link_rate(trunk).up_bps * trunk_share;
    last[1] = network_.link_rate(trunk).down_bps * trunk_share;
    last[2] = last[3] = kUnlimited;
}

void LinkSharing::offer_sources(std::uint32_t domain) {
    for (const std::uint32_t site : network_.sites_of(domain)) {
        const SiteSpec& spec = network_.sites()[site];
        FluidState* fluid = &rows_.fluid[rows_.site[site].first_fluid];
        if (spec.cameras > 0) {
            const std::int64_t bits = spec.cameras * options_.camera_bps;
            offer(fluid[kCameraSlot], steady_bytes(bits, from_, now_, 8 * kMicrosPerSecond), 0, 0);
        }
        offer(fluid[kHeartbeatSlot],
              steady_bytes(options_.heartbeat_bytes, from_, now_, options_.heartbeat_period.us), 0,
              0);
        if (site >= network_.cell_count()) continue;
        std::int64_t down = 0, up = 0;
        for (std::size_t u = 0; u < kLandUseCount; ++u) {
            const std::int64_t day = 24 * options_.citizen_bytes_per_hour * spec.users[u];
            const auto day_up =
                static_cast<std::int64_t>(as_double(day) * options_.citizen_up_share);
            down += bytes_between(day - day_up, share_from_[u], share_until_[u]);
            up += bytes_between(day_up, share_from_[u], share_until_[u]);
        }
        offer(fluid[kCitizenDownSlot], down, 0, 0);
        offer(fluid[kCitizenUpSlot], up, 0, 0);
        const auto reporting = static_cast<std::int64_t>(
            std::floor(options_.probe_share * as_double(rows_.cell[site].vehicles)));
        offer(fluid[kProbeSlot],
              rate_bytes(reporting * options_.probe_bytes, now_.us - from_.us,
                         options_.probe_period.us),
              0, 0);
    }
}

// Sums demands by link; grants them all.
void LinkSharing::add_demand(std::uint32_t domain) {
    DomainScratch& s = domain_[domain];
    const auto sites = network_.sites_of(domain);
    std::fill(s.load.begin(), s.load.end(), 0.0);
    std::fill(s.level.begin(), s.level.end(), kNoCap);
    s.weight = {};
    rows_.domain[domain].flows = 0;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const std::uint32_t first = rows_.site[sites[i]].first_fluid;
        double* link = &s.load[kLinksPerSite * i];
        for (std::size_t k = 0; k < slot_count(sites[i]); ++k) {
            const std::int64_t queued = rows_.fluid[first + k].queued_bytes;
            grant_[first + k] = queued;
            if (queued == 0) continue;
            ++rows_.domain[domain].flows;
            const double demand = as_double(queued);
            const bool down = kFluidSlots[k].direction == Direction::kDown;
            link[down ? kAccessDown : kAccessUp] += demand;
            if (kFluidSlots[k].uses_radio) link[down ? kRadioDown : kRadioUp] += demand;
            (down ? s.weight.down : s.weight.up) += weight(sites[i], kFluidSlots[k]);
        }
    }
}

bool LinkSharing::is_over(const DomainScratch& scratch, std::size_t first, std::size_t count) {
    for (std::size_t l = first; l < first + count; ++l) {
        if (scratch.load[l] > scratch.capacity[l] * (1 + kSlack)) return true;
    }
    return false;
}

double LinkSharing::weight(std::uint32_t site, const FluidSlot& slot) const {
    const SiteSpec& spec = network_.sites()[site];
    double members = 1;
    if (slot.service == ServiceClass::kCamera) {
        members = as_double(spec.cameras);
    } else if (slot.service == ServiceClass::kCitizenDown ||
               slot.service == ServiceClass::kCitizenUp) {
        std::int64_t users = 0;
        for (const std::int64_t n : spec.users)
            users += n;
        members = options_.citizen_active_share * as_double(users);
    }
    return std::max(1.0, members) * options_.class_weight[static_cast<std::size_t>(slot.service)];
}

// Shares by max-min among the sites [first, last) of a domain; over its trunk too where all share.
void LinkSharing::share(std::uint32_t domain, std::size_t first, std::size_t last) {
    DomainScratch& s = domain_[domain];
    const auto sites = network_.sites_of(domain);
    const bool whole = last - first == sites.size();
    const auto trunk = static_cast<std::uint32_t>(kLinksPerSite * (last - first));
    const std::size_t begin = kLinksPerSite * first, end = kLinksPerSite * last;
    SharingProblem& problem = s.problem;
    problem.clear();
    s.fluids.clear();
    for (std::size_t l = begin; l < end; ++l)
        problem.add_link(s.capacity[l]);
    for (std::size_t l = 0; l < kTrunkLinks; ++l) {
        problem.add_link(whole ? s.capacity[end + l] : kUnlimited);
    }
    for (std::size_t i = first; i < last; ++i) {
        const std::uint32_t fluid = rows_.site[sites[i]].first_fluid;
        const auto base = static_cast<std::uint32_t>(kLinksPerSite * (i - first));
        for (std::size_t k = 0; k < slot_count(sites[i]); ++k) {
            const std::int64_t queued = rows_.fluid[fluid + k].queued_bytes;
            if (queued == 0) continue;
            const std::uint32_t down = kFluidSlots[k].direction == Direction::kDown ? 1 : 0;
            const std::uint32_t path[] = {base + down, trunk + down, trunk + 2 + down,
                                          base + static_cast<std::uint32_t>(kRadioUp) + down};
            problem.add_flow({path, kFluidSlots[k].uses_radio ? 4u : 3u},
                             weight(sites[i], kFluidSlots[k]), as_double(queued));
            s.fluids.push_back(fluid + static_cast<std::uint32_t>(k));
        }
    }
    const MaxMinSolver::Shares shares = s.solver.solve(problem);
    for (std::size_t f = 0; f < s.fluids.size(); ++f) {
        grant_[s.fluids[f]] = std::min(rows_.fluid[s.fluids[f]].queued_bytes,
                                       static_cast<std::int64_t>(shares.flow_rate[f]));
    }
    const auto copied = static_cast<std::ptrdiff_t>(end - begin + (whole ? kTrunkLinks : 0));
    std::copy_n(shares.link_load.begin(), copied,
                s.load.begin() + static_cast<std::ptrdiff_t>(begin));
    std::copy_n(shares.link_level.begin(), copied,
                s.level.begin() + static_cast<std::ptrdiff_t>(begin));
}

// While the trunk has room, sites do not touch each other and each is shared by itself.
void LinkSharing::wish(std::uint32_t domain) {
    set_capacities(domain);
    offer_sources(domain);
    add_demand(domain);
    DomainScratch& s = domain_[domain];
    const std::size_t sites = network_.sites_of(domain).size();
    double* trunk = &s.load[kLinksPerSite * sites];
    trunk[0] = trunk[1] = 0;
    for (std::size_t i = 0; i < sites; ++i) {
        if (is_over(s, kLinksPerSite * i, kLinksPerSite)) share(domain, i, i + 1);
        trunk[0] += s.load[kLinksPerSite * i + kAccessUp];
        trunk[1] += s.load[kLinksPerSite * i + kAccessDown];
    }
    if (is_over(s, kLinksPerSite * sites, 2)) share(domain, 0, sites);
    s.wish = {trunk[0], trunk[1]};
    trunk[2] = trunk[0];
    trunk[3] = trunk[1];
}

// Metro links and entries shared among domains; the same for both ways.
void LinkSharing::share_cut(bool down) {
    const auto part = [&](Cut& cut) -> double& { return down ? cut.down : cut.up; };
    SharingProblem problem;
    const auto add_cut_link = [&](std::uint32_t link, double share) {
        const LinkRate rate = network_.link_rate(link);
        problem.add_link((down ? rate.down_bps : rate.up_bps) * share);
    };
    const std::size_t metros = network_.metro_count();
    for (std::size_t m = 0; m < metros; ++m) {
        add_cut_link(network_.metro_link(m), open_[m]);
    }
    for (std::size_t c = 0; c < network_.data_centre_count(); ++c) {
        add_cut_link(network_.entry_link(c), open_[metros + c]);
    }
    for (std::uint32_t d = 0; d < domain_.size(); ++d) {
        const std::uint32_t metro = network_.metro_of_domain(d);
        const std::uint32_t path[] = {
            metro, static_cast<std::uint32_t>(metros) + network_.data_centre_of_metro(metro)};
        problem.add_flow(path, std::max(1.0, part(domain_[d].weight)), part(domain_[d].wish));
    }
    MaxMinSolver solver;
    const MaxMinSolver::Shares shares = solver.solve(problem);
    for (std::uint32_t d = 0; d < domain_.size(); ++d) {
        part(domain_[d].granted) = shares.flow_rate[d];
    }
    for (std::uint32_t m = 0; m < metros; ++m) {
        const std::size_t entry = metros + network_.data_centre_of_metro(m);
        part(cut_share_[m]) = std::min(
            share_for_newcomer(problem.link_capacity[m], shares.link_load[m], shares.link_level[m]),
            share_for_newcomer(problem.link_capacity[entry], shares.link_load[entry],
                               shares.link_level[entry]));
    }
}

void LinkSharing::grant() {
    open_.clear();
    for (std::size_t m = 0; m < network_.metro_count(); ++m) {
        open_.push_back(period_bytes(1, network_.metro_link(m)));
    }
    for (std::size_t c = 0; c < network_.data_centre_count(); ++c) {
        open_.push_back(period_bytes(1, network_.entry_link(c)));
    }
    share_cut(false);
    share_cut(true);
    for (std::uint32_t d = 0; d < domain_.size(); ++d) {
        const std::uint32_t metro = network_.metro_of_domain(d);
        const std::uint32_t entry = network_.entry_link(network_.data_centre_of_metro(metro));
        for (const std::uint32_t link : {network_.metro_link(metro), entry}) {
            rows_.link[link].carried_up_bytes += std::llround(domain_[d].granted.up);
            rows_.link[link].carried_down_bytes += std::llround(domain_[d].granted.down);
        }
    }
}

void LinkSharing::settle(std::uint32_t domain) {
    DomainScratch& s = domain_[domain];
    const std::size_t links = s.capacity.size();
    if (s.granted.up < s.wish.up * (1 - kSlack) || s.granted.down < s.wish.down * (1 - kSlack)) {
        s.capacity[links - 2] = s.granted.up;
        s.capacity[links - 1] = s.granted.down;
        share(domain, 0, network_.sites_of(domain).size());
    }
    for (std::size_t i = 0; i < network_.sites_of(domain).size(); ++i)
        settle_site(domain, i);
}

void LinkSharing::settle_site(std::uint32_t domain, std::size_t position) {
    const std::uint32_t site = network_.sites_of(domain)[position];
    publish_site(domain, position);
    // Answers come before the messages that cause them: those of this period belong to the next.
    for (std::size_t k = slot_count(site); k-- > 0;)
        deliver(domain, site, k);
    for (std::size_t c = 0; c < kMessageClassCount; ++c) {
        TellState& tell = rows_.tell[site * kMessageClassCount + c];
        tell.telling = tell.untold;
        tell.telling_latency_us = tell.untold_latency_us;
        tell.untold = tell.untold_latency_us = 0;
    }
}

void LinkSharing::deliver(std::uint32_t domain, std::uint32_t site, std::size_t slot) {
    const std::size_t row = rows_.site[site].first_fluid + slot;
    FluidState& fluid = rows_.fluid[row];
    if (fluid.queued_bytes == 0) return;
    const std::int64_t before = fluid.delivered_bytes;
    std::span<Batch> ring;
    if (kFluidSlots[slot].has_ring) {
        ring = {&rows_.batch[(site * kRingsPerSite + slot) * kRingBatches], kRingBatches};
    }
    const std::int64_t dropped = telecom::settle(
        fluid, ring, grant_[row], [&](const Departure& left) { depart(domain, site, slot, left); });
    if (dropped > 0) {
        const auto service = static_cast<std::size_t>(kFluidSlots[slot].service);
        rows_.service[domain * kServiceClassCount + service].dropped_messages += dropped;
    }
    const std::int64_t carried = fluid.delivered_bytes - before;
    const bool down = kFluidSlots[slot].direction == Direction::kDown;
    const auto carry = [&](std::uint32_t link) {
        LinkState& state = rows_.link[link];
        (down ? state.carried_down_bytes : state.carried_up_bytes) += carried;
    };
    carry(network_.access_link(site));
    carry(network_.aggregation_link(domain));
    if (site < network_.cell_count() && kFluidSlots[slot].uses_radio) {
        carry(network_.radio_link(site));
        if (down) rows_.cell[site].period_down_bytes += carried;
    }
}

void LinkSharing::depart(std::uint32_t domain, std::uint32_t site, std::size_t slot,
                         const Departure& left) {
    const std::int64_t transfer_us =
        message_latency(network_, options_, rows_, site, left.bytes / left.count).us;
    const std::int64_t waited_us = left.was_queued ? now_.us - left.arrival_sum_us / left.count : 0;
    const ServiceClass service = kFluidSlots[slot].service;
    count_delivery(rows_, domain, service, left.count, waited_us + transfer_us);
    rows_.domain[domain].requests += left.count;
    TellState& tell = rows_.tell[site * kMessageClassCount + slot];
    tell.untold += left.count;
    tell.untold_latency_us += left.count * (waited_us + transfer_us);
    const std::size_t answer = ack_slot(service);
    if (answer < kWiredSlotCount) {
        offer(rows_.fluid[rows_.site[site].first_fluid + answer], left.count * options_.ack_bytes,
              0, 0);
    }
}

double LinkSharing::newcomer_bps(const DomainScratch& scratch, std::size_t link) const {
    const double bytes =
        share_for_newcomer(scratch.capacity[link], scratch.load[link], scratch.level[link]);
    return bytes * 8 / (now_ - from_).seconds();
}

void LinkSharing::publish_site(std::uint32_t domain, std::size_t position) {
    const DomainScratch& s = domain_[domain];
    const std::uint32_t site = network_.sites_of(domain)[position];
    const std::size_t base = kLinksPerSite * position, trunk = s.capacity.size() - kTrunkLinks;
    const Cut cut = cut_share_[network_.metro_of_domain(domain)];
    const double per_s = 8 / (now_ - from_).seconds();
    SiteState& state = rows_.site[site];
    state.up_share_bps =
        std::min({newcomer_bps(s, base + kAccessUp), newcomer_bps(s, base + kRadioUp),
                  newcomer_bps(s, trunk), cut.up * per_s});
    state.down_share_bps =
        std::min({newcomer_bps(s, base + kAccessDown), newcomer_bps(s, base + kRadioDown),
                  newcomer_bps(s, trunk + 1), cut.down * per_s});
    state.reply_us =
        state.told != 0 ? message_latency(network_, options_, rows_, site, kReplyBytes).us : -1;
}

}  // namespace jiahe::telecom
