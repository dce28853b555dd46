#include "logistics/logistics_system.h"

#include <algorithm>

#include "base/check.h"

namespace jiahe::logistics {
namespace {

constexpr Purpose kDrawSuccess = 773;
constexpr Purpose kDrawDoorTime = 774;
constexpr SimTime kUnload = minutes(10);  // A: a failed parcel is ready again after this

template <class Kind>
std::uint8_t own(Kind kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

LogisticsSystem::LogisticsSystem(const City& city, const ParcelOrders& orders,
                                 LogisticsOptions options)
    : city_(city), orders_(orders), options_(std::move(options)) {
    van_first_.push_back(0);
    for (std::uint32_t h = 0; h < city.sites().hubs.size(); ++h) {
        const auto vans = static_cast<std::uint32_t>(city.sites().hubs[h].vans);
        van_first_.push_back(van_first_.back() + vans);
        van_hub_.insert(van_hub_.end(), vans, h);
    }
}

std::uint32_t LogisticsSystem::owner_count() const {
    return static_cast<std::uint32_t>(city_.hub_node.size());
}

double LogisticsSystem::owner_weight(std::uint32_t hub) const {
    return 1 + (parcel_end(hub) - parcel_begin(hub)) * 0.5;
}

void LogisticsSystem::allocate(kernel::StateStore& store) {
    hub_ = store.create<HubState>("logistics.hub", owner_count());
    van_ = store.create<VanState>("logistics.van", van_count());
    for (std::uint32_t v = 0; v < van_count(); ++v) {
        van_[v].at_node = city_.hub_node[van_hub_[v]].value;
    }
    parcel_ = store.create<ParcelState>("logistics.parcel", orders_.size());
    for (ParcelState& p : parcel_)
        p = ParcelState{};
    const std::size_t slots = orders_.size() * static_cast<std::size_t>(options_.attempts_max);
    call_ = store.create<PlanCall>("logistics.call", slots);
    planned_ = store.create<std::uint32_t>("logistics.planned", slots);
}

void LogisticsSystem::start(kernel::EpochContext& epoch) {
    for (std::uint32_t h = 0; h < owner_count(); ++h) {
        for (std::uint32_t w = 0; w < options_.orders.waves.size(); ++w) {
            const Wave& wave = options_.orders.waves[w];
            epoch.post(entity(h), std::max(wave.line_haul, kTick), own(EventKind::kLineHaulArrives),
                       w);
            for (SimTime at = wave.dispatch; at <= options_.last_start; at += options_.redispatch) {
                const bool next_wave_begun = w + 1 < options_.orders.waves.size() &&
                                             at >= options_.orders.waves[w + 1].dispatch;
                if (next_wave_begun) break;
                epoch.post(entity(h), std::max(at, kTick), own(EventKind::kDispatch));
            }
        }
    }
}

void LogisticsSystem::handle(kernel::Context& context, const kernel::Event& event) {
    const std::uint32_t hub = event.owner_index();
    switch (static_cast<EventKind>(event.own_kind())) {
        case EventKind::kVanArrived:
            van_arrived(context, hub, event.payload_low());
            return;
        case EventKind::kBookToll:
            van_[event.payload_low()].toll_fen += event.payload_high();
            return;
        case EventKind::kLoseContact:
            hub_[hub].lost_contact = 1;
            return;
        case EventKind::kRegainContact:
            hub_[hub].lost_contact = 0;
            return;
        case EventKind::kLineHaulArrives:
            receive_line_haul(context, hub, event.payload_low());
            return;
        case EventKind::kDispatch:
            dispatch(context, hub, event.payload_low());
            return;
        case EventKind::kScanTick:
            scan(context, hub, kAtHub, event.payload_low());
            return;
        case EventKind::kVanStarts:
            start_van(context, event.payload_low());
            return;
        case EventKind::kCallDone:
            finish_call(context, hub, event.payload_low());
            return;
    }
    check_failed("a known event", __FILE__, __LINE__, "logistics got an unknown event kind");
}

void LogisticsSystem::scan(kernel::Context& context, std::uint32_t hub, std::uint32_t place,
                           std::int64_t count) {
    hub_[hub].scans += count;
    context.record(own(RecordKind::kScansMade), place, count, count * options_.scan_bytes);
}

void LogisticsSystem::receive_line_haul(kernel::Context& context, std::uint32_t hub,
                                        std::uint32_t wave) {
    std::vector<std::uint32_t> batch;
    for (std::uint32_t p = parcel_begin(hub); p < parcel_end(hub); ++p) {
        if (orders_.wave[p] == wave) batch.push_back(p);
    }
    const LineResult line = run_line(options_.line, options_.orders.seed, context.now().us, batch);
    hub_[hub].misses += static_cast<std::int64_t>(line.misses);
    std::vector<std::uint32_t> read_in_minute;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        ParcelState& parcel = parcel_[batch[i]];
        parcel.ready_us = line.out_us[i];
        parcel.status = own(ParcelStatus::kInHub);
        const auto minute =
            static_cast<std::size_t>((line.out_us[i] - context.now().us) / minutes(1).us);
        if (read_in_minute.size() <= minute) read_in_minute.resize(minute + 1, 0);
        ++read_in_minute[minute];
    }
    // Induction, gate and chute: three scans a parcel, uploaded minute by minute.
    for (std::size_t m = 0; m < read_in_minute.size(); ++m) {
        if (read_in_minute[m] == 0) continue;
        context.schedule(context.now() + minutes(static_cast<std::int64_t>(m) + 1),
                         own(EventKind::kScanTick), 3 * read_in_minute[m]);
    }
}

void LogisticsSystem::dispatch(kernel::Context& context, std::uint32_t hub, std::uint32_t put_off) {
    HubState& state = hub_[hub];
    if (state.lost_contact != 0 && put_off < static_cast<std::uint32_t>(options_.put_off_max)) {
        ++state.postponed;
        context.schedule(context.now() + options_.put_off, own(EventKind::kDispatch), put_off + 1);
        return;
    }
    std::vector<std::uint32_t> ready, idle;
    for (std::uint32_t p = parcel_begin(hub); p < parcel_end(hub); ++p) {
        const bool here = parcel_[p].status == own(ParcelStatus::kInHub);
        if (here && parcel_[p].ready_us <= context.now().us) ready.push_back(p);
    }
    for (std::uint32_t v = van_first_[hub]; v < van_first_[hub + 1]; ++v) {
        if (van_[v].status == own(VanStatus::kIdle)) idle.push_back(v);
    }
    const double left_s = (options_.shift_end - context.now() - options_.planning_time).seconds();
    ++state.dispatches;
    const auto tours = plan_tours(city_.graph(), city_.hub_node[hub], ready, orders_.node,
                                  orders_.door, idle.size(), left_s, options_.planner,
                                  options_.orders.seed * 1000 + hub * 64 + state.dispatches);
    for (const VanTour& tour : tours)
        book_tour(context, hub, idle[tour.van], tour);
}

void LogisticsSystem::book_tour(kernel::Context& context, std::uint32_t hub, std::uint32_t van,
                                const VanTour& tour) {
    HubState& state = hub_[hub];
    const std::uint32_t base =
        parcel_begin(hub) * static_cast<std::uint32_t>(options_.attempts_max);
    VanState& v = van_[van];
    v.first_call = base + state.call_count;
    v.call_count = static_cast<std::uint32_t>(tour.calls.size());
    v.position = 0;
    v.status = own(VanStatus::kLoading);
    v.since_us = context.now().us;
    std::int64_t parcels = 0;
    for (const Call& call : tour.calls) {
        PlanCall& slot = call_[base + state.call_count++];
        slot = {call.node.value, base + state.planned_count,
                static_cast<std::uint32_t>(call.parcels.size()), call.doors};
        for (const std::uint32_t p : call.parcels) {
            planned_[base + state.planned_count++] = p;
            parcel_[p].status = own(ParcelStatus::kOnVan);
            parcel_[p].van = van;
            ++parcels;
        }
    }
    context.record(own(RecordKind::kTourPlanned), van, v.call_count, parcels);
    context.schedule(context.now() + options_.planning_time + options_.load_per_parcel * parcels,
                     own(EventKind::kVanStarts), van);
}

void LogisticsSystem::start_van(kernel::Context& context, std::uint32_t van) {
    VanState& v = van_[van];
    const std::uint32_t hub = van_hub_[van];
    std::int64_t parcels = 0;
    for (std::uint32_t c = 0; c < v.call_count; ++c)
        parcels += call_[v.first_call + c].parcel_count;
    scan(context, hub, kAtHub, parcels);
    v.out_since_us = context.now().us;
    ++v.tours;
    drive_on(context, hub, van);
}

// To the van's next call, or home.
void LogisticsSystem::drive_on(kernel::Context& context, std::uint32_t hub, std::uint32_t van) {
    VanState& v = van_[van];
    const std::uint32_t to = v.position < v.call_count ? call_[v.first_call + v.position].node
                                                       : city_.hub_node[hub].value;
    v.status = own(VanStatus::kDriving);
    v.since_us = context.now().us;
    context.record(own(RecordKind::kVanLeaves), van, v.at_node, to);
    v.at_node = to;
}

SimTime LogisticsSystem::call_duration(kernel::Context& context, const PlanCall& call,
                                       std::uint32_t van) const {
    double seconds = options_.planner.park_s;
    std::uint32_t last_door = kNoIndex;
    for (std::uint32_t i = 0; i < call.parcel_count; ++i) {
        const std::uint32_t p = planned_[call.first_parcel + i];
        if (orders_.door[p] == last_door) {
            seconds += options_.planner.extra_parcel_s;
            continue;
        }
        last_door = orders_.door[p];
        seconds += context.draw(kDrawDoorTime, p, parcel_[p].attempts)
                       .log_logistic(options_.door_median_s, options_.door_shape);
    }
    JIAHE_CHECK(van < van_count(), "an unknown van");
    return ceil_seconds(std::min(seconds, 4 * 3600.0));
}

void LogisticsSystem::van_arrived(kernel::Context& context, std::uint32_t hub, std::uint32_t van) {
    VanState& v = van_[van];
    const SimTime drove{context.now().us - v.since_us};
    const std::int64_t reports = drove.us / options_.position_period.us + 1;
    context.record(own(RecordKind::kPositionsSent), v.at_node, reports,
                   reports * options_.position_bytes);
    if (v.position == v.call_count) {
        come_home(context, van);
        return;
    }
    const PlanCall& call = call_[v.first_call + v.position];
    v.status = own(VanStatus::kAtCall);
    v.since_us = context.now().us;
    scan(context, hub, v.at_node, 1);
    context.schedule(context.now() + call_duration(context, call, van), own(EventKind::kCallDone),
                     van);
}

void LogisticsSystem::attempt(kernel::Context& context, std::uint32_t p) {
    ParcelState& parcel = parcel_[p];
    const Draw draw = context.draw(kDrawSuccess, p, parcel.attempts);
    ++parcel.attempts;
    if (draw.bernoulli(options_.first_success)) {
        parcel.status = own(ParcelStatus::kDelivered);
        parcel.delivered_us = context.now().us;
        context.record(own(RecordKind::kParcelDelivered), p, promise(p).us, parcel.attempts);
        return;
    }
    if (parcel.attempts == 1) parcel.first_failed = 1;
    context.record(own(RecordKind::kParcelFailed), p, promise(p).us, parcel.attempts);
}

void LogisticsSystem::finish_call(kernel::Context& context, std::uint32_t hub, std::uint32_t van) {
    VanState& v = van_[van];
    const PlanCall& call = call_[v.first_call + v.position];
    for (std::uint32_t i = 0; i < call.parcel_count; ++i) {
        attempt(context, planned_[call.first_parcel + i]);
    }
    scan(context, hub, v.at_node, call.parcel_count);
    ++v.calls_done;
    ++v.position;
    drive_on(context, hub, van);
}

void LogisticsSystem::come_home(kernel::Context& context, std::uint32_t van) {
    VanState& v = van_[van];
    for (std::uint32_t c = 0; c < v.call_count; ++c) {
        const PlanCall& call = call_[v.first_call + c];
        for (std::uint32_t i = 0; i < call.parcel_count; ++i) {
            const std::uint32_t p = planned_[call.first_parcel + i];
            ParcelState& parcel = parcel_[p];
            if (parcel.status != own(ParcelStatus::kOnVan)) continue;
            const bool given_up = parcel.attempts >= options_.attempts_max;
            parcel.status = own(given_up ? ParcelStatus::kReturned : ParcelStatus::kInHub);
            parcel.ready_us = context.now().us + kUnload.us;
            parcel.van = kNoIndex;
            if (given_up) context.record(own(RecordKind::kParcelReturned), p, 0, parcel.attempts);
        }
    }
    v.status = own(VanStatus::kIdle);
    v.busy_us += context.now().us - v.out_since_us;
    v.since_us = context.now().us;
    v.call_count = v.position = 0;
}

}  // namespace jiahe::logistics
