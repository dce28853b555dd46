// A town of toll sites on one kernel: the road of toll_road.h, the tolling system, its ledger sink.
//
// Made by one constructor, run by run(until); audit() and kpis() read the state between runs.
// one_plaza() and plain_service() give the smallest sites and the service of the queueing oracles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/simulator.h"
#include "toll_road.h"
#include "tolling/tolling_ledger_sink.h"
#include "tolling/tolling_report.h"
#include "tolling/tolling_system.h"

namespace jiahe::tolling {

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
