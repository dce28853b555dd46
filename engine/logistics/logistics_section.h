// The scenario's `logistics` section: how many parcels, the waves, the hub's line, the vans' work.
//
// Scenario lifecycle: a plain value read once; times of day become times since the run's start with
// the window's start. Errors: the scenario reader's; E-LOG-001 a wave whose times do not ascend,
// E-LOG-002 handover shares above 1.
#pragma once

#include "logistics/logistics_system.h"
#include "scenario/schema.h"
#include "scenario/value.h"

namespace jiahe::logistics {

void declare_logistics(scenario::Schema& schema);
LogisticsOptions read_logistics(const scenario::Value& logistics, std::uint64_t seed,
                                scenario::FaultList& faults);

}  // namespace jiahe::logistics
