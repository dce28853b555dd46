// A road around toll sites, small enough to be exact: for tests of the tolling system.
//
// One road owner a site. Vehicles come to each plaza or gantry in a Poisson stream (named draws:
// the same vehicles at the same times in every variant) or all at time 0; at most `apron` are let
// into a plaza, the rest wait on the road. A served vehicle leaves its lane when the road beyond
// has been free for `road_headway`. Time offsets between the two systems are 1 us.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kernel/simulator.h"
#include "tolling/tolling_ledger_sink.h"
#include "tolling/tolling_report.h"
#include "tolling/tolling_system.h"

namespace jiahe::tolling {

struct Feed {
    double rate_per_s = 0;    // 0: all at time 0
    std::uint32_t count = 0;  // vehicles
    double etc_share = 0;     // < 0: payment by the system's share
    double large_share = 0;
    SimTime road_headway;  // beyond a plaza
};

struct Order {  // an event from outside
    SimTime time;
    std::uint32_t site;
    EventKind kind;
    std::uint32_t lane = 0;
};

class TestRoad final : public kernel::System {
  public:
    enum Kind : std::uint8_t { kArrive, kServed };

    TestRoad(TollingSystem& tolling, std::vector<Feed> feeds, std::vector<Order> orders)
        : tolling_(tolling), feeds_(std::move(feeds)), orders_(std::move(orders)) {
        std::uint32_t first = 0;
        for (const Feed& feed : feeds_) {
            first_.push_back(first);
            first += feed.count;
        }
    }
    std::string_view name() const override { return "test_road"; }
    std::uint32_t owner_count() const override { return static_cast<std::uint32_t>(feeds_.size()); }
    void channels(kernel::ChannelList& list) override {
        for (std::uint32_t i = 0; i < owner_count(); ++i) {
            list.add(entity(i), tolling_.entity(i), kRoadDelay);
            list.add(tolling_.entity(i), entity(i), kRoadDelay);
            // The next site of the road, so that partitions have something to exchange.
            list.add(entity(i), entity((i + 1) % owner_count()), whole_seconds(5));
        }
    }
    void allocate(kernel::StateStore& store) override {
        row_ = store.create<Row>("test_road.row", feeds_.size());
    }
    void start(kernel::EpochContext& epoch) override {
        for (std::uint32_t i = 0; i < owner_count(); ++i) {
            if (feeds_[i].count > 0) epoch.post(entity(i), {1}, kArrive);
        }
        for (const Order& order : orders_) {
            epoch.post(tolling_.entity(order.site), order.time,
                       static_cast<std::uint8_t>(order.kind), order.lane);
        }
    }
    void handle(kernel::Context& context, const kernel::Event& event) override {
        const std::uint32_t i = event.owner_index();
        if (event.own_kind() == kArrive) {
            arrive(context, i);
        } else {
            leave(context, i, event.payload_low());
        }
    }
    std::uint32_t vehicle_count() const { return first_.back() + feeds_.back().count; }

  private:
    struct Row {
        std::int64_t road_free_us;
        std::uint32_t arrived, admitted, inside, unused;
    };

    void arrive(kernel::Context& context, std::uint32_t i) {
        const Feed& feed = feeds_[i];
        Row& row = row_[i];
        if (feed.rate_per_s <= 0) {
            row.arrived = feed.count;
        } else if (row.arrived < feed.count && context.now().us > 1) {
            ++row.arrived;
        }
        if (feed.rate_per_s > 0 && row.arrived < feed.count) {
            const double gap = context.draw(9000, i, row.arrived).exponential(1 / feed.rate_per_s);
            context.schedule(context.now() + ceil_seconds(gap), kArrive);
        }
        let_in(context, i);
    }
    void let_in(kernel::Context& context, std::uint32_t i) {
        const bool gantry = i >= tolling_.plaza_count();
        const std::uint32_t apron = gantry ? 0xffffffffu : tolling_.sites().plazas[i].apron;
        Row& row = row_[i];
        while (row.admitted < row.arrived && row.inside < apron) {
            const std::uint32_t vehicle = first_[i] + row.admitted++;
            const Feed& feed = feeds_[i];
            const Draw kind = context.draw(9001, vehicle, 0);
            const auto c =
                kind.bernoulli(feed.large_share, 0) ? TollClass::kLarge : TollClass::kSmall;
            Payment payment = kind.bernoulli(feed.etc_share, 1) ? Payment::kEtc : Payment::kManual;
            if (feed.etc_share < 0) payment = Payment::kByShare;
            const auto event = gantry ? EventKind::kPassGantry : EventKind::kEnterPlaza;
            context.send(tolling_.entity(i), context.now() + kRoadDelay,
                         static_cast<std::uint8_t>(event), passing_payload(vehicle, c, payment));
            if (!gantry) ++row.inside;
        }
    }
    void leave(kernel::Context& context, std::uint32_t i, std::uint32_t vehicle) {
        Row& row = row_[i];
        if (context.now().us < row.road_free_us) {
            context.schedule({row.road_free_us}, kServed, vehicle);
            return;
        }
        row.road_free_us = context.now().us + feeds_[i].road_headway.us;
        context.send(tolling_.entity(i), context.now() + kRoadDelay,
                     static_cast<std::uint8_t>(EventKind::kLeavePlazaLane), vehicle);
        --row.inside;
        let_in(context, i);
    }

    TollingSystem& tolling_;
    std::vector<Feed> feeds_;
    std::vector<Order> orders_;
    std::vector<std::uint32_t> first_;
    kernel::StateArray<Row> row_;
};

// The vehicle's release: the record of a plaza becomes an event of its road owner.
class ReleaseCoupling final : public kernel::RecordListener {
  public:
    explicit ReleaseCoupling(TestRoad& road) : road_(road) {}
    void on_record(kernel::Context& context, const kernel::Record& record) override {
        context.send(road_.entity(record.owner_index()), context.now() + kRoadDelay,
                     TestRoad::kServed, record.a);
    }

  private:
    TestRoad& road_;
};

class RecordKeeper final : public kernel::RecordSink {
  public:
    void on_records(std::span<const kernel::Record> records) override {
        all.insert(all.end(), records.begin(), records.end());
    }
    std::vector<kernel::Record> of(RecordKind kind) const {
        std::vector<kernel::Record> found;
        for (const kernel::Record& r : all) {
            if (r.own_kind() == static_cast<std::uint8_t>(kind)) found.push_back(r);
        }
        return found;
    }
    std::vector<kernel::Record> all;
};

struct TownOptions {
    kernel::SimulatorOptions run;
    std::vector<Order> orders;
    std::vector<RecordKind> kept;
};

class TollTown {
  public:
    TollTown(TollSites toll_sites, TollingOptions options, std::vector<Feed> feeds,
             TownOptions town = {})
        : sites(std::move(toll_sites)),
          tolling(sites, with_vehicles(std::move(options), feeds)),
          road(tolling, std::move(feeds), std::move(town.orders)),
          release(road),
          simulator(town.run),
          ledger(simulator.store(), 4'000'000) {
        simulator.add_system(road);
        const kernel::SystemId id = simulator.add_system(tolling);
        simulator.add_listener(id, static_cast<std::uint8_t>(RecordKind::kVehicleServed), release);
        simulator.add_sink(id, static_cast<std::uint8_t>(RecordKind::kTollCharged), ledger);
        for (const RecordKind kind : town.kept) {
            simulator.add_sink(id, static_cast<std::uint8_t>(kind), records);
        }
        simulator.build();
    }
    TollTown& run(SimTime until) {
        simulator.run_until(until);
        return *this;
    }
    TollingKpis kpis() const { return tolling_kpis(tolling, simulator.now()); }
    std::vector<std::string> audit() const { return audit_tolling(tolling, ledger.rows()); }

    TollSites sites;
    TollingSystem tolling;
    TestRoad road;
    ReleaseCoupling release;
    RecordKeeper records;
    kernel::Simulator simulator;
    TollingLedgerSink ledger;

  private:
    static TollingOptions with_vehicles(TollingOptions options, const std::vector<Feed>& feeds) {
        for (const Feed& feed : feeds)
            options.vehicle_count += feed.count;
        return options;
    }
};

// A plaza alone, with lanes of one kind.
inline TollSites one_plaza(std::size_t lanes, LaneKind kind, std::uint32_t apron) {
    TollSites sites;
    sites.sections.push_back({"section", 10, {}, {}});
    sites.plazas.push_back({"plaza", std::vector<LaneKind>(lanes, kind), apron, SectionId(0)});
    return sites;
}

// Same service for all, no move-up, no failures.
inline TollingOptions plain_service(DurationDistribution service) {
    TollingOptions options;
    options.service = ServiceModel::uniform(std::move(service), DurationDistribution::fixed(0));
    options.data.record_bytes = 1500;
    return options;
}

}  // namespace jiahe::tolling
