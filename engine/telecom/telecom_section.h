// The scenario's `telecom` section: links, radio, sources, servers and time-outs.
//
// Scenario lifecycle: a plain value read once. Defaults make a small honest network of any city:
// its cells, plazas, gantries, hubs and cameras come from the site layers. Errors: those of the
// scenario reader, E-TEL-010 (a profile file that does not fit), E-TEL-011 (periods that do not fit
// one another), E-TEL-012 (more cores than places).
#pragma once

#include "scenario/schema.h"
#include "scenario/value.h"
#include "telecom/telecom_network.h"
#include "telecom/telecom_options.h"

namespace jiahe::telecom {

struct TelecomConfig {
    NetworkOptions network;
    TelecomOptions options;  // start_of_day and duration are the run window's, set by the caller
};

void declare_telecom(scenario::Schema& schema);
TelecomConfig read_telecom(const scenario::Value& telecom, scenario::FaultList& faults);

}  // namespace jiahe::telecom
