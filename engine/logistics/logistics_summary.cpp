#include "logistics/logistics_summary.h"

#include <fmt/format.h>

#include <array>

namespace jiahe::logistics {
namespace {

double eta_error_min(const LogisticsSystem& logistics, double quantile) {
    std::array<std::uint64_t, kEtaBins> count{};
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < logistics.eta_errors().size(); ++i) {
        count[i % kEtaBins] += logistics.eta_errors()[i];
        total += logistics.eta_errors()[i];
    }
    std::uint64_t below = 0;
    for (std::size_t bin = 0; bin < kEtaBins && total > 0; ++bin) {
        below += count[bin];
        if (static_cast<double>(below) >= quantile * static_cast<double>(total)) {
            return static_cast<double>(bin + 1);
        }
    }
    return 0;
}

void add_costs(const LogisticsSystem& logistics, LogisticsSummary& s) {
    const PlannerOptions& o = logistics.options().planner;
    s.cost_fen = s.van_hours * o.wage_fen_ph + s.planned_km * o.van_fen_per_km +
                 static_cast<double>(s.tours) * o.tour_fen + static_cast<double>(s.toll_fen);
    if (s.delivered > 0) s.cost_per_parcel_fen = s.cost_fen / static_cast<double>(s.delivered);
}

// Out of the hub, the tour under way included.
std::int64_t out_us(const VanState& van, SimTime now) {
    const auto status = static_cast<VanStatus>(van.status);
    const bool is_out = status == VanStatus::kDriving || status == VanStatus::kAtCall;
    return van.busy_us + (is_out ? now.us - van.out_since_us : 0);
}

struct HubCount {
    std::array<std::int64_t, 5> of_status{};
    std::int64_t at(ParcelStatus status) const {
        return of_status[static_cast<std::size_t>(status)];
    }
};

// Parcels on a van = those of its plan's calls from the current one on, and failures before it.
std::int64_t planned_on_van(const LogisticsSystem& logistics, std::uint32_t van) {
    const VanState& v = logistics.vans()[van];
    std::int64_t parcels = 0;
    for (std::uint32_t c = v.first_call; c < v.first_call + v.call_count; ++c) {
        const PlanCall& call = logistics.calls()[c];
        for (std::uint32_t i = 0; i < call.parcel_count; ++i) {
            const std::uint32_t p = logistics.planned_parcels()[call.first_parcel + i];
            parcels += logistics.parcels()[p].van == van && logistics.parcels()[p].delivered_us < 0;
        }
    }
    return parcels;
}

}  // namespace

LogisticsSummary summarise(const LogisticsSystem& logistics, SimTime now) {
    LogisticsSummary s;
    s.parcels = static_cast<std::int64_t>(logistics.orders().size());
    double delivery_s = 0;
    for (std::uint32_t p = 0; p < logistics.parcels().size(); ++p) {
        const ParcelState& parcel = logistics.parcels()[p];
        switch (static_cast<ParcelStatus>(parcel.status)) {
            case ParcelStatus::kExpected:
                ++s.expected;
                break;
            case ParcelStatus::kInHub:
                ++s.in_hub;
                break;
            case ParcelStatus::kOnVan:
                ++s.on_van;
                break;
            case ParcelStatus::kDelivered:
                ++s.delivered;
                delivery_s += static_cast<double>(parcel.delivered_us) * 1e-6;
                break;
            case ParcelStatus::kReturned:
                ++s.returned;
                break;
        }
        s.attempts += parcel.attempts;
        s.first_attempts += parcel.attempts > 0 ? 1 : 0;
        s.first_failures += parcel.first_failed;
        s.diverted += parcel.diverted;
        const SimTime promise = logistics.promise(p);
        if (promise >= now) continue;
        ++s.due;
        const bool in_time = parcel.delivered_us >= 0 && parcel.delivered_us <= promise.us;
        (in_time ? s.on_time : s.late) += 1;
    }
    std::int64_t loaded = 0, passes = 0;
    for (const VanState& van : logistics.vans()) {
        s.tours += van.tours;
        s.calls += van.calls_done;
        s.toll_fen += van.toll_fen;
        s.van_hours += static_cast<double>(out_us(van, now)) / 3600e6;
        s.planned_km += static_cast<double>(van.planned_m) / 1000;
        loaded += van.loaded;
    }
    for (const HubState& hub : logistics.hubs()) {
        s.scans += hub.scans;
        s.scans_waiting += hub.scans_waiting;
        s.gate_misses += hub.misses;
        s.dispatches_put_off += hub.postponed;
        s.inducted += hub.inducted;
        s.missorted += hub.missorted;
        passes += hub.passes;
    }
    const auto share = [](std::int64_t a, std::int64_t b) {
        return b > 0 ? static_cast<double>(a) / static_cast<double>(b) : 0;
    };
    s.recirculated_share = share(passes - s.inducted, passes);
    s.load_share = share(loaded, s.tours * logistics.options().planner.parcels_per_van);
    if (s.van_hours > 0) s.parcels_per_van_hour = static_cast<double>(s.delivered) / s.van_hours;
    if (s.delivered > 0) s.mean_delivery_s = delivery_s / static_cast<double>(s.delivered);
    s.eta_error_p50_min = eta_error_min(logistics, 0.5);
    s.eta_error_p90_min = eta_error_min(logistics, 0.9);
    add_costs(logistics, s);
    return s;
}

std::vector<std::string> audit_logistics(const LogisticsSystem& logistics) {
    std::vector<std::string> broken;
    for (std::uint32_t h = 0; h < logistics.hubs().size(); ++h) {
        const HubState& hub = logistics.hubs()[h];
        HubCount count;
        for (std::uint32_t p = logistics.parcel_begin(h); p < logistics.parcel_end(h); ++p)
            ++count.of_status[logistics.parcels()[p].status];
        const std::int64_t inside = count.at(ParcelStatus::kInHub) + count.at(ParcelStatus::kOnVan);
        if (hub.entered != inside + hub.delivered + hub.returned ||
            hub.delivered != count.at(ParcelStatus::kDelivered) ||
            hub.returned != count.at(ParcelStatus::kReturned)) {
            broken.push_back(fmt::format("hub {}: {} entered, {} inside, {} delivered, {} returned",
                                         h, hub.entered, inside, hub.delivered, hub.returned));
        }
        std::int64_t on_vans = 0, toll_fen = 0;
        for (std::uint32_t v = logistics.van_begin(h); v < logistics.van_end(h); ++v) {
            on_vans += planned_on_van(logistics, v);
            toll_fen += logistics.vans()[v].toll_fen;
        }
        if (on_vans != count.at(ParcelStatus::kOnVan)) {
            broken.push_back(fmt::format("hub {}: {} parcels on vans, {} in their plans", h,
                                         count.at(ParcelStatus::kOnVan), on_vans));
        }
        if (toll_fen != hub.toll_fen) {
            broken.push_back(
                fmt::format("hub {}: {} fen of tolls, {} of its vans", h, hub.toll_fen, toll_fen));
        }
    }
    return broken;
}

}  // namespace jiahe::logistics
