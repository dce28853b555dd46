#include "city/forecast.h"

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <vector>

#include "roads/shortest_path.h"

namespace jiahe::city {
namespace {

constexpr std::size_t kSampleSize = 400;
constexpr double kCrossing_s = 0.9e-6;    // with decisions, records and bins, one thread
constexpr double kNetworkFlow_s = 25e-9;  // a site's class at one sharing epoch, one thread
constexpr double kSearchesPerTrip = 1.3;  // with reroutes
constexpr double kCongested = 1.2;        // a search at congested costs, of one at free flow
constexpr double kParallelShare = 0.8;    // of the work that more threads make shorter
constexpr double kProgramBytes = 40e6;    // libraries, drivers
constexpr double kBytesPerTrip = 350;     // events, routes and rows of results
constexpr double kBytesPerLink = 900;     // the city, router and shapes
constexpr double kBytesPerLinkBin = 24;   // columns of results while they are written

struct Sample {
    double links_per_trip = 0, search_s = 0;
};

Sample route_sample(const RoadGraph& graph, const traffic::TripTable& trips,
                    const std::vector<std::size_t>& unrouted) {
    Sample sample;
    if (unrouted.empty()) return sample;
    const Router router(graph);
    const auto free_us = router.free_flow_us();
    const LinkCosts costs = router.tight_costs(free_us);
    Router::Query query(router);
    const std::size_t step = std::max<std::size_t>(1, unrouted.size() / kSampleSize);
    std::size_t count = 0, links = 0;
    const std::clock_t begin = std::clock();  // processor time: a busy machine is not a slow one
    for (std::size_t i = 0; i < unrouted.size(); i += step, ++count) {
        const std::size_t trip = unrouted[i];
        links +=
            query.node_to_node(trips.origin[trip], trips.destination[trip], costs).links.size();
    }
    const double spent_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    sample.links_per_trip = static_cast<double>(links) / static_cast<double>(count);
    sample.search_s = spent_s / static_cast<double>(count);
    return sample;
}

}  // namespace

Forecast forecast_run(const ForecastInput& in) {
    std::vector<std::size_t> unrouted;
    double crossings = 0;
    for (std::size_t t = 0; t < in.trips.size(); ++t) {
        const std::uint32_t route = in.trips.route[t];
        if (route == traffic::TripTable::kNoRoute) {
            unrouted.push_back(t);
        } else {
            crossings += static_cast<double>(in.trips.route_offset[route + 1] -
                                             in.trips.route_offset[route]);
        }
    }
    const Sample sample = route_sample(in.graph, in.trips, unrouted);
    const auto searched = static_cast<double>(unrouted.size());
    Forecast forecast;
    forecast.crossings = crossings + searched * sample.links_per_trip;
    const double single_s = forecast.crossings * kCrossing_s +
                            searched * kSearchesPerTrip * kCongested * sample.search_s +
                            static_cast<double>(in.network_epochs) *
                                static_cast<double>(in.network_flows) * kNetworkFlow_s;
    forecast.run_s = single_s * (1 - kParallelShare + kParallelShare / in.threads);
    const auto links = static_cast<double>(in.graph.link_count());
    forecast.memory_bytes = kProgramBytes + static_cast<double>(in.state_bytes) +
                            static_cast<double>(in.trips.size()) * kBytesPerTrip +
                            links * kBytesPerLink +
                            links * static_cast<double>(in.result_bins) * kBytesPerLinkBin;
    return forecast;
}

}  // namespace jiahe::city
