// TollingSystem, contact with the back office: offline list, degrading, records kept and sent.
#include <algorithm>

#include "tolling/tolling_system.h"

namespace jiahe::tolling {
namespace {

std::uint8_t own(EventKind kind) {
    return static_cast<std::uint8_t>(kind);
}
std::uint8_t own(RecordKind kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

std::int64_t TollingSystem::list_time_us(std::uint32_t site, SimTime now) const {
    const SiteContact& contact = contact_[site];
    const std::int64_t period_us = options_.outage.list_refresh.us;
    const std::int64_t pulls = (now.us - contact.pulls_from_us) / period_us;
    if (contact.lost != 0 || pulls == 0) return contact.list_us;
    return contact.pulls_from_us + pulls * period_us;
}

void TollingSystem::lose_contact(kernel::Context& context, std::uint32_t site) {
    SiteContact& contact = contact_[site];
    if (contact.lost != 0) return;
    const SimTime now = context.now();
    contact.list_us = list_time_us(site, now);
    contact.lost = 1;
    contact.lost_us = now.us;
    ++contact.version;
    if (site >= plaza_count()) return;
    const std::int64_t due_us = std::min(now.us + options_.outage.offline_grace.us,
                                         contact.list_us + options_.outage.list_age_max.us);
    if (due_us <= now.us) {
        degrade(context, site);
    } else {
        context.schedule({due_us}, own(EventKind::kDegradeDue), 0, contact.version);
    }
}

void TollingSystem::regain_contact(kernel::Context& context, std::uint32_t site) {
    SiteContact& contact = contact_[site];
    if (contact.lost == 0) return;
    const SimTime now = context.now();
    contact.lost = 0;
    ++contact.version;
    contact.offline_us += now.us - contact.lost_us;
    contact.lost_us = 0;
    contact.list_us = contact.pulls_from_us = now.us;
    if (contact.backlog_records > 0) {
        context.record(own(RecordKind::kBacklogReleased), contact.backlog_records,
                       contact.backlog_bytes);
        contact.released_records += contact.backlog_records;
        contact.backlog_records = 0;
        contact.backlog_bytes = 0;
    }
    if (contact.degraded != 0) restore(context, site);
}

void TollingSystem::degrade(kernel::Context& context, std::uint32_t p) {
    contact_[p].degraded = 1;
    plaza_[p].degraded_since_us = context.now().us;
    recount_work(p);
    for (std::uint32_t l = lane_begin(p); l < lane_end(p); ++l) {
        if (reads_obu(lane_kind_[l])) {
            context.record(own(RecordKind::kLaneDegraded), l - lane_begin(p));
        }
    }
    context.request_decision();
}

void TollingSystem::restore(kernel::Context& context, std::uint32_t p) {
    contact_[p].degraded = 0;
    plaza_[p].degraded_us += context.now().us - plaza_[p].degraded_since_us;
    plaza_[p].degraded_since_us = 0;
    recount_work(p);
    for (std::uint32_t l = lane_begin(p); l < lane_end(p); ++l) {
        if (reads_obu(lane_kind_[l])) {
            context.record(own(RecordKind::kLaneRestored), l - lane_begin(p));
        }
    }
    context.request_decision();
}

// The expected headways of those in the lanes, under the mode that holds now.
void TollingSystem::recount_work(std::uint32_t p) {
    for (std::uint32_t l = lane_begin(p); l < lane_end(p); ++l) {
        lane_[l].work_us = 0;
        for (std::uint32_t s = lane_[l].head; s != kNone; s = slot_[s].next) {
            slot_[s].headway_us = expected_headway_us(p, l, slot_[s]);
            lane_[l].work_us += slot_[s].headway_us;
        }
    }
}

// Sends the passage's record, or stores it while out of contact: images are dropped first, then the
// record itself. False where nothing could be kept.
bool TollingSystem::keep_record(kernel::Context& context, std::uint32_t site,
                                const Passing& passing) {
    SiteContact& contact = contact_[site];
    const PassageData& data = options_.data;
    const bool second_image = context.draw(kDrawImages, passing.vehicle, passing.passage)
                                  .bernoulli(data.second_image_share);
    std::int64_t bytes = data.record_bytes + data.image_bytes * (second_image ? 2 : 1);
    if (contact.lost == 0) {
        ++contact.sent_records;
        context.record(own(RecordKind::kPassageRecorded), passing.vehicle, bytes, 0,
                       pack_settlement(passing.toll_class, passing.payment, passing.cause));
        return true;
    }
    if (contact.backlog_bytes + bytes > data.store_bytes) {
        bytes = data.record_bytes;
        if (contact.backlog_bytes + bytes > data.store_bytes) {
            ++contact.lost_records;
            return false;
        }
        ++contact.images_dropped;
    }
    contact.backlog_bytes += bytes;
    ++contact.backlog_records;
    return true;
}

}  // namespace jiahe::tolling
