// TrafficSystem: vehicles on kinematic-wave links and first-order nodes, event by event.
//
// Physics: link_physics.h (links with backward holes), node_decision.cpp (a node grants its
// in-links' heads by start-time fair queueing, weights = capacities; requirements of Tampere et al.
// 2011), signal_timing.h. Routing at epochs: trip_routing.h. Nothing teleports; gridlock stays and
// is told (gridlock.h).
//
// Partition-state lifecycle; owners are the nodes. Invariants: 1. U - D <= storage on every link;
// 2. at most one vehicle enters a link per headway; 3. a decision at a time when nothing can move
// changes nothing; 4. vehicles in = arrived + on the road + waiting, at any instant.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernel/context.h"
#include "kernel/system.h"
#include "roads/shortest_path.h"
#include "traffic/ports.h"
#include "traffic/traffic_network.h"
#include "traffic/traffic_state.h"
#include "traffic/trip_table.h"

namespace jiahe::traffic {

struct TrafficOptions {
    SimTime routing_period = minutes(5);
    double reroute_share = 0.2;            // A: informed vehicles, drawn anew at each epoch
    double reroute_threshold = 0.05;       // A: change only where this much better
    std::uint32_t fleet_size = 0;          // vehicles moved by kDepartVehicle, ids after the trips
    std::uint32_t fleet_route_max = 2048;  // links in a fleet vehicle's route
    std::uint8_t fleet_class = kVanClass;
    SimTime fleet_retry = minutes(5);  // A: a fleet vehicle without a way asks again
};

class TripRouting;

class TrafficSystem final : public kernel::System {
  public:
    TrafficSystem(const TrafficNetwork& network, const TripTable& trips, TrafficOptions options);
    ~TrafficSystem() override;

    std::string_view name() const override { return "traffic"; }
    std::uint32_t owner_count() const override;
    double owner_weight(std::uint32_t owner) const override;
    void channels(kernel::ChannelList& list) override;
    void allocate(kernel::StateStore& store) override;
    void start(kernel::EpochContext& epoch) override;
    void handle(kernel::Context& context, const kernel::Event& event) override;
    void decide(kernel::Context& context, std::uint32_t node) override;
    void prefetch(const kernel::Event& event, bool near) const override;
    std::vector<kernel::EpochPlan> epochs() const override;
    void publish(std::size_t plan, kernel::EpochContext& epoch) override;
    void reduce(std::size_t plan, kernel::EpochContext& epoch) override;
    void act(std::size_t plan, kernel::EpochContext& epoch) override;

    // Fields, indexed by link, as last published.
    std::span<const std::int64_t> link_travel_time_us() const;
    std::span<const std::uint32_t> link_vehicle_count() const;
    // Node at which a fleet vehicle stands or was sent from is the caller's to remember.
    VehicleId fleet_vehicle(std::uint32_t index) const { return VehicleId(trip_count_ + index); }
    bool is_fleet(VehicleId vehicle) const { return vehicle.value >= trip_count_; }
    std::uint32_t vehicle_count() const { return trip_count_ + options_.fleet_size; }
    std::uint32_t trip_count() const { return trip_count_; }
    std::uint8_t vehicle_class(VehicleId vehicle) const;

    // State, for results and tests; read it when the simulator stands still.
    const TrafficNetwork& network() const { return network_; }
    std::span<const LinkEntry> link_entries() const { return {entry_.data(), entry_.size()}; }
    std::span<const LinkExit> link_exits() const { return {exit_.data(), exit_.size()}; }
    std::span<const GroupState> groups() const { return {group_.data(), group_.size()}; }
    std::span<const VehicleState> vehicles() const { return {vehicle_.data(), vehicle_.size()}; }
    std::span<const TripState> trips() const { return {trip_.data(), trip_.size()}; }
    VehicleStatus status(VehicleId vehicle) const {
        return static_cast<VehicleStatus>(status_[vehicle.index()]);
    }
    // The next links of a vehicle, from the one it will enter next.
    std::span<const std::uint32_t> remaining_route(VehicleId vehicle) const;

  private:
    friend class TripRouting;
    struct Candidate {
        std::uint32_t group, vehicle, turn, out_link;
        std::int64_t start_tag;
    };
    struct Decision;

    void depart(kernel::Context& context, std::uint32_t vehicle);
    void depart_fleet_vehicle(kernel::Context& context, std::uint32_t vehicle, NodeId destination);
    void arrive_at_node(kernel::Context& context, std::uint32_t vehicle, LinkId link);
    void adopt_route(kernel::Context& context, std::uint32_t vehicle, std::uint32_t first,
                     std::uint16_t length);
    void set_link_limit(kernel::Context& context, const kernel::Event& event);

    bool grant_round(kernel::Context& context, Decision& decision);
    bool consider_head(kernel::Context& context, Decision& decision, std::uint32_t group);
    bool try_enter(kernel::Context& context, Decision& decision, const Candidate& candidate,
                   bool has_rival);
    void wait_for_turn(const kernel::Context& context, Decision& decision,
                       const Candidate& candidate);
    void enter_link(kernel::Context& context, Decision& decision, const Candidate& candidate);
    void enter_gate(kernel::Context& context, Decision& decision, std::uint32_t group);
    void leave_road(kernel::Context& context, Decision& decision, std::uint32_t group);
    void leave_link_end(kernel::Context& context, std::uint32_t group, std::uint32_t vehicle);
    void pace_group(std::int64_t now_us, const Candidate& candidate, std::int64_t mpcu);

    void choose_turn(std::uint32_t vehicle, LinkId in_link);
    void choose_first_link(std::uint32_t vehicle);
    void join_queue(std::uint32_t node, std::uint32_t vehicle);
    std::uint32_t pop_head(std::uint32_t node, std::uint32_t group);
    void remove_from_queue(std::uint32_t node, std::uint32_t vehicle);
    std::uint32_t next_link(const VehicleState& vehicle) const;

    const TrafficNetwork& network_;
    const RoadGraph& graph_;
    const TripTable& trips_;
    TrafficOptions options_;
    std::uint32_t trip_count_;
    std::vector<kernel::LogId> hole_log_;  // [link]
    std::unique_ptr<TripRouting> routing_;

    kernel::StateArray<LinkEntry> entry_;
    kernel::StateArray<LinkExit> exit_;
    kernel::StateArray<GroupState> group_;
    kernel::StateArray<std::int64_t> finish_tag_;  // [turn]
    kernel::StateArray<NodeState> node_;
    kernel::StateArray<std::int64_t> node_wake_us_;  // [node], its earliest pending wake
    kernel::StateArray<VehicleState> vehicle_;
    kernel::StateArray<std::uint8_t> status_;  // [vehicle], VehicleStatus
    kernel::StateArray<TripState> trip_;
    kernel::GrowingArray<std::uint32_t> route_;
};

}  // namespace jiahe::traffic
