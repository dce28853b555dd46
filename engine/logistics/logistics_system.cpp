#include "logistics/logistics_system.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "logistics/purposes.h"

namespace jiahe::logistics {
namespace {

// What vans find on the road counts against this much driving as planned. Where there is more than
// the memory of it, it fades by half with each dispatch: few drives are no reason to forget. A
constexpr SimTime kSlownessPrior = minutes(30), kSlownessMemory = hours(4);
constexpr double kSlownessLeast = 0.5, kSlownessMost = 5;
// A dispatcher reckons in steps: a plan must not hinge on one van's last second. A
constexpr double kSlownessStep = 0.05;

template <class Kind>
std::uint8_t own(Kind kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

LogisticsSystem::LogisticsSystem(const City& city, const ParcelOrders& orders,
                                 const std::vector<TravelMatrix>& travel, LogisticsOptions options)
    : city_(city), orders_(orders), travel_(travel), options_(std::move(options)) {
    JIAHE_CHECK(travel_.size() == city.hub_node.size(), "one travel matrix a hub");
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
    const auto bays = static_cast<std::size_t>(options_.loading_bays);
    bay_free_us_ = store.create<std::int64_t>("logistics.bay_free", owner_count() * bays);
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

// Driving lately against driving as planned on ordinary roads; fades.
double LogisticsSystem::recent_slowness(std::uint32_t hub) {
    HubState& state = hub_[hub];
    const auto prior = static_cast<double>(kSlownessPrior.us);
    const double slowness = (prior + static_cast<double>(state.actual_drive_us)) /
                            (prior + static_cast<double>(state.planned_drive_us));
    if (state.planned_drive_us > kSlownessMemory.us) {
        state.actual_drive_us /= 2;
        state.planned_drive_us /= 2;
    }
    return std::clamp(std::round(slowness / kSlownessStep) * kSlownessStep, kSlownessLeast,
                      kSlownessMost);
}

void LogisticsSystem::dispatch(kernel::Context& context, std::uint32_t hub, std::uint32_t put_off) {
    HubState& state = hub_[hub];
    if (state.lost_contact != 0 && put_off < static_cast<std::uint32_t>(options_.put_off_max)) {
        ++state.postponed;
        context.schedule(context.now() + options_.put_off, own(EventKind::kDispatch), put_off + 1);
        return;
    }
    std::vector<std::uint32_t> ready, idle;
    std::vector<Handover> handovers;
    std::vector<double> due_s;
    for (std::uint32_t p = parcel_begin(hub); p < parcel_end(hub); ++p) {
        const bool here = parcel_[p].status == own(ParcelStatus::kInHub);
        if (!here || parcel_[p].ready_us > context.now().us) continue;
        ready.push_back(p);
        handovers.push_back(handover(p));
    }
    // Plans reckon with the van that is loaded last.
    const auto parcels = static_cast<std::int64_t>(ready.size());
    const SimTime start = context.now() + options_.planning_time +
                          options_.load_per_parcel * (parcels / options_.loading_bays);
    for (const std::uint32_t p : ready)
        due_s.push_back((promise(p) - start).seconds());
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
    auto tours = plan_tours(city_.graph(), travel_[hub], orders_, situation, options_.planner,
                            options_.times);
    // Whoever is out longest is loaded first.
    std::stable_sort(tours.begin(), tours.end(), [](const VanTour& a, const VanTour& b) {
        return a.duration_s > b.duration_s;
    });
    for (const VanTour& tour : tours)
        book_tour(context, hub, idle[tour.van], tour, situation.slowness);
}

// Each customer the planned time at the own door, locker or station, once.
void LogisticsSystem::tell_customers(const Call& call, SimTime arrival) {
    const bool at_doors = call.handover == Handover::kDoor;
    const auto count = static_cast<std::uint32_t>(call.parcels.size());
    std::uint32_t doors = 0;
    for (std::uint32_t i = 0; i < count;) {
        const std::uint32_t begin = i;
        const std::uint32_t door = orders_.door[call.parcels[i]];
        while (i < count && (!at_doors || orders_.door[call.parcels[i]] == door))
            ++i;
        ++doors;
        const double served_s =
            options_.times.park_s + expected_handling_s(options_.times, call.handover, doors, i);
        for (std::uint32_t k = begin; k < i; ++k) {
            ParcelState& parcel = parcel_[call.parcels[k]];
            if (parcel.told_us != 0) continue;
            parcel.told_us = (arrival + ceil_seconds(served_s) + options_.told_window).us;
        }
    }
}

// When parcels are loaded at the bay that is free first, not before `from`.
SimTime LogisticsSystem::load(std::uint32_t hub, SimTime from, std::int64_t parcels) {
    const auto bays = static_cast<std::size_t>(options_.loading_bays);
    std::size_t best = hub * bays;
    for (std::size_t bay = best + 1; bay < (hub + 1) * bays; ++bay) {
        if (bay_free_us_[bay] < bay_free_us_[best]) best = bay;
    }
    const SimTime begin{std::max(from.us, bay_free_us_[best])};
    const SimTime done = begin + options_.load_per_parcel * parcels;
    bay_free_us_[best] = done.us;
    return done;
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
    const SimTime leaves = load(hub, context.now() + options_.planning_time, parcels);
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
        }
        if (options_.told_window.us > 0) tell_customers(call, arrival);
    }
    v.loaded += static_cast<std::uint32_t>(parcels);
    context.record(own(RecordKind::kTourPlanned), van, v.call_count, parcels);
    context.schedule(leaves, own(EventKind::kVanStarts), van);
}

}  // namespace jiahe::logistics
