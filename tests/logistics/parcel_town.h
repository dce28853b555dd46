// A town with hubs, zones and toy roads, small enough to be exact: for tests of the parcel system.
//
// 12 x 12 nodes 500 m apart, a zone at every second node, two hubs. ToyRoads stands for the traffic
// system: one owner a node; a van sent off is at its goal after the planner's time times
// `slowness`, and never earlier than 1 s. The couplings here mirror those of the
// city.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernel/simulator.h"
#include "logistics/hub_travel.h"
#include "logistics/logistics_summary.h"
#include "logistics/logistics_system.h"

namespace jiahe::logistics {

inline City parcel_city(double residents_a_zone = 400, int vans = 14) {
    constexpr int kSide = 12;
    RoadGraphData data;
    const auto id = [](int row, int column) { return std::int64_t{row} * kSide + column; };
    const LocalPlane plane(LonLat{120.75, 30.75});
    SiteLayers sites;
    for (int row = 0; row < kSide; ++row) {
        for (int column = 0; column < kSide; ++column) {
            const LonLat at = plane.to_lon_lat({500.0 * column, 500.0 * row});
            data.nodes.push_back({id(row, column), at.lon_deg, at.lat_deg, NodeControl::kNone});
            const auto connect = [&](int r, int c) {
                for (const auto& [from, to] :
                     {std::pair{id(row, column), id(r, c)}, std::pair{id(r, c), id(row, column)}}) {
                    RoadGraphData::Link link;
                    link.id = 1000 * from + to;
                    link.from_node_id = from;
                    link.to_node_id = to;
                    link.length_m = 500;
                    link.free_speed_mps = 10;
                    data.links.push_back(link);
                }
            };
            if (column + 1 < kSide) connect(row, column + 1);
            if (row + 1 < kSide) connect(row + 1, column);
            if ((row + column) % 2 != 0) continue;
            Zone zone;
            zone.lon_deg = at.lon_deg;
            zone.lat_deg = at.lat_deg;
            zone.residents = residents_a_zone;
            sites.zones.push_back(zone);
        }
    }
    for (const auto& [name, row, column] : {std::tuple{"west", 5, 1}, std::tuple{"east", 6, 10}}) {
        const LonLat at = plane.to_lon_lat({500.0 * column, 500.0 * row});
        HubSite hub;
        hub.name = name;
        hub.lon_deg = at.lon_deg;
        hub.lat_deg = at.lat_deg;
        hub.node_id = id(row, column);
        hub.vans = vans;
        sites.hubs.push_back(hub);
    }
    sites.cells.push_back({"cell", 120.75, 30.75, 1, 1000, LandUse::kMixed});
    return City(RoadGraph(std::move(data)), std::move(sites));
}

// The run starts at 05:00; waves are dispatched at 07:15 and 14:30.
inline LogisticsOptions parcel_options() {
    LogisticsOptions options;
    options.orders.waves = {{hours(0), minutes(135), hours(9), 0.642},
                            {hours(7), minutes(570), hours(16), 0.358}};
    options.orders.handover_share = {.25, .25, .50};
    options.last_start = minutes(870);
    options.shift_end = minutes(1050);
    options.planner.iterations = 200;
    return options;
}

class ToyRoads final : public kernel::System {
  public:
    enum Kind : std::uint8_t { kDepart };

    ToyRoads(const City& city, LogisticsSystem& logistics, const std::vector<TravelMatrix>& travel,
             double slowness)
        : city_(city), logistics_(logistics), travel_(travel), slowness_(slowness) {}
    std::string_view name() const override { return "toy_roads"; }
    std::uint32_t owner_count() const override {
        return static_cast<std::uint32_t>(city_.graph().node_count());
    }
    void channels(kernel::ChannelList& list) override {
        for (std::uint32_t n = 0; n < owner_count(); ++n) {
            for (std::uint32_t h = 0; h < logistics_.owner_count(); ++h) {
                list.add(entity(n), logistics_.entity(h), whole_seconds(1));
                list.add(logistics_.entity(h), entity(n), kRideDelay);
            }
        }
    }
    void allocate(kernel::StateStore& store) override {
        rides_ = store.create<std::uint64_t>("toy_roads.rides", owner_count());
    }
    void start(kernel::EpochContext&) override {}
    void handle(kernel::Context& context, const kernel::Event& event) override {
        const std::uint32_t van = event.payload_low(), to = event.payload_high();
        const std::uint32_t from = event.owner_index();
        ++rides_[from];
        const TravelMatrix& travel = travel_[logistics_.hub_of_van(van)];
        const std::size_t cell =
            travel.row_of(NodeId(from)) * travel.count() + travel.row_of(NodeId(to));
        const SimTime ride = ceil_seconds(travel.time_ms[cell] * 1e-3 * slowness_);
        context.send(logistics_.entity(logistics_.hub_of_van(van)),
                     context.now() + std::max(ride, whole_seconds(1)),
                     static_cast<std::uint8_t>(EventKind::kVanArrived), van);
    }
    std::uint64_t rides() const {
        std::uint64_t sum = 0;
        for (const std::uint64_t n : rides_)
            sum += n;
        return sum;
    }

  private:
    const City& city_;
    LogisticsSystem& logistics_;
    const std::vector<TravelMatrix>& travel_;
    double slowness_;
    kernel::StateArray<std::uint64_t> rides_;
};

// Sends vans off, posts scripted events at the hubs, keeps records.
class ToyCoupling final : public kernel::RecordListener {
  public:
    explicit ToyCoupling(ToyRoads& roads) : roads_(roads) {}
    void on_record(kernel::Context& context, const kernel::Record& record) override {
        context.send(roads_.entity(static_cast<std::uint32_t>(record.b)),
                     context.now() + kRideDelay, ToyRoads::kDepart,
                     kernel::pack(record.a, static_cast<std::uint32_t>(record.c)));
    }

  private:
    ToyRoads& roads_;
};

class KeptRecords final : public kernel::RecordSink {
  public:
    void on_records(std::span<const kernel::Record> records) override {
        all.insert(all.end(), records.begin(), records.end());
    }
    std::int64_t sum_b(RecordKind kind) const {
        std::int64_t sum = 0;
        for (const kernel::Record& r : all)
            sum += r.own_kind() == static_cast<std::uint8_t>(kind) ? r.b : 0;
        return sum;
    }
    std::size_t count(RecordKind kind) const {
        std::size_t n = 0;
        for (const kernel::Record& r : all)
            n += r.own_kind() == static_cast<std::uint8_t>(kind) ? 1 : 0;
        return n;
    }
    std::vector<kernel::Record> all;
};

struct Script {  // an event from outside
    SimTime at;
    std::uint32_t hub;
    EventKind kind;
    std::uint64_t payload = 0;
};

// Posts the script at the start; epochs every ten minutes hand records to sinks.
class Scripter final : public kernel::System {
  public:
    Scripter(LogisticsSystem& logistics, std::vector<Script> script)
        : logistics_(logistics), script_(std::move(script)) {}
    std::string_view name() const override { return "script"; }
    std::uint32_t owner_count() const override { return 1; }
    void allocate(kernel::StateStore&) override {}
    void start(kernel::EpochContext& epoch) override {
        for (const Script& s : script_)
            epoch.post(logistics_.entity(s.hub), s.at, static_cast<std::uint8_t>(s.kind),
                       s.payload);
    }
    void handle(kernel::Context&, const kernel::Event&) override {}
    std::vector<kernel::EpochPlan> epochs() const override { return {{minutes(10), minutes(10)}}; }

  private:
    LogisticsSystem& logistics_;
    std::vector<Script> script_;
};

struct TownOptions {
    kernel::SimulatorOptions run;
    double slowness = 1;
    std::vector<Script> script;
    bool keep_records = false;
};

class ParcelTown {
  public:
    ParcelTown(const City& town_city, LogisticsOptions options, const TownOptions& town = {})
        : city(town_city),
          orders(draw_orders(city, options.orders)),
          travel(travel_of_hubs(city, orders, 1000)),
          logistics(city, orders, travel, options),
          roads(city, logistics, travel, town.slowness),
          scripter(logistics, town.script),
          coupling(roads),
          simulator(town.run) {
        simulator.add_system(roads);
        const kernel::SystemId id = simulator.add_system(logistics);
        simulator.add_system(scripter);
        simulator.add_listener(id, static_cast<std::uint8_t>(RecordKind::kVanLeaves), coupling);
        if (town.keep_records) {
            for (int k = 0; k <= static_cast<int>(RecordKind::kTourPlanned); ++k)
                simulator.add_sink(id, static_cast<std::uint8_t>(k), records);
        }
        simulator.build();
    }
    ParcelTown& run(SimTime until) {
        simulator.run_until(until);
        return *this;
    }
    LogisticsSummary summary() const { return summarise(logistics, simulator.now()); }

    const City& city;
    ParcelOrders orders;
    std::vector<TravelMatrix> travel;
    LogisticsSystem logistics;
    ToyRoads roads;
    Scripter scripter;
    ToyCoupling coupling;
    KeptRecords records;
    kernel::Simulator simulator;
};

}  // namespace jiahe::logistics
