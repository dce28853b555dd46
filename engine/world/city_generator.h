// City generator: a city of a region's size and shape, from published facts; or a town of blocks.
//
// City lifecycle: pure functions of facts and options; deterministic on any machine. A region's
// streets come from street_mesh.h, its expressways from expressway_plan.h and expressway_builder.h,
// its people from population_field.h: zones are 800 m cells that sum to each unit's census. A town
// is a grid of blocks on both banks of a river, with an expressway south of it: who crosses takes
// the toll road or the one narrow bridge in the north. The hub lies on the west bank, two jobs of
// three on the east bank: in the morning, commuters and vans cross the same way.
// Units: m, degrees WGS 84. Invariants: 1. strongly connected (checked); 2. every plaza stands at a
// node of its own; 3. external ids depend on facts and options only: street nodes from 1,000,000,
// street links from 2, expressways from 10,000,000 and 100,000,000.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "roads/road_graph.h"
#include "world/default_signals.h"
#include "world/region_facts.h"
#include "world/site_layers.h"

namespace jiahe {

// Where an expressway leaves the region: origin and destination of trips from and to outside.
struct GateSite {
    std::string name;
    double lon_deg = 0, lat_deg = 0;
    std::int64_t node_id = 0;
};

struct GeneratedCity {
    RoadGraphData roads;
    std::vector<Zone> zones;
    std::vector<std::uint32_t> zone_unit;  // [zone] index into the facts' units; 0 for a town
    std::vector<PlazaSite> plazas;
    std::vector<GantrySite> gantries;
    std::vector<GateSite> gates;
    std::vector<std::int64_t> hub_node_id;  // one a unit
    std::vector<double> hub_residents;
    std::vector<std::string> hub_name;
};

struct RegionOptions {
    std::uint64_t seed = 1;
    std::size_t links = 60'000;  // directed, at least
};

GeneratedCity generate_region(const RegionFacts& facts, const RegionOptions& options);

struct TownOptions {
    int rows = 10, columns = 10;
    double block_m = 300;
    int lanes = 2;
    double speed_mps = 50 / 3.6;
    double residents = 30'000;
    double river_m = 1'200;  // between the west and the east bank; 0 = no river
    LonLat south_west{120.75, 30.75};
};

// REQUIRES: rows and columns >= 2; with a river, columns >= 4.
GeneratedCity generate_town(const TownOptions& options);

// Every node reaches every other over links (turn bans aside).
bool is_strongly_connected(const RoadGraphData& data);

}  // namespace jiahe
