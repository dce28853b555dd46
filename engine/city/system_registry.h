// The systems that a program is built with: a table that CMake generates from the calls of
// jiahe_system (cmake/JiaheModule.cmake), in the order of engine/CMakeLists.txt.
//
// A new system NAME is added by its folder alone. NAME_module.h declares, in namespace jiahe::NAME:
//   void declare_NAME(scenario::Schema&);          the section `NAME`; optional() where a town may
//                                                  be without the system
//   std::unique_ptr<XSystem> make_NAME(const scenario::Scenario&, const City&,
//       scenario::FaultList&);                     called where the scenario has the section; reads
//                                                  that and the core's; nullptr only with a fault
//   void report_NAME(const XSystem&, SimTime now, results::Indicators&);  KPIs "NAME.*" and audits
//   void write_NAME(const XSystem&, SimTime now, results::ResultsFile&);  tables under "/NAME"
// XSystem is its class derived from kernel::System; state, hash and snapshots are the kernel's. The
// last two are called while the simulator stands still at `now`, before the run's end too.
//
// Lifecycle: the table is constant; an AddedSystem is partition state. A program may be given a
// registry of its own (tests/recipe): that in jiahe_city is used where the program has none.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "base/sim_time.h"
#include "kernel/system.h"
#include "results/indicators.h"
#include "results/results_file.h"
#include "scenario/fault_list.h"
#include "scenario/scenario.h"
#include "world/city.h"

namespace jiahe::city {

// A system whose own type only its three functions know.
struct AddedSystem {
    std::unique_ptr<kernel::System> system;
    std::function<void(SimTime now, results::Indicators&)> report;
    std::function<void(SimTime now, results::ResultsFile&)> write;
};

struct SystemModule {
    std::string_view name;  // of its folder, namespace and section
    void (*declare)(scenario::Schema&);
    // nullptr: the composition root makes the system itself (assembly.cpp).
    AddedSystem (*make)(const scenario::Scenario&, const City&, scenario::FaultList&);
};

std::span<const SystemModule> system_registry();

template <auto make, auto report, auto write>
AddedSystem add_system(const scenario::Scenario& scenario, const City& city,
                       scenario::FaultList& faults) {
    auto system = make(scenario, city, faults);
    const auto* const made = system.get();
    return {std::move(system),
            [made](SimTime now, results::Indicators& out) { report(*made, now, out); },
            [made](SimTime now, results::ResultsFile& out) { write(*made, now, out); }};
}

}  // namespace jiahe::city
