#include "traffic/traffic_indicators.h"

#include <algorithm>

namespace jiahe::traffic {
namespace {

void count_status(const TrafficSystem& traffic, std::uint32_t v, TrafficSummary& s) {
    const bool fleet = traffic.is_fleet(VehicleId(v));
    switch (traffic.status(VehicleId(v))) {
        case VehicleStatus::kPlanned:
            ++s.not_departed;
            return;
        case VehicleStatus::kNoRoute:
            s.no_route += fleet ? 0 : 1;
            return;
        case VehicleStatus::kArrived:
            s.arrived += fleet ? 0 : 1;
            return;
        case VehicleStatus::kAtOrigin:
            s.at_origin += fleet ? 0 : 1;
            return;
        case VehicleStatus::kInGate:
            (fleet ? s.fleet_on_road : s.in_gate) += 1;
            return;
        case VehicleStatus::kOnLink:
        case VehicleStatus::kQueued:
            (fleet ? s.fleet_on_road : s.on_road) += 1;
            s.fleet_on_links += fleet ? 1 : 0;
            return;
        case VehicleStatus::kParked:
            return;
    }
}

void measure_trips(const TrafficSystem& traffic, TrafficSummary& s) {
    std::vector<double> times_s;
    double distance_m = 0, wait_s = 0, free_s = 0;
    for (std::uint32_t v = 0; v < traffic.trip_count(); ++v) {
        const TripState& trip = traffic.trips()[v];
        if (trip.arrived_us < 0) continue;
        times_s.push_back(static_cast<double>(trip.arrived_us - trip.departed_us) * 1e-6);
        wait_s += static_cast<double>(trip.inserted_us - trip.departed_us) * 1e-6;
        distance_m += traffic.vehicles()[v].distance_dm * 0.1;
        free_s += static_cast<double>(traffic.vehicles()[v].free_us) * 1e-6;
        s.reroutes += traffic.vehicles()[v].reroute_count;
    }
    if (times_s.empty()) return;
    const auto n = static_cast<double>(times_s.size());
    double sum = 0;
    for (const double t : times_s)
        sum += t;
    s.mean_travel_time_s = sum / n;
    s.mean_free_time_s = free_s / n;
    s.mean_delay_s = (sum - free_s) / n;
    s.mean_distance_m = distance_m / n;
    s.mean_wait_to_enter_s = wait_s / n;
    const auto p95 = times_s.begin() + static_cast<std::ptrdiff_t>(0.95 * (n - 1));
    std::nth_element(times_s.begin(), p95, times_s.end());
    s.p95_travel_time_s = *p95;
}

}  // namespace

TrafficSummary summarise(const TrafficSystem& traffic) {
    TrafficSummary s;
    s.planned = traffic.trip_count();
    for (std::uint32_t v = 0; v < traffic.vehicle_count(); ++v)
        count_status(traffic, v, s);
    const TrafficNetwork& network = traffic.network();
    for (std::size_t l = 0; l < traffic.link_exits().size(); ++l) {
        const LinkExit& exit = traffic.link_exits()[l];
        const LinkEntry& entry = traffic.link_entries()[l];
        s.link_crossings += exit.left_count;
        s.entered_minus_left += std::int64_t{entry.entered_count} - exit.left_count;
        s.vehicle_km += exit.left_count * network.graph().link_length_m[l] * 1e-3;
        if (entry.entered_mpcu - exit.left_mpcu > network.physics[l].storage_mpcu) {
            s.storage_holds = false;
        }
    }
    measure_trips(traffic, s);
    return s;
}

}  // namespace jiahe::traffic
