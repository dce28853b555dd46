// What a run's systems write into results.h5: the shapes that product.md promises.
//
// Pure reading of state that stands still. Groups: /traffic (link, time), /traffic/trips, /tolling
// (plaza, time), /tolling/sites, /tolling/ledger, /logistics (hub, time), /logistics/parcels,
// /telecom (cell, time; class), /resilience (event), /resilience/sites, /kpi. Times are s since
// midnight of the first day; figures of bins that the run has not reached are NaN or 0.
// Errors: IoError.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "logistics/logistics_system.h"
#include "results/indicators.h"
#include "results/results_file.h"
#include "results/slot_bins.h"
#include "scenario/core_sections.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_ledger_sink.h"
#include "tolling/tolling_system.h"
#include "traffic/traffic_system.h"
#include "world/city.h"

namespace jiahe::city {

struct ResultsClock {
    SimTime start;     // time of day at simulated time 0
    SimTime now;       // simulated time that the run has reached
    SimTime duration;  // of the whole scenario

    double of_day_s(std::int64_t since_start_us) const {
        return start.seconds() + static_cast<double>(since_start_us) * 1e-6;
    }
    // Simulated part of a bin.
    SimTime reached(SimTime width, std::size_t bin) const;
    // Begins of all bins, s since midnight.
    std::vector<double> bin_begins_s(SimTime width) const;
};

// The bins with the stays of vehicles that are still on their links.
std::vector<results::SlotBin> link_bins_so_far(const traffic::TrafficSystem& traffic,
                                               const results::SlotBins& bins, SimTime now);

void write_links(results::ResultsFile& file, const City& city,
                 std::span<const results::SlotBin> rows, const results::BinGrid& grid,
                 const ResultsClock& clock);
void write_trips(results::ResultsFile& file, const traffic::TrafficSystem& traffic,
                 const ResultsClock& clock, const std::vector<std::int64_t>& trip_external_id);
void write_plazas(results::ResultsFile& file, const City& city,
                  const tolling::TollingSystem& tolling, const ResultsClock& clock);
void write_ledger(results::ResultsFile& file, const tolling::TollingLedgerSink& ledger,
                  const ResultsClock& clock);
void write_telecom(results::ResultsFile& file, const City& city,
                   const telecom::TelecomSystem& telecom, const ResultsClock& clock);
// Parcels delivered, [bin][hub].
std::vector<std::uint32_t> delivered_by_hub(const logistics::LogisticsSystem& logistics,
                                            SimTime width, SimTime duration);
void write_hubs(results::ResultsFile& file, const City& city,
                const logistics::LogisticsSystem& logistics, SimTime width,
                const ResultsClock& clock);
void write_parcels(results::ResultsFile& file, const logistics::LogisticsSystem& logistics,
                   const ResultsClock& clock);
void write_resilience(results::ResultsFile& file, std::span<const scenario::TimedEvent> events,
                      const telecom::TelecomSystem& telecom, const ResultsClock& clock);
void write_kpis(results::ResultsFile& file, const std::vector<results::Kpi>& kpis);

}  // namespace jiahe::city
