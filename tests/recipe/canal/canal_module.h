// What the composition root asks of the canal: its section, the system, its figures and tables.
//
// The four functions that engine/city/system_registry.h wants of every new system. A town without a
// section `canal` has no canal. Units: KPIs and tables count boats.
// Errors: none beside the scenario reader's.
#pragma once

#include <memory>

#include "canal/canal_system.h"
#include "results/indicators.h"
#include "results/results_file.h"
#include "scenario/scenario.h"
#include "world/city.h"

namespace jiahe::canal {

void declare_canal(scenario::Schema& schema);
std::unique_ptr<CanalSystem> make_canal(const scenario::Scenario& scenario, const City& city,
                                        scenario::FaultList& faults);
void report_canal(const CanalSystem& canal, SimTime now, results::Indicators& out);
void write_canal(const CanalSystem& canal, SimTime now, results::ResultsFile& out);

}  // namespace jiahe::canal
