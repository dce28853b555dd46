#include "traffic/trip_routing.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "traffic/traffic_system.h"

namespace jiahe::traffic {
namespace {

constexpr Purpose kDrawInformed = 256;
constexpr std::size_t kSearchGrain = 16;
constexpr std::size_t kLinkGrain = 4096;
constexpr std::size_t kRouteFaultsMax = 20;

}  // namespace

TripRouting::TripRouting(TrafficSystem& system)
    : system_(system), router_(system.graph_), by_departure_(system.trips_.size()) {
    std::iota(by_departure_.begin(), by_departure_.end(), 0u);
    const auto& departure = system.trips_.departure_us;
    std::stable_sort(by_departure_.begin(), by_departure_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return departure[a] < departure[b]; });
    const TripTable& trips = system.trips_;
    if (trips.route_count() == 0) return;
    crossings_.assign(system.graph_.node_count(), 1);
    std::vector<std::uint32_t> users(trips.route_count(), 0);
    for (const std::uint32_t r : trips.route) {
        if (r != TripTable::kNoRoute) ++users[r];
    }
    for (std::size_t r = 0; r < users.size(); ++r) {
        for (std::uint64_t i = trips.route_offset[r]; i < trips.route_offset[r + 1]; ++i) {
            crossings_[system.graph_.link_to[trips.route_links[i].index()].index()] +=
                static_cast<float>(users[r]);
        }
    }
}

void TripRouting::check_fixed_routes() const {
    const TripTable& trips = system_.trips_;
    const RoadGraph& graph = system_.graph_;
    std::vector<InputFault> faults;
    const auto fault = [&](std::size_t route, const std::string& what) {
        faults.push_back(
            {"E-TRF-010", {graph.source, 0, 0, fmt::format("route {}", route)}, what, ""});
    };
    for (std::size_t r = 0; r < trips.route_count() && faults.size() < kRouteFaultsMax; ++r) {
        for (std::uint64_t i = trips.route_offset[r]; i + 1 < trips.route_offset[r + 1]; ++i) {
            const LinkId a = trips.route_links[i];
            const LinkId b = trips.route_links[i + 1];
            if (graph.movement(a, b).valid()) continue;
            fault(r, fmt::format("the turn from link {} to link {} is not permitted",
                                 graph.link_external_id[a.index()],
                                 graph.link_external_id[b.index()]));
            break;
        }
    }
    for (std::size_t t = 0; t < trips.size() && faults.size() < kRouteFaultsMax; ++t) {
        const std::uint32_t r = trips.route[t];
        if (r == TripTable::kNoRoute || trips.route_offset[r] == trips.route_offset[r + 1])
            continue;
        if (graph.link_from[trips.route_links[trips.route_offset[r]].index()] != trips.origin[t] ||
            graph.link_to[trips.route_links[trips.route_offset[r + 1] - 1].index()] !=
                trips.destination[t]) {
            fault(r, fmt::format("does not lead from the origin to the destination of trip row {}",
                                 t));
        }
    }
    if (!faults.empty()) throw InputError(std::move(faults));
}

double TripRouting::expected_crossings(NodeId node) const {
    if (!crossings_.empty()) return crossings_[node.index()];
    double capacity = 1;
    for (const LinkId link : system_.graph_.in_links(node)) {
        capacity += system_.graph_.link_capacity_pcuph[link.index()] * 1e-3;
    }
    return capacity;
}

void TripRouting::allocate(kernel::StateStore& store) {
    const std::size_t links = system_.graph_.link_count();
    travel_time_us_ = store.create<std::int64_t>("traffic.link_travel_time", links);
    vehicle_count_ = store.create<std::uint32_t>("traffic.link_vehicle_count", links);
    for (std::size_t l = 0; l < links; ++l)
        travel_time_us_[l] = system_.network_.travel_us(0, LinkId(l));
}

void TripRouting::load_fixed_routes() {
    const TripTable& trips = system_.trips_;
    const auto& pool = system_.route_;
    const std::size_t first = pool.append(trips.route_links.size());
    for (std::size_t i = 0; i < trips.route_links.size(); ++i) {
        pool[first + i] = trips.route_links[i].value;
    }
    for (std::size_t t = 0; t < trips.size(); ++t) {
        const std::uint32_t r = trips.route[t];
        if (r == TripTable::kNoRoute) continue;
        VehicleState& v = system_.vehicle_[t];
        v.route_first = static_cast<std::uint32_t>(first + trips.route_offset[r]);
        v.route_length =
            static_cast<std::uint16_t>(trips.route_offset[r + 1] - trips.route_offset[r]);
    }
    fleet_first_slot_ = static_cast<std::uint32_t>(
        pool.append(std::size_t{system_.options_.fleet_size} * system_.options_.fleet_route_max));
}

std::int64_t TripRouting::measured_travel_us(std::size_t link, SimTime now) const {
    const LinkExit& exit = system_.exit_[link];
    const std::int64_t free_us = system_.network_.travel_us(0, LinkId(link));
    if (system_.entry_[link].closed != 0) return kClosedLink_us;
    std::int64_t mean_us = free_us;
    if (exit.travel_count > 0) mean_us = std::max(free_us, exit.travel_sum_us / exit.travel_count);
    // Vehicles that have not left yet tell at least how long they have been waiting.
    const std::uint32_t first = system_.network_.first_group[link];
    for (std::uint32_t g = first; g < first + system_.network_.lane_group_count[link]; ++g) {
        const std::uint32_t head = system_.group_[g].head;
        if (head != kNoIndex)
            mean_us = std::max(mean_us, now.us - system_.vehicle_[head].entered_us);
    }
    // Drivers are told whole seconds of delay: no microsecond sends anybody another way.
    return free_us + (mean_us - free_us) / kMicrosPerSecond * kMicrosPerSecond;
}

void TripRouting::publish(kernel::EpochContext& epoch) {
    epoch.parallel_for(travel_time_us_.size(), kLinkGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t l = begin; l < end; ++l) {
            travel_time_us_[l] = measured_travel_us(l, epoch.now());
            vehicle_count_[l] = system_.entry_[l].entered_count - system_.exit_[l].left_count;
            system_.exit_[l].travel_sum_us = 0;
            system_.exit_[l].travel_count = 0;
        }
    });
}

std::unique_ptr<Router::Query> TripRouting::borrow_query() {
    const std::lock_guard lock(query_mutex_);
    if (idle_queries_.empty()) return std::make_unique<Router::Query>(router_);
    auto query = std::move(idle_queries_.back());
    idle_queries_.pop_back();
    return query;
}

void TripRouting::return_query(std::unique_ptr<Router::Query> query) {
    const std::lock_guard lock(query_mutex_);
    idle_queries_.push_back(std::move(query));
}

void TripRouting::collect_departures(SimTime from, SimTime until) {
    const auto& departure = system_.trips_.departure_us;
    const auto begin =
        std::partition_point(by_departure_.begin(), by_departure_.end(),
                             [&](std::uint32_t t) { return departure[t] < from.us; });
    for (auto it = begin; it != by_departure_.end() && departure[*it] < until.us; ++it) {
        plans_.push_back({*it, true, {}});
    }
}

std::int64_t TripRouting::remaining_cost_us(std::uint32_t vehicle, bool free_flow) const {
    std::int64_t sum = 0;
    for (const std::uint32_t link : system_.remaining_route(VehicleId(vehicle))) {
        sum += free_flow ? system_.network_.travel_us(0, LinkId(link)) : travel_time_us_[link];
    }
    return sum;
}

bool TripRouting::wants_reroute(kernel::EpochContext& epoch, std::uint32_t vehicle) const {
    const auto status = static_cast<VehicleStatus>(system_.status_[vehicle]);
    if (status != VehicleStatus::kOnLink && status != VehicleStatus::kQueued &&
        status != VehicleStatus::kAtOrigin) {
        return false;
    }
    const VehicleState& v = system_.vehicle_[vehicle];
    if (v.position >= v.route_length) return false;
    const auto occasion = static_cast<std::uint64_t>(epoch.now().us);
    const bool informed =
        epoch.draw(kDrawInformed, vehicle, occasion).bernoulli(system_.options_.reroute_share);
    const std::int64_t cost_us = remaining_cost_us(vehicle, false);
    if (!informed && cost_us < kClosedLink_us) return false;
    const double bound = (1 + system_.options_.reroute_threshold) *
                         static_cast<double>(remaining_cost_us(vehicle, true));
    return static_cast<double>(cost_us) > bound;
}

void TripRouting::collect_reroutes(kernel::EpochContext& epoch) {
    if (system_.options_.reroute_share <= 0) return;
    std::vector<std::uint8_t> wanted(system_.vehicle_count(), 0);
    epoch.parallel_for(wanted.size(), kLinkGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t v = begin; v < end; ++v) {
            wanted[v] = wants_reroute(epoch, static_cast<std::uint32_t>(v)) ? 1 : 0;
        }
    });
    for (std::uint32_t v = 0; v < wanted.size(); ++v) {
        if (wanted[v] != 0) plans_.push_back({v, false, {}});
    }
}

void TripRouting::search(Plan& plan, Router::Query& query, const LinkCosts& costs) const {
    const VehicleState& v = system_.vehicle_[plan.vehicle];
    const TripState& trip = system_.trip_[plan.vehicle];
    if (plan.departs) {
        if (v.route_length == 0 && trip.origin != trip.destination) {
            plan.path = query.node_to_node(NodeId(trip.origin), NodeId(trip.destination), costs);
        } else {
            plan.path.found = true;
        }
        return;
    }
    const NodeId destination(trip.destination);
    plan.path = v.link == kNoIndex ? query.node_to_node(NodeId(trip.origin), destination, costs)
                                   : query.after_link(LinkId(v.link), destination, costs);
    const double worth = (1 - system_.options_.reroute_threshold) *
                         static_cast<double>(remaining_cost_us(plan.vehicle, false));
    if (static_cast<double>(plan.path.cost_us) >= worth) plan.path.found = false;
}

void TripRouting::find_routes(kernel::EpochContext& epoch) {
    plans_.clear();
    collect_departures(epoch.now(), epoch.now() + system_.options_.routing_period);
    collect_reroutes(epoch);
    const LinkCosts costs = router_.costs(link_travel_time_us());
    epoch.parallel_for(plans_.size(), kSearchGrain, [&](std::size_t begin, std::size_t end) {
        auto query = borrow_query();
        for (std::size_t i = begin; i < end; ++i)
            search(plans_[i], *query, costs);
        return_query(std::move(query));
    });
}

void TripRouting::post_plans(kernel::EpochContext& epoch) {
    const auto& pool = system_.route_;
    for (const Plan& plan : plans_) {
        VehicleState& v = system_.vehicle_[plan.vehicle];
        const TripState& trip = system_.trip_[plan.vehicle];
        if (!plan.path.found) {
            if (plan.departs) {
                system_.status_[plan.vehicle] = static_cast<std::uint8_t>(VehicleStatus::kNoRoute);
            }
            continue;
        }
        std::uint32_t first = v.route_first;
        if (!plan.path.links.empty()) {
            JIAHE_CHECK(plan.path.links.size() <= 0xffff, "a route of more than 65,535 links");
            first = static_cast<std::uint32_t>(pool.append(plan.path.links.size()));
            for (std::size_t i = 0; i < plan.path.links.size(); ++i) {
                pool[first + i] = plan.path.links[i].value;
            }
        }
        const auto length = static_cast<std::uint16_t>(plan.path.links.size());
        if (!plan.departs) {
            const std::uint32_t holder =
                v.link == kNoIndex ? trip.origin : system_.graph_.link_to[v.link].value;
            epoch.post(system_.entity(holder), epoch.now(),
                       static_cast<std::uint8_t>(EventKind::kAdoptRoute),
                       kernel::pack(plan.vehicle, first), length);
            continue;
        }
        if (length > 0) {
            v.route_first = first;
            v.route_length = length;
        }
        epoch.post(system_.entity(trip.origin), {trip.departed_us},
                   static_cast<std::uint8_t>(EventKind::kDepartTrip), plan.vehicle);
    }
    plans_.clear();
}

bool TripRouting::route_fleet_vehicle(std::uint32_t vehicle, NodeId origin, NodeId destination) {
    VehicleState& v = system_.vehicle_[vehicle];
    v.route_length = 0;
    v.route_first =
        fleet_first_slot_ + (vehicle - system_.trip_count_) * system_.options_.fleet_route_max;
    if (origin == destination) return true;
    auto query = borrow_query();
    const Path path =
        query->node_to_node(origin, destination, router_.costs(link_travel_time_us()));
    return_query(std::move(query));
    if (!path.found || path.links.size() > system_.options_.fleet_route_max) return false;
    v.route_length = static_cast<std::uint16_t>(path.links.size());
    for (std::size_t i = 0; i < path.links.size(); ++i) {
        system_.route_[v.route_first + i] = path.links[i].value;
    }
    return true;
}

}  // namespace jiahe::traffic
