#include "tolling/tolling_system.h"

#include "base/check.h"

namespace jiahe::tolling {
namespace {

const TollSites& validated(const TollSites& sites) {
    sites.validate();
    return sites;
}

}  // namespace

TollingSystem::TollingSystem(const TollSites& sites, TollingOptions options)
    : sites_(validated(sites)),
      options_(std::move(options)),
      tariff_(sites.sections, options_.rates,
              static_cast<std::uint32_t>(sites.road_owners.size())) {
    JIAHE_CHECK(
        options_.bin.us > 0 && options_.horizon.us > 0 && options_.outage.list_refresh.us > 0,
        "time bins, horizon and list refresh are positive");
    bin_count_ =
        static_cast<std::uint32_t>((options_.horizon.us + options_.bin.us - 1) / options_.bin.us) +
        1;
    first_lane_.push_back(0);
    first_slot_.push_back(0);
    for (const PlazaSpec& plaza : sites_.plazas) {
        lane_kind_.insert(lane_kind_.end(), plaza.lanes.begin(), plaza.lanes.end());
        first_lane_.push_back(static_cast<std::uint32_t>(lane_kind_.size()));
        first_slot_.push_back(first_slot_.back() + plaza.apron);
    }
}

std::uint32_t TollingSystem::owner_count() const {
    return static_cast<std::uint32_t>(sites_.site_count());
}

// A plaza passage is entry, move-up, service and leaving; a gantry passage is one event.
double TollingSystem::owner_weight(std::uint32_t owner) const {
    if (owner < plaza_count()) return 1 + 5 * sites_.plazas[owner].expected_passages;
    return 1 + sites_.gantries[owner - plaza_count()].expected_passages;
}

void TollingSystem::allocate(kernel::StateStore& store) {
    const std::size_t plazas = sites_.plazas.size();
    const std::size_t count = sites_.site_count();
    plaza_ = store.create<PlazaState>("tolling.plaza", plazas);
    lane_ = store.create<LaneState>("tolling.lane", lane_kind_.size());
    slot_ = store.create<VehicleSlot>("tolling.slot", first_slot_.back());
    contact_ = store.create<SiteContact>("tolling.contact", count);
    count_ = store.create<SiteCount>("tolling.count", count);
    ledger_ = store.create<SubLedger>("tolling.sub_ledger", count);
    owner_credit_ =
        store.create<std::int64_t>("tolling.owner_credit", count * sites_.road_owners.size());
    account_ = store.create<VehicleAccount>("tolling.account", options_.vehicle_count);
    delay_ = store.create<DelayBin>("tolling.delay", plazas * bin_count_);
    wait_count_ = store.create<std::uint32_t>("tolling.wait", plazas * kWaitBins);
    for (LaneState& lane : lane_) {
        lane.head = lane.tail = kNone;
        lane.limit_permille = kWholeCapacity;
    }
    for (SiteContact& contact : contact_)
        contact.list_us = -options_.outage.list_age_at_start.us;
    for (std::uint32_t p = 0; p < plaza_count(); ++p) {
        plaza_[p].waiting_head = kNone;
        plaza_[p].limit_permille = kWholeCapacity;
        plaza_[p].free_head = first_slot_[p];
        for (std::uint32_t s = first_slot_[p]; s < first_slot_[p + 1]; ++s) {
            slot_[s].next = s + 1 < first_slot_[p + 1] ? s + 1 : kNone;
        }
    }
}

void TollingSystem::handle(kernel::Context& context, const kernel::Event& event) {
    const std::uint32_t site = event.owner_index();
    switch (static_cast<EventKind>(event.own_kind())) {
        case EventKind::kEnterPlaza:
            enter_plaza(context, event);
            return;
        case EventKind::kLeavePlazaLane:
            leave_lane(context, event.payload_low());
            return;
        case EventKind::kMoveUpDone:
            begin_service(context, site, event.payload_low());
            return;
        case EventKind::kServiceDone:
            end_service(context, site, event.payload_low());
            return;
        case EventKind::kPassGantry:
            pass_gantry(context, event);
            return;
        case EventKind::kLosePlazaContact:
        case EventKind::kLoseGantryContact:
            lose_contact(context, site);
            return;
        case EventKind::kRegainPlazaContact:
        case EventKind::kRegainGantryContact:
            regain_contact(context, site);
            return;
        case EventKind::kDegradeDue:
            if (event.aux == contact_[site].version) degrade(context, site);
            return;
        case EventKind::kCloseLane:
            close_lane(context, site, first_lane_[site] + event.payload_low());
            return;
        case EventKind::kOpenLane:
            open_lane(site, first_lane_[site] + event.payload_low());
            context.request_decision();
            return;
        case EventKind::kClosePlaza:
            ++plaza_[site].closed;
            return;
        case EventKind::kOpenPlaza:
            if (plaza_[site].closed > 0) --plaza_[site].closed;
            context.request_decision();
            return;
        case EventKind::kLimitLane:
        case EventKind::kLimitPlaza:
            set_limit(site, event);
            return;
    }
    check_failed("a known event", __FILE__, __LINE__, "tolling got an unknown event kind");
}

void TollingSystem::bind_path_delay_s(std::span<const double> delay_s) {
    JIAHE_CHECK(delay_s.size() == sites_.plazas.size(), "one path delay a plaza");
    path_delay_s_ = delay_s;
}

std::span<const std::int64_t> TollingSystem::owner_credits_fen() const {
    return {owner_credit_.data(), owner_credit_.size()};
}

std::span<const DelayBin> TollingSystem::delay_bins(std::uint32_t plaza) const {
    return {delay_.data() + std::size_t{plaza} * bin_count_, bin_count_};
}

std::span<const std::uint32_t> TollingSystem::wait_histogram(std::uint32_t plaza) const {
    return {wait_count_.data() + std::size_t{plaza} * kWaitBins, kWaitBins};
}

}  // namespace jiahe::tolling
