// The scenario's `tolling` section: ETC share, lanes, service times, tariff, failures, outage
// rules.
//
// Every default is the sheet's figure with its source (C literature, A our assumption). From the
// settings and the city's site layers toll_sites_of() makes the plazas, gantries and charged
// sections of a run: section i is that of site i; lanes stand in the order ETC, mixed, truck,
// manual. Scenario lifecycle: plain values read once.
//
// Errors: the scenario reader's; E-TOL-001 moments that no distribution has, E-TOL-030 bounds that
// cross, E-TOL-031 a plaza that the city does not have, E-TOL-032 an unfit number of lanes or
// apron, E-TOL-033 road owners without any share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/schema.h"
#include "scenario/value.h"
#include "tolling/toll_sites.h"
#include "world/site_layers.h"

namespace jiahe::tolling {

// What the scenario says of one plaza in place of the city's layer.
struct PlazaOverride {
    std::string name;
    std::optional<std::int64_t> etc_lanes, mixed_lanes, truck_lanes, manual_lanes, apron;
    std::optional<std::array<Fen, kTollClassCount>> fixed_fee;
    scenario::Value value;  // for faults
};

struct RoadOwnerShare {
    std::string name;
    std::int64_t weight = 1;
};

struct TollingConfig {
    TollingOptions options;  // vehicle_count, horizon and start_of_day are the composition root's
    std::vector<PlazaOverride> plazas;
    std::vector<RoadOwnerShare> road_owners;  // each section is shared among all by weight
};

void declare_tolling(scenario::Schema& schema);
TollingConfig read_tolling(const scenario::Value& tolling, scenario::FaultList& faults);

TollSites toll_sites_of(const SiteLayers& layers, const TollingConfig& config,
                        scenario::FaultList& faults);

}  // namespace jiahe::tolling
