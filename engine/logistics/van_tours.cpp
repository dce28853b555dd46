// A van's tour: from the hub to its calls, at the doors, and home.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/check.h"
#include "logistics/logistics_system.h"
#include "logistics/purposes.h"

namespace jiahe::logistics {
namespace {

constexpr SimTime kUnload = minutes(10);  // A: a failed parcel is ready again after this

template <class Kind>
std::uint8_t own(Kind kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

void LogisticsSystem::start_van(kernel::Context& context, std::uint32_t hub, std::uint32_t van) {
    VanState& v = van_[van];
    std::int64_t parcels = 0;
    for (std::uint32_t c = 0; c < v.call_count; ++c)
        parcels += call_[v.first_call + c].parcel_count;
    scan(context, hub, kAtHub, parcels);
    v.out_since_us = context.now().us;
    ++v.tours;
    drive_on(context, hub, van);
}

// To the van's next call, or home. Where it stands there already, it does not take to the road.
void LogisticsSystem::drive_on(kernel::Context& context, std::uint32_t hub, std::uint32_t van) {
    VanState& v = van_[van];
    const std::uint32_t to = v.position < v.call_count ? call_[v.first_call + v.position].node
                                                       : city_.hub_node[hub].value;
    v.status = own(VanStatus::kDriving);
    v.since_us = context.now().us;
    if (to == v.at_node) {
        context.schedule(context.now() + kRideDelay, own(EventKind::kVanArrived), van);
        return;
    }
    context.record(own(RecordKind::kVanLeaves), van, v.at_node, to);
    v.at_node = to;
}

// Calls `hand_over(parcel, since)` for each parcel of the call with the time since the van's
// arrival when its door, locker or station is done; returns the call's duration.
template <class HandOver>
SimTime LogisticsSystem::serve(const kernel::Context& context, const PlanCall& call,
                               HandOver&& hand_over) const {
    const auto kind = static_cast<Handover>(call.handover);
    double seconds = options_.times.park_s;
    for (std::uint32_t i = 0; i < call.parcel_count;) {
        const std::uint32_t begin = i;
        const std::uint32_t first = planned_[call.first_parcel + i];
        while (i < call.parcel_count &&
               (kind != Handover::kDoor ||
                orders_.door[planned_[call.first_parcel + i]] == orders_.door[first])) {
            ++i;  // handed over together
        }
        seconds += handling_s(options_.times, kind, i - begin,
                              context.draw(kDrawDoorTime, first, parcel_[first].attempts));
        for (std::uint32_t k = begin; k < i; ++k)
            hand_over(planned_[call.first_parcel + k], ceil_seconds(seconds));
    }
    return ceil_seconds(seconds);
}

void LogisticsSystem::van_arrived(kernel::Context& context, std::uint32_t hub, std::uint32_t van) {
    VanState& v = van_[van];
    JIAHE_CHECK(v.status == own(VanStatus::kDriving), "a van arrived that was not driving");
    const SimTime drove{context.now().us - v.since_us};
    const bool home = v.position == v.call_count;
    const std::int64_t reports = drove.us / options_.position_period.us + 1;
    context.record(own(RecordKind::kPositionsSent), v.at_node, reports,
                   reports * options_.position_bytes);
    hub_[hub].actual_drive_us += drove.us;
    hub_[hub].planned_drive_us +=
        std::int64_t{1000} * (home ? v.drive_home_ms : call_[v.first_call + v.position].drive_ms);
    if (home) {
        come_home(context, hub, van);
        return;
    }
    const PlanCall& call = call_[v.first_call + v.position];
    const std::int64_t error_us = std::abs(context.now().us - call.arrival_us);
    ++eta_error_[hub * kEtaBins + std::min<std::int64_t>(error_us / kEtaBin_us, kEtaBins - 1)];
    v.status = own(VanStatus::kAtCall);
    v.since_us = context.now().us;
    scan(context, hub, v.at_node, 1);
    const SimTime duration = serve(context, call, [](std::uint32_t, SimTime) {});
    context.schedule(context.now() + duration, own(EventKind::kCallDone), van);
}

void LogisticsSystem::attempt(kernel::Context& context, std::uint32_t hub, std::uint32_t p,
                              SimTime at) {
    ParcelState& parcel = parcel_[p];
    const bool at_door = handover(p) == Handover::kDoor;
    const bool taken =
        !at_door ||
        context.draw(kDrawSuccess, p, parcel.attempts).bernoulli(options_.first_success);
    ++parcel.attempts;
    if (taken) {
        parcel.status = own(ParcelStatus::kDelivered);
        parcel.delivered_us = at.us;
        ++hub_[hub].delivered;
        context.record(own(RecordKind::kParcelDelivered), p, promise(p).us, parcel.attempts);
        return;
    }
    if (parcel.attempts == 1) parcel.first_failed = 1;
    if (context.draw(kDrawDivert, p, parcel.attempts).bernoulli(options_.diversion)) {
        parcel.diverted = 1;
    }
    context.record(own(RecordKind::kParcelFailed), p, promise(p).us, parcel.attempts);
}

void LogisticsSystem::finish_call(kernel::Context& context, std::uint32_t hub, std::uint32_t van) {
    VanState& v = van_[van];
    const PlanCall& call = call_[v.first_call + v.position];
    const SimTime arrived{v.since_us};
    serve(context, call, [&](std::uint32_t parcel, SimTime since) {
        attempt(context, hub, parcel, arrived + since);
    });
    scan(context, hub, v.at_node, call.parcel_count);
    ++v.calls_done;
    ++v.position;
    drive_on(context, hub, van);
}

void LogisticsSystem::come_home(kernel::Context& context, std::uint32_t hub, std::uint32_t van) {
    VanState& v = van_[van];
    std::int64_t brought_back = 0;
    for (std::uint32_t c = 0; c < v.call_count; ++c) {
        const PlanCall& call = call_[v.first_call + c];
        for (std::uint32_t i = 0; i < call.parcel_count; ++i) {
            const std::uint32_t p = planned_[call.first_parcel + i];
            ParcelState& parcel = parcel_[p];
            if (parcel.status != own(ParcelStatus::kOnVan)) continue;
            ++brought_back;
            const bool given_up = parcel.attempts >= options_.attempts_max;
            parcel.status = own(given_up ? ParcelStatus::kReturned : ParcelStatus::kInHub);
            parcel.ready_us = context.now().us + kUnload.us;
            parcel.van = kNoIndex;
            if (!given_up) continue;
            ++hub_[hub].returned;
            context.record(own(RecordKind::kParcelReturned), p, 0, parcel.attempts);
        }
    }
    if (brought_back > 0) scan(context, hub, kAtHub, brought_back);
    v.status = own(VanStatus::kIdle);
    v.busy_us += context.now().us - v.out_since_us;
    v.since_us = context.now().us;
    v.call_count = v.position = 0;
}

}  // namespace jiahe::logistics
