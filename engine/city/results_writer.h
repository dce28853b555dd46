// What a run's systems write into results.h5 and layers.gpkg: the shapes that product.md promises.
//
// Pure reading of state that stands still. Groups: /traffic (link, time), /traffic/trips,
// /tolling (plaza, time), /tolling/ledger, /telecom (cell; class), /logistics. Times are s since
// midnight of the first day. Errors: IoError.
#pragma once

#include "logistics/logistics_system.h"
#include "results/results_file.h"
#include "results/slot_bins.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_ledger_sink.h"
#include "tolling/tolling_system.h"
#include "traffic/traffic_system.h"
#include "world/city.h"

namespace jiahe::city {

void write_traffic(results::ResultsFile& file, const City& city,
                   const traffic::TrafficSystem& traffic, const results::SlotBins& bins,
                   SimTime start, const std::vector<std::int64_t>& trip_external_id);
void write_tolling(results::ResultsFile& file, const City& city,
                   const tolling::TollingSystem& tolling, const tolling::TollingLedgerSink& ledger,
                   SimTime start);

void write_telecom(results::ResultsFile& file, const City& city,
                   const telecom::TelecomSystem& telecom);
void write_logistics(results::ResultsFile& file, const City& city,
                     const logistics::LogisticsSystem& logistics, SimTime start);

}  // namespace jiahe::city
