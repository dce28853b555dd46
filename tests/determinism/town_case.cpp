// The whole town in the determinism matrix: all systems and couplings, an event of every kind.
#include <memory>

#include "support/determinism.h"
#include "support/whole_town.h"

namespace jiahe {
namespace {

// Links 101 and 102 are streets; names of sites are those of the generated town.
constexpr const char* kEvents =
    "  - {time: \"06:40\", until: \"07:10\", action: close, target: {kind: road, name: \"101\"}}\n"
    "  - {time: \"06:42:07\", action: limit, factor: 0.3, target: {kind: link, name: \"102\"}}\n"
    "  - {time: \"06:44\", until: \"07:00\", action: fail, target: {kind: lane, name: "
    "E1-west-entry, lane: 0}}\n"
    "  - {time: \"06:46\", until: \"06:56\", action: fail, target: {kind: plaza, name: "
    "E1-east-exit}}\n"
    "  - {time: \"06:58\", action: limit, factor: 0.5, target: {kind: plaza, name: "
    "E1-east-exit}}\n"
    "  - {time: \"06:41\", until: \"07:15\", action: fail, target: {kind: backhaul, name: "
    "plaza-E1-west-entry}}\n"
    "  - {time: \"06:50\", until: \"07:05\", action: fail, target: {kind: cell, name: "
    "cell-00003}}\n"
    "  - {time: \"06:55\", action: limit, factor: 0.001, target: {kind: backhaul, name: "
    "aggregation-0}}\n"
    "  - {time: \"07:02\", action: restore, target: {kind: backhaul, name: aggregation-0}}\n"
    "  - {time: \"07:03\", until: \"07:06\", action: fail, target: {kind: data_centre, name: "
    "data-centre-0}}\n"
    "  - {time: \"06:45\", until: \"07:00\", action: surge, factor: 1.5, target: {kind: demand}}\n";

struct BuiltTown final : BuiltCase {
    explicit BuiltTown(const Configuration& at)
        : town(settings(at.seed), {.threads = at.threads,
                                   .partitions = at.partitions,
                                   .parallel_events_min = 0,
                                   .queue = at.queue}) {}
    static TownSettings settings(std::uint64_t seed) {
        TownSettings s;
        s.rows = s.columns = 6;
        s.vans = 4;
        s.residents = 12'000;
        s.trips = 24'000;
        s.end = "07:20";
        s.seed = seed;
        s.events = kEvents;
        s.more = "tolling: {outage: {offline_grace: 5 min}}\n";
        return s;
    }
    kernel::Simulator& simulator() override { return town.simulator(); }
    WholeTown town;
};

}  // namespace

DeterminismCase determinism_case() {
    DeterminismCase c;
    c.name = "town";
    c.end = minutes(50);
    c.seeds = {1, 2, 3};
    c.every_queue = false;
    c.build = [](const Configuration& at) { return std::make_shared<BuiltTown>(at); };
    // All figures that a run reports, to the last bit.
    c.evidence = [](void* built) {
        const results::Indicators all =
            static_cast<BuiltTown*>(static_cast<BuiltCase*>(built))->town.assembly().indicators();
        CHECK(all.balances());
        return results::kpi_csv(all.kpis);
    };
    return c;
}

}  // namespace jiahe
