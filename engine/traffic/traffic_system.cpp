#include "traffic/traffic_system.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "traffic/trip_routing.h"

namespace jiahe::traffic {
namespace {

// Bounds of the route pool, in links: of a trip with its reroutes on the mean, and to spare for few
// and long trips. Memory is taken as it is used.
constexpr std::size_t kTripRouteMean = 400;
constexpr std::size_t kRouteSpare = std::size_t{1} << 22;

}  // namespace

TrafficSystem::TrafficSystem(const TrafficNetwork& network, const TripTable& trips,
                             TrafficOptions options)
    : network_(network),
      graph_(network.graph()),
      trips_(trips),
      options_(options),
      trip_count_(static_cast<std::uint32_t>(trips.size())),
      routing_(std::make_unique<TripRouting>(*this)) {
    JIAHE_CHECK(trips.origin.size() == trips.size() && trips.destination.size() == trips.size() &&
                    trips.vehicle_class.size() == trips.size() &&
                    trips.route.size() == trips.size(),
                "a trip table has one row a trip in every column");
    routing_->check_fixed_routes();
}

TrafficSystem::~TrafficSystem() = default;

std::uint32_t TrafficSystem::owner_count() const {
    return static_cast<std::uint32_t>(graph_.node_count());
}

double TrafficSystem::owner_weight(std::uint32_t owner) const {
    return routing_->expected_crossings(NodeId(owner));
}

void TrafficSystem::channels(kernel::ChannelList& list) {
    std::int64_t pcu_least = network_.class_mpcu.front();
    for (const std::int64_t p : network_.class_mpcu)
        pcu_least = std::min(pcu_least, p);
    for (std::size_t l = 0; l < graph_.link_count(); ++l) {
        const auto from = entity(graph_.link_from[l].value);
        const auto to = entity(graph_.link_to[l].value);
        const LinkPhysics& physics = network_.physics[l];
        std::int64_t fastest = network_.travel_us(0, LinkId(l));
        for (std::size_t c = 1; c < network_.class_count(); ++c) {
            fastest =
                std::min(fastest, network_.travel_us(static_cast<std::uint8_t>(c), LinkId(l)));
        }
        list.add(from, to, {fastest});
        const auto room = static_cast<std::uint32_t>(physics.storage_mpcu / pcu_least + 2);
        hole_log_.push_back(list.add_log({to, from, room, {physics.hole_us}}));
    }
}

void TrafficSystem::allocate(kernel::StateStore& store) {
    entry_ = store.create<LinkEntry>("traffic.link_entry", graph_.link_count());
    for (LinkEntry& e : entry_)
        e.capacity_permille = 1000;
    exit_ = store.create<LinkExit>("traffic.link_exit", graph_.link_count());
    group_ = store.create<GroupState>("traffic.group", network_.group_count());
    for (GroupState& g : group_)
        g = GroupState{};
    finish_tag_ = store.create<std::int64_t>("traffic.finish_tag", network_.turn_count());
    node_ = store.create<NodeState>("traffic.node", graph_.node_count());
    // Which superfluous wakes a node has had is nobody's business (the kernel's are not hashed).
    node_wake_us_ = store.create<std::int64_t>("traffic.node_wake", graph_.node_count(),
                                               kernel::HashRole::kDerived);
    for (std::int64_t& wake_us : node_wake_us_)
        wake_us = kNever.us;
    vehicle_ = store.create<VehicleState>("traffic.vehicle", vehicle_count());
    status_ = store.create<std::uint8_t>("traffic.vehicle_status", vehicle_count());
    trip_ = store.create<TripState>("traffic.trip", vehicle_count());
    const std::size_t pool = trips_.route_links.size() + trip_count_ * kTripRouteMean +
                             std::size_t{options_.fleet_size} * options_.fleet_route_max +
                             kRouteSpare;
    route_ =
        store.create_growing<std::uint32_t>("traffic.route", std::min<std::size_t>(pool, kNoIndex));
    for (std::uint32_t v = 0; v < vehicle_count(); ++v) {
        vehicle_[v] = VehicleState{};
        trip_[v] = TripState{};
        if (v >= trip_count_) {
            status_[v] = static_cast<std::uint8_t>(VehicleStatus::kParked);
            continue;
        }
        trip_[v].departed_us = trips_.departure_us[v];
        trip_[v].origin = trips_.origin[v].value;
        trip_[v].destination = trips_.destination[v].value;
    }
    routing_->allocate(store);
}

void TrafficSystem::start(kernel::EpochContext&) {
    routing_->load_fixed_routes();
}

std::vector<kernel::EpochPlan> TrafficSystem::epochs() const {
    return {{SimTime{0}, options_.routing_period}};
}

void TrafficSystem::publish(std::size_t, kernel::EpochContext& epoch) {
    routing_->publish(epoch);
}
void TrafficSystem::reduce(std::size_t, kernel::EpochContext& epoch) {
    routing_->find_routes(epoch);
}
void TrafficSystem::act(std::size_t, kernel::EpochContext& epoch) {
    routing_->post_plans(epoch);
}

std::span<const std::int64_t> TrafficSystem::link_travel_time_us() const {
    return routing_->link_travel_time_us();
}
std::span<const std::uint32_t> TrafficSystem::link_vehicle_count() const {
    return routing_->link_vehicle_count();
}

std::uint8_t TrafficSystem::vehicle_class(VehicleId vehicle) const {
    return is_fleet(vehicle) ? options_.fleet_class : trips_.vehicle_class[vehicle.index()];
}

std::span<const std::uint32_t> TrafficSystem::remaining_route(VehicleId vehicle) const {
    const VehicleState& v = vehicle_[vehicle.index()];
    return {route_.data() + v.route_first + v.position,
            static_cast<std::size_t>(v.route_length - v.position)};
}

std::uint32_t TrafficSystem::next_link(const VehicleState& v) const {
    return v.position < v.route_length ? route_[v.route_first + v.position] : kNoIndex;
}

void TrafficSystem::handle(kernel::Context& context, const kernel::Event& event) {
    switch (static_cast<EventKind>(event.own_kind())) {
        case EventKind::kArriveAtNode:
            arrive_at_node(context, event.payload_low(), LinkId(event.payload_high()));
            return;
        case EventKind::kDepartTrip:
            depart(context, event.payload_low());
            return;
        case EventKind::kDepartVehicle:
            depart_fleet_vehicle(context, event.payload_low(), NodeId(event.payload_high()));
            return;
        case EventKind::kAdoptRoute:
            adopt_route(context, event.payload_low(), event.payload_high(), event.aux);
            return;
        case EventKind::kReleaseFromGate: {
            const std::uint32_t v = event.payload_low();
            const std::uint32_t out = next_link(vehicle_[v]);
            vehicle_[v].turn = out == kNoIndex ? kNoIndex : network_.origin_turn(LinkId(out));
            vehicle_[v].group =
                out == kNoIndex
                    ? network_
                          .origin_group[graph_.out_links(NodeId(event.owner_index()))[0].index()]
                    : network_.origin_group[out];
            join_queue(event.owner_index(), v);
            context.request_decision();
            return;
        }
        case EventKind::kCloseLink:
        case EventKind::kOpenLink:
        case EventKind::kLimitLink:
            set_link_limit(context, event);
            return;
    }
    check_failed("a known event", __FILE__, __LINE__, "traffic got an unknown event kind");
}

void TrafficSystem::prefetch(const kernel::Event& event, bool near) const {
    if (static_cast<EventKind>(event.own_kind()) != EventKind::kArriveAtNode) return;
    const VehicleState& v = vehicle_[event.payload_low()];
    if (near) {
        __builtin_prefetch(route_.data() + v.route_first + v.position);
        return;
    }
    __builtin_prefetch(&v);
    __builtin_prefetch(node_.data() + event.owner_index());
    __builtin_prefetch(node_wake_us_.data() + event.owner_index());
    __builtin_prefetch(exit_.data() + event.payload_high());
    __builtin_prefetch(group_.data() + network_.first_group[event.payload_high()]);
}

void TrafficSystem::set_link_limit(kernel::Context& context, const kernel::Event& event) {
    LinkEntry& entry = entry_[event.payload_low()];
    const auto kind = static_cast<EventKind>(event.own_kind());
    if (kind == EventKind::kCloseLink) ++entry.closed;
    if (kind == EventKind::kOpenLink && entry.closed > 0) --entry.closed;
    if (kind == EventKind::kLimitLink) {
        const auto permille = static_cast<std::uint16_t>(event.payload_high());
        // What is left of the headway under way passes at the new capacity.
        const std::int64_t now_fp = context.now().us << kHeadwayFraction;
        const std::int64_t left_fp = entry.next_entry_fp - now_fp;
        if (left_fp > 0 && permille > 0 && entry.capacity_permille > 0) {
            __extension__ using Wide = __int128;
            const Wide at_new = Wide{left_fp} * entry.capacity_permille / permille;
            entry.next_entry_fp = now_fp + static_cast<std::int64_t>(at_new);
        }
        entry.capacity_permille = permille;
    }
    context.request_decision();
}

void TrafficSystem::depart(kernel::Context& context, std::uint32_t vehicle) {
    VehicleState& v = vehicle_[vehicle];
    trip_[vehicle].departed_us = context.now().us;
    v.entered_us = v.queued_us = context.now().us;
    const std::uint32_t out = next_link(v);
    const std::uint8_t vclass = vehicle_class(VehicleId(vehicle));
    context.record(static_cast<std::uint8_t>(RecordKind::kVehicleDeparted), vehicle,
                   context.self().index(), 0, vclass);
    if (out == kNoIndex) {
        status_[vehicle] = static_cast<std::uint8_t>(VehicleStatus::kArrived);
        trip_[vehicle].inserted_us = trip_[vehicle].arrived_us = context.now().us;
        context.record(static_cast<std::uint8_t>(RecordKind::kVehicleArrived), vehicle,
                       context.now().us, 0, vclass);
        return;
    }
    choose_first_link(vehicle);
    status_[vehicle] = static_cast<std::uint8_t>(VehicleStatus::kAtOrigin);
    join_queue(context.self().index(), vehicle);
    context.request_decision();
}

void TrafficSystem::depart_fleet_vehicle(kernel::Context& context, std::uint32_t vehicle,
                                         NodeId destination) {
    JIAHE_CHECK(vehicle >= trip_count_ && vehicle < vehicle_count(), "not a fleet vehicle");
    VehicleState& v = vehicle_[vehicle];
    const NodeId origin(context.self().index());
    v.position = 0;
    v.link = kNoIndex;
    v.distance_dm = 0;
    v.free_us = 0;
    trip_[vehicle] = TripState{};
    trip_[vehicle].origin = origin.value;
    trip_[vehicle].destination = destination.value;
    if (!routing_->route_fleet_vehicle(vehicle, origin, destination)) {
        // Its driver waits where it stands and asks again: a closed road may open.
        status_[vehicle] = static_cast<std::uint8_t>(VehicleStatus::kNoRoute);
        context.schedule(context.now() + options_.fleet_retry,
                         static_cast<std::uint8_t>(EventKind::kDepartVehicle),
                         kernel::pack(vehicle, destination.value));
        return;
    }
    depart(context, vehicle);
}

// The point queue of the first link of its route. REQUIRES: the route has one.
void TrafficSystem::choose_first_link(std::uint32_t vehicle) {
    VehicleState& v = vehicle_[vehicle];
    const LinkId out(next_link(v));
    v.turn = network_.origin_turn(out);
    v.group = network_.origin_group[out.index()];
}

// Picks the turn and, for a vehicle whose trip ends here, the least crowded lane group.
void TrafficSystem::choose_turn(std::uint32_t vehicle, LinkId in_link) {
    VehicleState& v = vehicle_[vehicle];
    const std::uint32_t out = next_link(v);
    if (out != kNoIndex) {
        const MovementId turn = graph_.movement(in_link, LinkId(out));
        JIAHE_CHECK(turn.valid(), "a route takes a turn that is not permitted");
        v.turn = turn.value;
        v.group = network_.turn_group[turn.index()];
        return;
    }
    v.turn = kNoIndex;
    const std::uint32_t first = network_.first_group[in_link.index()];
    v.group = first;
    for (std::uint32_t g = first; g < first + network_.lane_group_count[in_link.index()]; ++g) {
        if (group_[g].count < group_[v.group].count) v.group = g;
    }
}

void TrafficSystem::arrive_at_node(kernel::Context& context, std::uint32_t vehicle, LinkId link) {
    choose_turn(vehicle, link);
    vehicle_[vehicle].queued_us = context.now().us;
    status_[vehicle] = static_cast<std::uint8_t>(VehicleStatus::kQueued);
    ++exit_[link.index()].queued_count;
    join_queue(context.self().index(), vehicle);
    context.request_decision();
}

void TrafficSystem::adopt_route(kernel::Context& context, std::uint32_t vehicle,
                                std::uint32_t first, std::uint16_t length) {
    VehicleState& v = vehicle_[vehicle];
    v.route_first = first;
    v.route_length = length;
    v.position = 0;
    ++v.reroute_count;
    const auto status = static_cast<VehicleStatus>(status_[vehicle]);
    const bool at_origin = status == VehicleStatus::kAtOrigin;
    if (status != VehicleStatus::kQueued && !at_origin) return;
    const std::uint32_t old_group = v.group;
    const std::uint32_t old_turn = v.turn;
    if (at_origin) {
        choose_first_link(vehicle);
    } else {
        choose_turn(vehicle, LinkId(v.link));
    }
    if (v.group != old_group) {
        const std::uint32_t group = v.group;
        const std::uint32_t turn = v.turn;
        v.group = old_group;
        v.turn = old_turn;
        remove_from_queue(context.self().index(), vehicle);
        v.group = group;
        v.turn = turn;
        join_queue(context.self().index(), vehicle);
    }
    context.request_decision();
}

void TrafficSystem::join_queue(std::uint32_t node, std::uint32_t vehicle) {
    VehicleState& v = vehicle_[vehicle];
    GroupState& g = group_[v.group];
    v.next_in_queue = kNoIndex;
    if (g.head == kNoIndex) {
        g.head = vehicle;
        node_[node].waiting |= std::uint64_t{1} << (v.group - network_.node_first_group[node]);
    } else {
        vehicle_[g.tail].next_in_queue = vehicle;
    }
    g.tail = vehicle;
    ++g.count;
}

std::uint32_t TrafficSystem::pop_head(std::uint32_t node, std::uint32_t group) {
    GroupState& g = group_[group];
    const std::uint32_t vehicle = g.head;
    g.head = vehicle_[vehicle].next_in_queue;
    --g.count;
    if (g.head == kNoIndex) {
        g.tail = kNoIndex;
        node_[node].waiting &= ~(std::uint64_t{1} << (group - network_.node_first_group[node]));
    }
    vehicle_[vehicle].next_in_queue = kNoIndex;
    return vehicle;
}

void TrafficSystem::remove_from_queue(std::uint32_t node, std::uint32_t vehicle) {
    const std::uint32_t group = vehicle_[vehicle].group;
    GroupState& g = group_[group];
    if (g.head == vehicle) {
        pop_head(node, group);
        return;
    }
    std::uint32_t before = g.head;
    while (vehicle_[before].next_in_queue != vehicle)
        before = vehicle_[before].next_in_queue;
    vehicle_[before].next_in_queue = vehicle_[vehicle].next_in_queue;
    if (g.tail == vehicle) g.tail = before;
    --g.count;
}

}  // namespace jiahe::traffic
