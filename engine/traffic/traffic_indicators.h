// What the traffic system reports at the end: KPIs and conservation audits.
//
// Pure function of the state while the simulator stands still; reports only, so floating point is
// free to print. Times over arrived trips, in s; distances in m. A delay is time on links beyond
// the free-flow time of a car.
#pragma once

#include <string>
#include <vector>

#include "traffic/traffic_system.h"

namespace jiahe::traffic {

struct TrafficSummary {
    std::int64_t planned = 0, arrived = 0, on_road = 0, at_origin = 0, in_gate = 0, no_route = 0,
                 not_departed = 0;
    std::int64_t fleet_on_road = 0;  // with those inside plazas
    std::int64_t fleet_on_links = 0;
    std::int64_t link_crossings = 0;
    std::int64_t entered_minus_left = 0;  // over all links, vehicles
    // Of arrived trips. Delay: travel time beyond the free-flow time of the links driven, by class;
    // with the waits at the origin and in plazas.
    double mean_travel_time_s = 0, mean_free_time_s = 0, mean_delay_s = 0, p95_travel_time_s = 0;
    double mean_distance_m = 0, vehicle_km = 0;
    double mean_wait_to_enter_s = 0;
    std::int64_t reroutes = 0;
    bool storage_holds = true;  // U - D <= N on every link
};

TrafficSummary summarise(const TrafficSystem& traffic);

}  // namespace jiahe::traffic
