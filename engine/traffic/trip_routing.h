// TripRouting: which way each vehicle goes, decided at the traffic system's epochs.
//
// At an epoch: publish measures each link's travel time from its own leavers; find_routes computes,
// in parallel and as a pure function of these fields, a route for every trip that departs before
// the next epoch and a better continuation for an informed share of the vehicles under way (traffic
// sheet, section 3: share rho, threshold 5 %); post_plans appends the routes to the pool in id
// order and posts departures and AdoptRoute acts. A vehicle whose remaining route costs at most (1
// + threshold) of its free-flow time is not searched for: nothing could be better by more than the
// threshold. Fleet vehicles find their way when they are sent off.
//
// Partition-state lifecycle (fields and route pool live in the StateStore). Units: us.
// Errors: InputError E-TRF-010.. for fixed routes that are not chains of permitted turns.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "kernel/context.h"
#include "roads/shortest_path.h"
#include "traffic/traffic_state.h"

namespace jiahe::traffic {

class TrafficSystem;

class TripRouting {
  public:
    explicit TripRouting(TrafficSystem& system);

    void check_fixed_routes() const;
    double expected_crossings(NodeId node) const;
    void allocate(kernel::StateStore& store);
    void load_fixed_routes();

    void publish(kernel::EpochContext& epoch);
    void find_routes(kernel::EpochContext& epoch);
    void post_plans(kernel::EpochContext& epoch);
    // False where there is no way.
    bool route_fleet_vehicle(std::uint32_t vehicle, NodeId origin, NodeId destination);

    std::span<const std::int64_t> link_travel_time_us() const {
        return {travel_time_us_.data(), travel_time_us_.size()};
    }
    std::span<const std::uint32_t> link_vehicle_count() const {
        return {vehicle_count_.data(), vehicle_count_.size()};
    }

  private:
    struct Plan {
        std::uint32_t vehicle;
        bool departs;
        Path path;
    };
    class QueryLease;

    std::unique_ptr<Router::Query> borrow_query();
    void return_query(std::unique_ptr<Router::Query> query);
    std::int64_t measured_travel_us(std::size_t link, SimTime now) const;
    void collect_departures(SimTime from, SimTime until);
    void collect_reroutes(kernel::EpochContext& epoch);
    bool wants_reroute(kernel::EpochContext& epoch, std::uint32_t vehicle) const;
    void search(Plan& plan, Router::Query& query, const LinkCosts& costs) const;
    std::int64_t remaining_cost_us(std::uint32_t vehicle, bool free_flow) const;

    TrafficSystem& system_;
    Router router_;
    std::vector<std::uint32_t> by_departure_;  // trip rows by (departure, row)
    std::vector<float> crossings_;             // [node], expected; empty where nothing is known

    kernel::StateArray<std::int64_t> travel_time_us_;
    kernel::StateArray<std::uint32_t> vehicle_count_;
    std::uint32_t fleet_first_slot_ = 0;
    std::vector<Plan> plans_;  // lives within one epoch
    std::mutex query_mutex_;
    std::vector<std::unique_ptr<Router::Query>> idle_queries_;
};

}  // namespace jiahe::traffic
