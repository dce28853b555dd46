#include "canal/canal_module.h"

#include <cstdint>
#include <vector>

namespace jiahe::canal {

void declare_canal(scenario::Schema& schema) {
    auto& canal = schema.section("canal", "A canal with locks; absent unless written.").optional();
    canal.integer("locks", "Locks, one behind the other.").range("1", "1000").by_default("5");
    canal.integer("boats", "Boats, one every 4 min.").range("0", "100000").by_default("20");
}

std::unique_ptr<CanalSystem> make_canal(const scenario::Scenario& scenario, const City& /*city*/,
                                        scenario::FaultList& /*faults*/) {
    const scenario::Value canal = scenario["canal"];
    return std::make_unique<CanalSystem>(static_cast<std::uint32_t>(canal["locks"].integer()),
                                         static_cast<std::uint32_t>(canal["boats"].integer()));
}

void report_canal(const CanalSystem& canal, SimTime /*now*/, results::Indicators& out) {
    std::uint64_t arrived = 0, accounted = 0;
    for (const LockState& lock : canal.locks()) {
        arrived += lock.arrived;
        accounted += lock.waiting + lock.busy + lock.passed;
    }
    const std::uint64_t through = canal.locks()[canal.owner_count() - 1].passed;
    out.kpi("canal.boats_through", "1", static_cast<double>(through),
            "boats that have left the last lock");
    out.audit("canal.boats", "arrived at locks = waiting + in chambers + passed",
              static_cast<std::int64_t>(arrived), static_cast<std::int64_t>(accounted));
}

void write_canal(const CanalSystem& canal, SimTime /*now*/, results::ResultsFile& out) {
    std::vector<std::uint32_t> lock, passed;
    for (const LockState& state : canal.locks()) {
        lock.push_back(static_cast<std::uint32_t>(lock.size()));
        passed.push_back(static_cast<std::uint32_t>(state.passed));
    }
    out.scale("/canal", {"lock", {}, "1", "number of the lock, 0 where boats enter"}, lock);
    out.dataset("/canal", {"passed", {"lock"}, "1", "boats let through"}, passed);
}

}  // namespace jiahe::canal
