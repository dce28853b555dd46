// The scenario's `resilience` section: how the script of events reaches the city.
//
// The events themselves stand in the core section `events`; compile_script (incident_script.h)
// looks them up once the city is built. Scenario lifecycle: a plain value read once.
#pragma once

#include "base/sim_time.h"
#include "scenario/schema.h"
#include "scenario/value.h"

namespace jiahe::resilience {

struct ResilienceConfig {
    SimTime notice = whole_seconds(5);
};

void declare_resilience(scenario::Schema& schema);
ResilienceConfig read_resilience(const scenario::Value& resilience);

}  // namespace jiahe::resilience
