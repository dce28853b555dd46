// What a run's tolling came to: indicators and the audit, read from state when all stands still.
//
// Pure functions of a TollingSystem (and, for the audit, of the stored ledger rows). Means are over
// passages already finished; a queue standing at the end shows in `inside`. Reports only, so
// floating point is free to print.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/sim_time.h"
#include "tolling/tolling_system.h"

namespace jiahe::tolling {

struct PlazaKpis {
    std::string name;
    std::uint64_t entered = 0;
    std::uint64_t left = 0;
    std::uint64_t inside = 0;
    double delay_mean_s = 0;  // entry to leaving, of those that left
    double wait_mean_s = 0;   // entry to own service
    double wait_p95_s = 0;    // of those whose service has begun; within 1 s
    double wait_max_s = 0;
    std::uint32_t queued_max = 0;
    double full_min = 0;  // the apron full, the queue standing on the road
    double degraded_min = 0;
    double offline_min = 0;
    std::vector<double> lane_utilisation;  // share of the time moving up or serving
    std::vector<double> lane_blocked;      // share of the time waiting for the road
};

struct TollingKpis {
    std::array<std::array<std::uint64_t, kTollClassCount>, kPaymentCount> passages{};
    std::array<std::uint64_t, kCauseCount> causes{};
    std::uint64_t passage_count = 0;
    double etc_share = 0;       // of passages
    double obu_read_share = 0;  // of ETC passages: settled by the unit, no hand, plate or loss
    std::array<Fen, kTollClassCount> revenue;  // fees less discounts, payer known
    std::array<Fen, kTollClassCount> missed;   // fees due, payer unknown
    std::array<Fen, kTollClassCount> discount;
    Fen revenue_total;
    std::vector<Fen> road_owner_credit;  // [road owner], missed fees included
    std::vector<PlazaKpis> plazas;
    double delay_mean_s = 0;  // over all plazas
    double wait_mean_s = 0;
    double degraded_plaza_min = 0;
    double full_plaza_min = 0;
    std::uint64_t backlog_records = 0;
    std::int64_t backlog_bytes = 0;
    std::uint64_t lost_records = 0;
    std::uint64_t images_dropped = 0;
};

// `now` closes the spells that are still going on. REQUIRES: now > 0.
TollingKpis tolling_kpis(const TollingSystem& tolling, SimTime now);

// Mean delay in s of the vehicles that entered a plaza in [from, to) and left; 0 where none. The
// bounds are rounded to the option's time bins.
double mean_delay_s(const TollingSystem& tolling, PlazaId plaza, SimTime from, SimTime to);

// One line a broken law, none where all balance: vehicles in = out + inside; passages = records
// sent, stored, released or lost; fees = tariff * passages = rows = road owners; payments of the
// vehicles = rows; no passage charged twice.
std::vector<std::string> audit_tolling(const TollingSystem& tolling,
                                       std::span<const TollTransaction> rows);

}  // namespace jiahe::tolling
