#include "logistics/logistics_summary.h"

namespace jiahe::logistics {

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
        const SimTime promise = logistics.promise(p);
        if (promise >= now) continue;
        ++s.due;
        const bool in_time = parcel.delivered_us >= 0 && parcel.delivered_us <= promise.us;
        (in_time ? s.on_time : s.late) += 1;
    }
    for (const VanState& van : logistics.vans()) {
        s.tours += van.tours;
        s.calls += van.calls_done;
        s.toll_fen += van.toll_fen;
        s.van_hours += static_cast<double>(van.busy_us) / 3600e6;
    }
    for (const HubState& hub : logistics.hubs()) {
        s.scans += hub.scans;
        s.gate_misses += hub.misses;
        s.dispatches_put_off += hub.postponed;
    }
    if (s.van_hours > 0) s.parcels_per_van_hour = static_cast<double>(s.delivered) / s.van_hours;
    if (s.delivered > 0) s.mean_delivery_s = delivery_s / static_cast<double>(s.delivered);
    return s;
}

}  // namespace jiahe::logistics
