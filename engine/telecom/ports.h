// The public face of the telecom system: what it accepts, what it reports, which fields it owns and
// which it needs. It names no other system; couplings (engine/coupling) tie these ports to others.
//
// Owners are aggregation trees (domains 0 .. domain_count - 1: cells, wired sites and their access
// links) and, after them, data centres (with the metro links that end there). A site is an index
// into TelecomNetwork::sites(), a link one into TelecomNetwork's links; owner_of_site and
// owner_of_link name the owner to whom an event goes.
#pragma once

#include <cstdint>

#include "base/sim_time.h"
#include "kernel/event.h"
#include "telecom/service_class.h"

namespace jiahe::telecom {

// Events. The first group is for couplings.
enum class EventKind : std::uint8_t {
    kFailLink,      // payload: link_payload(); also a cell's radio or a data centre (see links)
    kRestoreLink,   // payload: link_payload(); the declared capacity is back
    kLimitLink,     // payload: link_payload(link, per mille of the capacity); ends a failure
    kSendMessage,   // payload: message_payload(), aux: message_aux(); at the site's owner
    kUpstreamLost,  // own traffic from here: the way beyond the aggregation, payload: cause in us
    kUpstreamRegained,  // payload: time of the return in us
    kCheckContact,      // payload: site, aux: version
    kTellDelivered,     // payload: fluid
};

// Records (entity: the domain unless stated).
enum class RecordKind : std::uint8_t {
    kMessagesDelivered,  // a: site, aux: class, b: messages, c: sum of their latencies in us; told
                         // in bunches, at least 1 s after the epoch in which they arrived
    kSiteLostContact,    // a: site, b: time of the cause in us, c: link that failed or kNoLink
    kSiteRegainedContact,  // a: site, b: time of the return in us, c: seconds out of contact
    kLinkFailed,           // a: link (entity: its owner)
    kLinkRestored,         // a: link
    kLinkLimited,          // a: link, b: per mille of the capacity
};

// Fields owned, as last published at the sharing epochs, by site:
//   TelecomSystem::reply_time_s(site)   time until 1 kB is sent and answered; infinity out of
//   contact TelecomSystem::cell_load(cell)      share of the cell's airtime in use, down, 0..1
// Field needed, zero where unbound: vehicles in each cell (TelecomSystem::bind_vehicle_count).

inline constexpr std::uint32_t kNoLink = 0xffffffffu;

// Least time between a sender and its site's domain, between domains and data centres, and between
// a record of this system and the event that a coupling makes of it.
inline constexpr SimTime kMessageDelay = whole_seconds(1);
inline constexpr SimTime kUpstreamDelay = whole_seconds(1);

// Sites are below 2^24, bytes below 2^40.
constexpr std::uint64_t message_payload(std::uint32_t site, std::int64_t bytes) {
    return (static_cast<std::uint64_t>(bytes) << 24) | site;
}
constexpr std::uint32_t message_site(std::uint64_t payload) {
    return static_cast<std::uint32_t>(payload & 0xffffff);
}
constexpr std::int64_t message_bytes(std::uint64_t payload) {
    return static_cast<std::int64_t>(payload >> 24);
}
// `bytes` are those of `count` messages of one class handed in together, 1 <= count <= 4095.
constexpr std::uint16_t message_aux(ServiceClass service, std::uint32_t count = 1) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(service) | (count << 4));
}
inline constexpr std::uint32_t kMessagesAtOnce = 4095;

constexpr std::uint64_t link_payload(std::uint32_t link, std::uint32_t per_mille = 0) {
    return kernel::pack(link, per_mille);
}

}  // namespace jiahe::telecom
