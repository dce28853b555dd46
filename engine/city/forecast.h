// What a run will take, forecast by `check` from the city as built: vehicles' links, memory, time.
//
// Link crossings: those of given routes, and of a sample of the trips without one, routed at free
// flow; the sample also tells what a route search takes on this machine. The rates per crossing and
// per network flow are measured (DECISIONS.md): the time is right within a factor of two
// where traffic flows, too low where it jams. Errors: none.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/sim_time.h"
#include "roads/road_graph.h"
#include "traffic/trip_table.h"

namespace jiahe::city {

struct ForecastInput {
    const RoadGraph& graph;
    const traffic::TripTable& trips;
    std::size_t state_bytes = 0;      // of the systems, as allocated
    std::size_t network_flows = 0;    // a site and class each
    std::int64_t network_epochs = 0;  // in the whole run
    std::size_t result_bins = 0;
    int threads = 1;
};

struct Forecast {
    double crossings = 0;
    double memory_bytes = 0;
    double run_s = 0;  // simulating and writing results
};

Forecast forecast_run(const ForecastInput& input);

}  // namespace jiahe::city
