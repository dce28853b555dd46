#include "logistics/logistics_system.h"

#include <algorithm>

#include "base/check.h"
#include "logistics/purposes.h"

namespace jiahe::logistics {
namespace {

// What vans find on the road counts against this much driving as planned, and fades by half with
// each dispatch. A
constexpr SimTime kSlownessPrior = minutes(30);
constexpr double kSlownessLeast = 0.5, kSlownessMost = 5;

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
    for (HubState& hub : hub_)
        hub.line_free_us = -hours(24).us;
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
    eta_error_ = store.create<std::uint32_t>("logistics.eta_error", owner_count() * kEtaBins);
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
            hub_[hub].toll_fen += event.payload_high();
            return;
        case EventKind::kLoseContact:
            hub_[hub].lost_contact = 1;
            return;
        case EventKind::kRegainContact:
            regain_contact(context, hub);
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
            start_van(context, hub, event.payload_low());
            return;
        case EventKind::kCallDone:
            finish_call(context, hub, event.payload_low());
            return;
    }
    check_failed("a known event", __FILE__, __LINE__, "logistics got an unknown event kind");
}

void LogisticsSystem::scan(kernel::Context& context, std::uint32_t hub, std::uint32_t place,
                           std::int64_t count) {
    HubState& state = hub_[hub];
    state.scans += count;
    if (place == kAtHub && state.lost_contact != 0) {
        state.scans_waiting += count;
        return;
    }
    context.record(own(RecordKind::kScansMade), place, count, count * options_.scan_bytes);
}

void LogisticsSystem::regain_contact(kernel::Context& context, std::uint32_t hub) {
    HubState& state = hub_[hub];
    state.lost_contact = 0;
    if (state.scans_waiting == 0) return;
    context.record(own(RecordKind::kScansMade), kAtHub, state.scans_waiting,
                   state.scans_waiting * options_.scan_bytes);
    state.scans_waiting = 0;
}

void LogisticsSystem::receive_line_haul(kernel::Context& context, std::uint32_t hub,
                                        std::uint32_t wave) {
    HubState& state = hub_[hub];
    std::vector<std::uint32_t> batch;
    for (std::uint32_t p = parcel_begin(hub); p < parcel_end(hub); ++p) {
        if (orders_.wave[p] == wave) batch.push_back(p);
    }
    const std::uint64_t seed = options_.orders.seed;
    // Trucks are loaded as orders came, not zone by zone.
    std::sort(batch.begin(), batch.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair{Draw(seed, kDrawPlaceInTruck, a, 0).bits(), a} <
               std::pair{Draw(seed, kDrawPlaceInTruck, b, 0).bits(), b};
    });
    // What came before the run began has been sorted since.
    const std::int64_t arrival_us =
        std::min(context.now().us, options_.orders.waves[wave].line_haul.us);
    const LineResult line = run_line(options_.line, seed, arrival_us, state.line_free_us, batch);
    state.line_free_us = line.line_free_us;
    state.inducted += static_cast<std::int64_t>(batch.size());
    state.entered += static_cast<std::int64_t>(batch.size());
    state.misses += static_cast<std::int64_t>(line.misses);
    state.passes += static_cast<std::int64_t>(line.passes);
    state.missorted += static_cast<std::int64_t>(line.missorted);
    std::vector<std::uint32_t> read_in_minute;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        ParcelState& parcel = parcel_[batch[i]];
        parcel.ready_us = line.out_us[i];
        parcel.status = own(ParcelStatus::kInHub);
        if (line.out_us[i] < context.now().us) continue;
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

// Driving lately against driving as planned at the mean speed; fades.
double LogisticsSystem::recent_slowness(std::uint32_t hub) {
    HubState& state = hub_[hub];
    const auto prior = static_cast<double>(kSlownessPrior.us);
    const double slowness = (prior + static_cast<double>(state.actual_drive_us)) /
                            (prior + static_cast<double>(state.planned_drive_us));
    state.actual_drive_us /= 2;
    state.planned_drive_us /= 2;
    return std::clamp(slowness, kSlownessLeast, kSlownessMost);
}

void LogisticsSystem::dispatch(kernel::Context& context, std::uint32_t hub, std::uint32_t put_off) {
    HubState& state = hub_[hub];
    if (state.lost_contact != 0 && put_off < static_cast<std::uint32_t>(options_.put_off_max)) {
        ++state.postponed;
        context.schedule(context.now() + options_.put_off, own(EventKind::kDispatch), put_off + 1);
        return;
    }
    const SimTime start = context.now() + options_.planning_time;
    std::vector<std::uint32_t> ready, idle;
    std::vector<Handover> handovers;
    std::vector<double> due_s;
    for (std::uint32_t p = parcel_begin(hub); p < parcel_end(hub); ++p) {
        const bool here = parcel_[p].status == own(ParcelStatus::kInHub);
        if (!here || parcel_[p].ready_us > context.now().us) continue;
        ready.push_back(p);
        handovers.push_back(handover(p));
        due_s.push_back((promise(p) - start).seconds());
    }
    for (std::uint32_t v = van_begin(hub); v < van_end(hub); ++v) {
        if (van_[v].status == own(VanStatus::kIdle)) idle.push_back(v);
    }
    ++state.dispatches;
    PlanningSituation situation;
    situation.hub = city_.hub_node[hub];
    situation.parcels = ready;
    situation.handover = handovers;
    situation.due_s = due_s;
    situation.idle_vans = idle.size();
    situation.time_left_s = (options_.shift_end - start).seconds();
    situation.slowness = recent_slowness(hub);
    situation.seed = context.draw(kDrawPlan, hub, state.dispatches).bits();
    const auto tours =
        plan_tours(city_.graph(), orders_, situation, options_.planner, options_.times);
    for (const VanTour& tour : tours)
        book_tour(context, hub, idle[tour.van], tour, situation.slowness);
}

void LogisticsSystem::book_tour(kernel::Context& context, std::uint32_t hub, std::uint32_t van,
                                const VanTour& tour, double slowness) {
    HubState& state = hub_[hub];
    const std::uint32_t base =
        parcel_begin(hub) * static_cast<std::uint32_t>(options_.attempts_max);
    const auto base_ms = [&](double drive_s) {
        return static_cast<std::uint32_t>(drive_s / slowness * 1000);
    };
    VanState& v = van_[van];
    v.first_call = base + state.call_count;
    v.call_count = static_cast<std::uint32_t>(tour.calls.size());
    v.position = 0;
    v.status = own(VanStatus::kLoading);
    v.since_us = context.now().us;
    v.planned_m += static_cast<std::int64_t>(tour.distance_m);
    v.drive_home_ms = base_ms(tour.drive_home_s);
    std::int64_t parcels = 0;
    for (const Call& call : tour.calls)
        parcels += static_cast<std::int64_t>(call.parcels.size());
    const SimTime leaves =
        context.now() + options_.planning_time + options_.load_per_parcel * parcels;
    for (const Call& call : tour.calls) {
        const SimTime arrival = leaves + ceil_seconds(call.arrival_s);
        call_[base + state.call_count++] = {arrival.us,
                                            base_ms(call.drive_s),
                                            call.node.value,
                                            base + state.planned_count,
                                            static_cast<std::uint32_t>(call.parcels.size()),
                                            call.doors,
                                            own(call.handover)};
        for (const std::uint32_t p : call.parcels) {
            planned_[base + state.planned_count++] = p;
            ParcelState& parcel = parcel_[p];
            parcel.status = own(ParcelStatus::kOnVan);
            parcel.van = van;
            const bool tell = options_.told_window.us > 0 && parcel.told_us == 0;
            if (tell) parcel.told_us = (arrival + options_.told_window).us;
        }
    }
    v.loaded += static_cast<std::uint32_t>(parcels);
    context.record(own(RecordKind::kTourPlanned), van, v.call_count, parcels);
    context.schedule(leaves, own(EventKind::kVanStarts), van);
}

}  // namespace jiahe::logistics
