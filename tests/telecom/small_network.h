// A small network for tests: cells on a square lattice of 400 m, one plaza, one gantry, one hub.
//
// Town puts it on a simulator together with a script of events (messages, links that fail and
// return) and keeps every record in the order of the merged sink.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kernel/simulator.h"
#include "support/scripted_system.h"
#include "telecom/telecom_summary.h"
#include "telecom/telecom_system.h"

namespace jiahe::telecom {

inline std::vector<SiteSpec> small_sites(int side, std::int64_t users = 200,
                                         std::int64_t cameras = 2) {
    std::vector<SiteSpec> sites;
    for (int i = 0; i < side * side; ++i) {
        SiteSpec cell;
        cell.name = "c" + std::to_string(100 + i);
        cell.position = {400.0 * (i % side), 400.0 * (i / side)};
        cell.cameras = cameras;
        cell.users = {users, users / 2, users / 10, users / 5};
        sites.push_back(cell);
    }
    for (const SiteKind kind : {SiteKind::kPlaza, SiteKind::kGantry, SiteKind::kHub}) {
        SiteSpec site;
        site.name = "one";
        site.kind = kind;
        site.position = {50, 50};
        sites.push_back(site);
    }
    return sites;
}

// A telecom system on a simulator with a script of events and everything it recorded.
class Town {
  public:
    struct Heard {
        double time_s;
        std::uint8_t kind;
        std::uint32_t a;
        std::int64_t b, c;
        std::uint16_t aux;
    };

    Town(std::vector<SiteSpec> sites, NetworkOptions network_options, TelecomOptions options,
         kernel::SimulatorOptions run = {})
        : network(std::move(sites), network_options),
          telecom(network, options),
          script(1, "script"),
          simulator(run),
          ear_(heard) {
        simulator.add_system(telecom);
        simulator.add_system(script);
        for (std::uint8_t kind = 0; kind < 6; ++kind) {
            simulator.add_sink(telecom.id(), kind, ear_);
        }
        script.on_start = [this](kernel::EpochContext& epoch) {
            for (const Step& step : steps) {
                epoch.post(step.to, step.at, static_cast<std::uint8_t>(step.kind), step.payload,
                           step.aux);
            }
        };
    }

    void send(double at_s, SiteKind kind, const std::string& name, ServiceClass service,
              std::int64_t bytes, std::uint32_t count = 1) {
        const std::uint32_t site = network.site_named(kind, name);
        steps.push_back({telecom.owner_of_site(site), ceil_seconds(at_s), EventKind::kSendMessage,
                         message_payload(site, bytes), message_aux(service, count)});
    }
    void change(double at_s, EventKind kind, std::uint32_t link, std::uint32_t per_mille = 0) {
        steps.push_back({telecom.owner_of_link(link), ceil_seconds(at_s), kind,
                         link_payload(link, per_mille), 0});
    }
    std::uint32_t site(SiteKind kind, const std::string& name = "one") const {
        return network.site_named(kind, name);
    }
    const FluidState& fluid(std::uint32_t at, std::size_t slot) const {
        return telecom.rows().fluid[telecom.rows().site[at].first_fluid + slot];
    }
    TelecomSummary summary() const { return summarise(telecom, simulator.now()); }
    std::vector<Heard> heard_of(RecordKind kind) const {
        std::vector<Heard> found;
        for (const Heard& h : heard) {
            if (h.kind == static_cast<std::uint8_t>(kind)) found.push_back(h);
        }
        return found;
    }

    struct Step {
        kernel::EntityId to;
        SimTime at;
        EventKind kind;
        std::uint64_t payload;
        std::uint16_t aux;
    };
    TelecomNetwork network;
    TelecomSystem telecom;
    ScriptedSystem script;
    kernel::Simulator simulator;
    std::vector<Step> steps;
    std::vector<Heard> heard;

  private:
    class Ear final : public kernel::RecordSink {
      public:
        explicit Ear(std::vector<Heard>& heard) : heard_(heard) {}
        void on_records(std::span<const kernel::Record> records) override {
            for (const kernel::Record& r : records) {
                heard_.push_back(
                    {static_cast<double>(r.time_us) * 1e-6, r.own_kind(), r.a, r.b, r.c, r.aux});
            }
        }

      private:
        std::vector<Heard>& heard_;
    };
    Ear ear_;
};

}  // namespace jiahe::telecom
