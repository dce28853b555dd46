// TollingSystem, the plaza's part: arrivals, lane choice, booths.
#include <algorithm>
#include <array>

#include "base/check.h"
#include "tolling/tolling_system.h"

namespace jiahe::tolling {
namespace {

std::uint8_t own(EventKind kind) {
    return static_cast<std::uint8_t>(kind);
}
std::uint8_t own(RecordKind kind) {
    return static_cast<std::uint8_t>(kind);
}

// How well a lane suits a vehicle; the best rank that any open lane has is taken.
enum : std::size_t { kSought, kProper, kTolerated, kAnyLane, kRankCount };

}  // namespace

void TollingSystem::enter_plaza(kernel::Context& context, const kernel::Event& event) {
    const std::uint32_t p = event.owner_index();
    PlazaState& plaza = plaza_[p];
    const Passing passing = admit(context, event);
    const std::uint32_t s = plaza.free_head;
    JIAHE_CHECK(s != kNone, "more vehicles were let into a plaza than its apron holds");
    VehicleSlot& slot = slot_[s];
    plaza.free_head = slot.next;
    slot = VehicleSlot{};
    slot.entered_us = context.now().us;
    slot.vehicle = passing.vehicle;
    slot.passage = passing.passage;
    slot.toll_class = static_cast<std::uint8_t>(passing.toll_class);
    slot.payment = static_cast<std::uint8_t>(passing.payment);
    slot.wants_stray = passing.payment == Payment::kManual &&
                       context.draw(kDrawStray, passing.vehicle, passing.passage)
                           .bernoulli(options_.service.failures.stray);
    if (++plaza.inside == sites_.plazas[p].apron) plaza.full_since_us = context.now().us;
    ++plaza.entered_count;
    insert_waiting(p, s);
    context.request_decision();
}

void TollingSystem::decide(kernel::Context& context, std::uint32_t p) {
    if (p >= plaza_count()) return;
    if (plaza_[p].closed == 0) {
        share_out_waiting(p);
        for (std::uint32_t l = lane_begin(p); l < lane_end(p); ++l) {
            if (lane_[l].phase == LanePhase::kIdle && lane_[l].count > 0) call_head(context, p, l);
        }
    }
    note_queue(p, context.now());
}

// Keeps the waiting list in order of entry, ties by slot order of insertion.
void TollingSystem::insert_waiting(std::uint32_t p, std::uint32_t s) {
    PlazaState& plaza = plaza_[p];
    std::uint32_t* link = &plaza.waiting_head;
    while (*link != kNone && slot_[*link].entered_us <= slot_[s].entered_us) {
        link = &slot_[*link].next;
    }
    slot_[s].next = *link;
    *link = s;
    ++plaza.waiting_count;
}

void TollingSystem::share_out_waiting(std::uint32_t p) {
    PlazaState& plaza = plaza_[p];
    std::uint32_t* link = &plaza.waiting_head;
    while (*link != kNone) {
        const std::uint32_t s = *link;
        const std::uint32_t lane = choose_lane(p, slot_[s]);
        if (lane == kNone) {
            link = &slot_[s].next;
            continue;
        }
        *link = slot_[s].next;
        --plaza.waiting_count;
        join_lane(p, lane, s);
    }
}

std::uint32_t TollingSystem::choose_lane(std::uint32_t p, const VehicleSlot& slot) const {
    const auto toll_class = static_cast<TollClass>(slot.toll_class);
    const bool etc = static_cast<Payment>(slot.payment) == Payment::kEtc;
    const bool degraded = contact_[p].degraded != 0;
    std::array<std::uint32_t, kRankCount> best;
    std::array<bool, kRankCount> exists{};
    best.fill(kNone);
    for (std::uint32_t l = lane_begin(p); l < lane_end(p); ++l) {
        const LaneState& lane = lane_[l];
        if (lane.closed > 0) continue;
        const LaneKind kind = lane_kind_[l];
        std::size_t rank = kAnyLane;
        if (admits_class(kind, toll_class)) {
            const bool proper = degraded || (etc ? reads_obu(kind) : kind != LaneKind::kEtc);
            const bool sought = slot.wants_stray != 0 && !degraded && kind == LaneKind::kEtc;
            rank = sought ? kSought : (proper ? kProper : kTolerated);
        }
        exists[rank] = true;
        const bool may_take = options_.lane_choice == LaneChoice::kLeastWait || lane.count == 0;
        if (may_take && (best[rank] == kNone || lane.work_us < lane_[best[rank]].work_us)) {
            best[rank] = l;
        }
    }
    for (std::size_t rank = 0; rank < kRankCount; ++rank) {
        if (exists[rank]) return best[rank];
    }
    return kNone;
}

void TollingSystem::join_lane(std::uint32_t p, std::uint32_t l, std::uint32_t s) {
    LaneState& lane = lane_[l];
    VehicleSlot& slot = slot_[s];
    slot.next = kNone;
    slot.is_stray = static_cast<Payment>(slot.payment) == Payment::kManual &&
                    lane_kind_[l] == LaneKind::kEtc && contact_[p].degraded == 0;
    slot.headway_us = expected_headway_us(p, l, slot);
    lane.work_us += slot.headway_us;
    if (lane.head == kNone) {
        lane.head = s;
    } else {
        slot_[lane.tail].next = s;
    }
    lane.tail = s;
    ++lane.count;
}

std::uint32_t TollingSystem::expected_headway_us(std::uint32_t p, std::uint32_t l,
                                                 const VehicleSlot& slot) const {
    const double headway_s = options_.service.mean_headway_s(
        static_cast<TollClass>(slot.toll_class), static_cast<Payment>(slot.payment), mode_of(p, l));
    return static_cast<std::uint32_t>(ceil_seconds(headway_s * slowness(p, l)).us);
}

// How many times as long everything takes under the limits of the lane and its plaza.
double TollingSystem::slowness(std::uint32_t p, std::uint32_t l) const {
    constexpr double kWhole = kWholeCapacity;
    return kWhole / lane_[l].limit_permille * (kWhole / plaza_[p].limit_permille);
}

// Who is being served or moving up goes on at the old pace.
void TollingSystem::set_limit(std::uint32_t p, const kernel::Event& event) {
    const auto permille = static_cast<std::uint16_t>(event.payload_high());
    JIAHE_CHECK(permille >= 1 && permille <= kWholeCapacity, "a limit leaves 1 to 1000 per mille");
    if (static_cast<EventKind>(event.own_kind()) == EventKind::kLimitPlaza) {
        plaza_[p].limit_permille = permille;
    } else {
        const std::uint32_t l = lane_begin(p) + event.payload_low();
        JIAHE_CHECK(l < lane_end(p), "a plaza has no such lane");
        lane_[l].limit_permille = permille;
    }
    recount_work(p);
}

void TollingSystem::close_lane(kernel::Context& context, std::uint32_t p, std::uint32_t l) {
    JIAHE_CHECK(l < lane_end(p), "a plaza has no such lane");
    LaneState& lane = lane_[l];
    ++lane.closed;
    const bool keeps_head = lane.phase != LanePhase::kIdle;
    const std::uint32_t kept = keeps_head ? lane.head : kNone;
    std::uint32_t s = keeps_head ? slot_[kept].next : lane.head;
    lane.head = lane.tail = kept;
    lane.count = keeps_head ? 1 : 0;
    lane.work_us = keeps_head ? slot_[kept].headway_us : 0;
    if (keeps_head) slot_[kept].next = kNone;
    while (s != kNone) {
        const std::uint32_t next = slot_[s].next;
        slot_[s].is_stray = 0;
        insert_waiting(p, s);
        s = next;
    }
    context.request_decision();
}

void TollingSystem::open_lane(std::uint32_t p, std::uint32_t l) {
    JIAHE_CHECK(l < lane_end(p), "a plaza has no such lane");
    if (lane_[l].closed > 0) --lane_[l].closed;
}

ServiceMode TollingSystem::mode_of(std::uint32_t p, std::uint32_t l) const {
    const SiteContact& contact = contact_[p];
    if (!reads_obu(lane_kind_[l]) || contact.degraded != 0) return ServiceMode::kByHand;
    return contact.lost != 0 ? ServiceMode::kOffline : ServiceMode::kOnline;
}

ServiceRequest TollingSystem::request_of(std::uint32_t p, std::uint32_t l,
                                         const VehicleSlot& slot) const {
    return {static_cast<TollClass>(slot.toll_class), static_cast<Payment>(slot.payment),
            mode_of(p, l), slot.is_stray != 0 && contact_[p].degraded == 0,
            path_delay_s_.empty() ? 0 : path_delay_s_[p]};
}

// The head of an idle lane comes to the booth; one that stood in a queue has to move up first.
void TollingSystem::call_head(kernel::Context& context, std::uint32_t p, std::uint32_t l) {
    const VehicleSlot& slot = slot_[lane_[l].head];
    SimTime move_up;
    if (slot.entered_us < context.now().us) {
        const ServiceDraws draws{context.draw(kDrawDuration, slot.vehicle, slot.passage),
                                 context.draw(kDrawOutcome, slot.vehicle, slot.passage)};
        move_up = ceil_seconds(slowness(p, l) *
                               draw_move_up_s(options_.service, request_of(p, l, slot), draws));
    }
    if (move_up.us == 0) {
        begin_service(context, p, l);
        return;
    }
    begin_phase(l, LanePhase::kMovingUp, context.now());
    context.schedule(context.now() + move_up, own(EventKind::kMoveUpDone), l);
}

void TollingSystem::begin_service(kernel::Context& context, std::uint32_t p, std::uint32_t l) {
    const SimTime now = context.now();
    VehicleSlot& slot = slot_[lane_[l].head];
    const ServiceDraws draws{context.draw(kDrawDuration, slot.vehicle, slot.passage),
                             context.draw(kDrawOutcome, slot.vehicle, slot.passage)};
    const ServiceOutcome outcome = draw_service(options_.service, request_of(p, l, slot), draws);
    slot.cause = static_cast<std::uint8_t>(outcome.cause);
    slot.wait_us = now.us - slot.entered_us;
    PlazaState& plaza = plaza_[p];
    plaza.wait_max_us = std::max(plaza.wait_max_us, slot.wait_us);
    const auto second = static_cast<std::uint64_t>(slot.wait_us / kMicrosPerSecond);
    ++wait_count_[std::size_t{p} * kWaitBins + std::min<std::uint64_t>(second, kWaitBins - 1)];
    begin_phase(l, LanePhase::kServing, now);
    const SimTime service = ceil_seconds(slowness(p, l) * outcome.service_s);
    context.schedule(now + std::max(kTick, service), own(EventKind::kServiceDone), l);
}

void TollingSystem::end_service(kernel::Context& context, std::uint32_t p, std::uint32_t l) {
    const VehicleSlot& slot = slot_[lane_[l].head];
    begin_phase(l, LanePhase::kServed, context.now());
    ++lane_[l].served_count;
    settle(context, p,
           {slot.vehicle, slot.passage, static_cast<TollClass>(slot.toll_class),
            static_cast<Payment>(slot.payment), static_cast<Cause>(slot.cause)});
    context.record(own(RecordKind::kVehicleServed), slot.vehicle, slot.entered_us, slot.wait_us,
                   static_cast<std::uint16_t>(l - lane_begin(p)));
}

void TollingSystem::leave_lane(kernel::Context& context, std::uint32_t vehicle) {
    const std::uint32_t p = context.self().index();
    std::uint32_t l = lane_begin(p);
    while (l < lane_end(p) &&
           !(lane_[l].phase == LanePhase::kServed && slot_[lane_[l].head].vehicle == vehicle)) {
        ++l;
    }
    JIAHE_CHECK(l < lane_end(p), "a vehicle left a plaza lane without having been served in it");
    LaneState& lane = lane_[l];
    const std::uint32_t s = lane.head;
    VehicleSlot& slot = slot_[s];
    begin_phase(l, LanePhase::kIdle, context.now());
    lane.work_us -= slot.headway_us;
    lane.head = slot.next;
    if (lane.head == kNone) lane.tail = kNone;
    --lane.count;

    DelayBin& bin = bin_at(p, slot.entered_us);
    ++bin.count;
    bin.delay_us += context.now().us - slot.entered_us;
    bin.wait_us += slot.wait_us;
    context.record(own(RecordKind::kVehicleLeftPlaza), vehicle, slot.entered_us, slot.wait_us,
                   static_cast<std::uint16_t>(l - lane_begin(p)));
    PlazaState& plaza = plaza_[p];
    slot = VehicleSlot{};
    slot.next = plaza.free_head;
    plaza.free_head = s;
    if (plaza.inside-- == sites_.plazas[p].apron) {
        plaza.full_us += context.now().us - plaza.full_since_us;
        plaza.full_since_us = 0;
    }
    ++plaza.left_count;
    context.request_decision();
}

void TollingSystem::begin_phase(std::uint32_t l, LanePhase phase, SimTime now) {
    LaneState& lane = lane_[l];
    const std::int64_t spell_us = now.us - lane.since_us;
    switch (lane.phase) {
        case LanePhase::kMovingUp:
        case LanePhase::kServing:
            lane.busy_us += spell_us;
            break;
        case LanePhase::kServed:
            lane.blocked_us += spell_us;
            break;
        case LanePhase::kIdle:
            break;
    }
    lane.phase = phase;
    lane.since_us = now.us;
}

void TollingSystem::note_queue(std::uint32_t p, SimTime now) {
    PlazaState& plaza = plaza_[p];
    std::uint32_t queued = plaza.waiting_count;
    for (std::uint32_t l = lane_begin(p); l < lane_end(p); ++l) {
        queued += lane_[l].count - (lane_[l].phase == LanePhase::kIdle ? 0 : 1);
    }
    if (queued == plaza.queued) return;
    DelayBin& bin = bin_at(p, now.us);
    bin.queued_max = std::max({bin.queued_max, plaza.queued, queued});
    plaza.queued_max = std::max(plaza.queued_max, queued);
    plaza.queued = queued;
}

DelayBin& TollingSystem::bin_at(std::uint32_t p, std::int64_t time_us) const {
    const std::int64_t bin = std::min<std::int64_t>(time_us / options_.bin.us, bin_count_ - 1);
    return delay_[std::size_t{p} * bin_count_ + static_cast<std::size_t>(bin)];
}

}  // namespace jiahe::tolling
