// The run's figures: what each system came to, as KPIs with stable names, and the sums that must
// balance between them.
//
// Pure reading of state that stands still. Names begin with the system's; units are product.md's.
// Audits across systems (fen of vans, settlements on the network) allow for what is on its way.
// Errors: none.
#pragma once

#include "logistics/logistics_system.h"
#include "results/indicators.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_ledger_sink.h"
#include "tolling/tolling_system.h"
#include "traffic/traffic_system.h"

namespace jiahe::city {

struct CityParts {
    const traffic::TrafficSystem& traffic;
    const tolling::TollingSystem& tolling;
    const tolling::TollingLedgerSink& ledger;
    const telecom::TelecomSystem& telecom;
    const logistics::LogisticsSystem& logistics;
};

// REQUIRES: the simulator stands still at `now`.
results::Indicators city_indicators(const CityParts& parts, SimTime now);

}  // namespace jiahe::city
