// Links that fail, return and are limited, and what sites notice of it.
#include <algorithm>

#include "base/check.h"
#include "telecom/telecom_system.h"

namespace jiahe::telecom {
namespace {

template <class Kind>
std::uint8_t own(Kind kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

bool TelecomSystem::is_open(std::uint32_t link) const {
    return rows_.link[link].failed == 0 && rows_.link[link].limit_permille > 0;
}

// A way from the site to its data centre, as far as its domain knows.
bool TelecomSystem::has_way(std::uint32_t site) const {
    const std::uint32_t domain = network_.domain_of_site(site);
    const bool on_air = site >= network_.cell_count() || is_open(network_.radio_link(site));
    return on_air && is_open(network_.access_link(site)) &&
           is_open(network_.aggregation_link(domain)) && rows_.domain[domain].upstream != 0;
}

void TelecomSystem::set_link(kernel::Context& context, const kernel::Event& event) {
    const std::uint32_t link = event.payload_low();
    JIAHE_CHECK(link < network_.link_count() && network_.owner_of_link(link) == event.owner_index(),
                "an event for an unknown link or at a wrong owner");
    LinkState& state = rows_.link[link];
    const std::int64_t now_us = context.now().us;
    const std::int64_t permille = state.failed != 0 ? 0 : state.limit_permille;
    state.available_permille_us += permille * (now_us - state.changed_us);
    state.changed_us = now_us;
    const bool was_open = is_open(link);
    const auto kind = static_cast<EventKind>(event.own_kind());
    if (kind == EventKind::kFailLink) {
        state.failed = 1;
        context.record(own(RecordKind::kLinkFailed), link);
    } else if (kind == EventKind::kRestoreLink) {
        state.failed = 0;
        state.limit_permille = 1000;
        context.record(own(RecordKind::kLinkRestored), link);
    } else {
        state.failed = 0;
        state.limit_permille = static_cast<std::uint16_t>(std::min(event.payload_high(), 1000u));
        context.record(own(RecordKind::kLinkLimited), link, state.limit_permille);
    }
    if (is_open(link) == was_open) return;
    const LinkKind link_kind = network_.link_kind(link);
    if (link_kind == LinkKind::kMetro || link_kind == LinkKind::kEntry) {
        tell_domains(context, link, was_open);
    } else if (link_kind == LinkKind::kAggregation) {
        for (const std::uint32_t site : network_.sites_of(event.owner_index())) {
            look_at_site(context, site, now_us, link);
        }
    } else {
        const std::uint32_t site =
            link_kind == LinkKind::kAccess ? link : link - network_.radio_link(0);
        look_at_site(context, site, now_us, link);
    }
}

// A data centre tells the domains behind a cut link that has changed.
void TelecomSystem::tell_domains(kernel::Context& context, std::uint32_t link, bool was_open) {
    const auto centre =
        context.self().index() - static_cast<std::uint32_t>(network_.domain_count());
    const bool is_metro = network_.link_kind(link) == LinkKind::kMetro;
    for (std::uint32_t d = 0; d < network_.domain_count(); ++d) {
        const std::uint32_t metro = network_.metro_of_domain(d);
        if (network_.data_centre_of_metro(metro) != centre) continue;
        if (is_metro && network_.metro_link(metro) != link) continue;
        // The other of the two cut links decides whether this change changes anything.
        const std::uint32_t other =
            is_metro ? network_.entry_link(centre) : network_.metro_link(metro);
        if (!is_open(other)) continue;
        const EventKind kind = was_open ? EventKind::kUpstreamLost : EventKind::kUpstreamRegained;
        context.send(entity(d), context.now() + kUpstreamDelay, own(kind),
                     static_cast<std::uint64_t>(context.now().us));
    }
}

void TelecomSystem::set_upstream(kernel::Context& context, bool up, std::int64_t cause_us) {
    const std::uint32_t domain = context.self().index();
    rows_.domain[domain].upstream = up ? 1 : 0;
    rows_.domain[domain].upstream_since_us = cause_us;
    const std::uint32_t metro = network_.metro_link(network_.metro_of_domain(domain));
    for (const std::uint32_t site : network_.sites_of(domain)) {
        look_at_site(context, site, cause_us, metro);
    }
}

// Takes in that a site has, or has no longer, a way; has it told after the time-out.
void TelecomSystem::look_at_site(kernel::Context& context, std::uint32_t site,
                                 std::int64_t cause_us, std::uint32_t cause_link) {
    SiteState& state = rows_.site[site];
    const bool way = has_way(site);
    if (way == (state.reachable != 0)) return;
    if (way) state.outage_us += cause_us - state.changed_us;
    state.reachable = way ? 1 : 0;
    state.changed_us = cause_us;
    state.cause_link = cause_link;
    ++state.version;
    if (way == (state.told != 0)) return;  // it is back before anybody has noticed
    const SimTime wait = way ? options_.contact_return : options_.contact_timeout;
    context.schedule(std::max(SimTime{cause_us} + wait, context.now() + kTick),
                     own(EventKind::kCheckContact), site, state.version);
}

void TelecomSystem::check_contact(kernel::Context& context, std::uint32_t site,
                                  std::uint16_t version) {
    SiteState& state = rows_.site[site];
    if (state.version != version || state.told == state.reachable) return;
    state.told = state.reachable;
    if (state.told == 0) {
        state.lost_us = state.changed_us;
        ++state.lost_count;
        context.record(own(RecordKind::kSiteLostContact), site, state.changed_us, state.cause_link);
    } else {
        context.record(own(RecordKind::kSiteRegainedContact), site, state.changed_us,
                       (state.changed_us - state.lost_us) / kMicrosPerSecond);
    }
}

}  // namespace jiahe::telecom
