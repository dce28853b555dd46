// A test rig: a road network drawn or built, trips added one by one, one traffic system on a
// kernel.
//
// Links are named by their end nodes ("AB"), trips by the nodes they pass ("ABC"); times in s.
// Commands to links (close, open, limit) are posted at the start by a system of the rig's own.
#pragma once

#include <memory>
#include <optional>

#include "kernel/simulator.h"
#include "support/ascii_roads.h"
#include "traffic/traffic_system.h"

namespace jiahe::traffic {

// The sheet's link: 750 m, 50 km/h, w 15 km/h, kj 1/7.5 m, so Q = 1538.46/h, N = 100.
inline constexpr double kSheetCapacity = 20000.0 / 13;

class Rig {
  public:
    explicit Rig(RoadGraphData data, NetworkOptions wanted = {}) : graph(std::move(data)) {
        network_options = std::move(wanted);
        options.reroute_share = 0;
    }

    VehicleId trip(std::string_view nodes, double departure_s,
                   std::uint8_t vehicle_class = kCarClass) {
        const auto links = links_along(graph, nodes);
        trips.departure_us.push_back(ceil_seconds(departure_s).us);
        trips.origin.push_back(node(graph, nodes.front()));
        trips.destination.push_back(node(graph, nodes.back()));
        trips.vehicle_class.push_back(vehicle_class);
        trips.route.push_back(static_cast<std::uint32_t>(trips.route_count()));
        trips.route_links.insert(trips.route_links.end(), links.begin(), links.end());
        trips.route_offset.push_back(trips.route_links.size());
        return VehicleId(trips.size() - 1);
    }
    // A trip that is given its route at the epoch before it departs.
    VehicleId free_trip(char from, char to, double departure_s) {
        trips.departure_us.push_back(ceil_seconds(departure_s).us);
        trips.origin.push_back(node(graph, from));
        trips.destination.push_back(node(graph, to));
        trips.vehicle_class.push_back(kCarClass);
        trips.route.push_back(TripTable::kNoRoute);
        return VehicleId(trips.size() - 1);
    }
    // `count` trips, evenly, from `from_s` at `per_hour`.
    void flow(std::string_view nodes, double from_s, double per_hour, int count) {
        for (int i = 0; i < count; ++i)
            trip(nodes, from_s + i * 3600.0 / per_hour);
    }
    void build(kernel::SimulatorOptions run = {}) {
        network.emplace(graph, network_options);
        system = std::make_unique<TrafficSystem>(*network, trips, options);
        simulator = std::make_unique<kernel::Simulator>(run);
        controller = std::make_unique<Controller>(*this);
        simulator->add_system(*system);
        simulator->add_system(*controller);
        simulator->add_sink(system->id(), static_cast<std::uint8_t>(RecordKind::kVehicleLeftLink),
                            leavers);
        for (const auto& order : controller->orders) {
            simulator->add_channel({1, 0}, {0, order.node}, whole_seconds(1));
        }
        simulator->build();
    }
    // A link command at a time. REQUIRES: before build().
    void command(EventKind kind, LinkId link, double at_s, std::uint32_t permille = 0) {
        orders.push_back(
            {kind, graph.link_from[link.index()].value, link.value, permille, ceil_seconds(at_s)});
    }
    void run_until_s(double s) { simulator->run_until(ceil_seconds(s)); }
    double inserted_s(VehicleId v) const {
        return static_cast<double>(system->trips()[v.index()].inserted_us) * 1e-6;
    }
    double arrived_s(VehicleId v) const {
        return static_cast<double>(system->trips()[v.index()].arrived_us) * 1e-6;
    }
    // When the vehicle left the link for good, to the microsecond; -1 where it has not.
    std::int64_t left_us(VehicleId v, LinkId link) const {
        for (const kernel::Record& r : leavers.all) {
            if (r.a == link.value && static_cast<std::uint32_t>(r.b) == v.value) return r.time_us;
        }
        return -1;
    }
    std::uint32_t entered(LinkId link) const {
        return system->link_entries()[link.index()].entered_count;
    }
    std::uint32_t left(LinkId link) const { return system->link_exits()[link.index()].left_count; }

    struct Order {
        EventKind kind;
        std::uint32_t node, link, permille;
        SimTime at;
    };
    // Posts the link commands at the start.
    class Controller final : public kernel::System {
      public:
        explicit Controller(const Rig& rig) : orders(rig.orders), traffic_(*rig.system) {}
        std::string_view name() const override { return "controller"; }
        std::uint32_t owner_count() const override { return 1; }
        void allocate(kernel::StateStore&) override {}
        void start(kernel::EpochContext& epoch) override {
            for (const Order& o : orders) {
                epoch.post(traffic_.entity(o.node), o.at, static_cast<std::uint8_t>(o.kind),
                           kernel::pack(o.link, o.permille));
            }
        }
        void handle(kernel::Context&, const kernel::Event&) override {}
        std::vector<Order> orders;

      private:
        const TrafficSystem& traffic_;
    };

    struct Leavers final : kernel::RecordSink {
        void on_records(std::span<const kernel::Record> records) override {
            all.insert(all.end(), records.begin(), records.end());
        }
        std::vector<kernel::Record> all;
    };
    Leavers leavers;
    RoadGraph graph;
    TripTable trips;
    NetworkOptions network_options;
    TrafficOptions options;
    std::vector<Order> orders;
    std::optional<TrafficNetwork> network;
    std::unique_ptr<TrafficSystem> system;
    std::unique_ptr<Controller> controller;
    std::unique_ptr<kernel::Simulator> simulator;
};

// A straight road through the named nodes, every link like the sheet's.
inline RoadGraphData sheet_road(std::string_view drawing = "A---->B---->C", double cell_m = 125) {
    return ascii_roads(
        drawing,
        {.cell_m = cell_m, .speed_kmh = 50, .lane_count = 1, .capacity_pcuph = kSheetCapacity});
}

}  // namespace jiahe::traffic
