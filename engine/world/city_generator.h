// City generator: a city of a region's size and shape, from published facts; or a town of blocks.
//
// City lifecycle: pure functions of facts and options; deterministic on any machine. Streets come
// from street_mesh.h; expressways are two carriageways along their alignments with interchanges
// about every 6 km, each with an exit and an entry toll plaza, gantries between interchanges, and
// ramps where two expressways meet. Zones are 800 m cells. A town is a grid of blocks with one
// tolled main road. Units: m, degrees WGS 84. Invariants: 1. strongly connected (checked when the
// graph is built); 2. every plaza stands at a node of its own; 3. external ids do not depend on the
// number of links asked for in other parts.
#pragma once

#include <cstdint>

#include "roads/road_graph.h"
#include "world/region_facts.h"
#include "world/site_layers.h"

namespace jiahe {

struct GeneratedCity {
    RoadGraphData roads;
    std::vector<Zone> zones;
    std::vector<PlazaSite> plazas;
    std::vector<GantrySite> gantries;
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
    LonLat south_west{120.75, 30.75};
};

// Blocks of equal size, an expressway past the town with one interchange at each end of it.
GeneratedCity generate_town(const TownOptions& options);

// A two-phase plan for every signalised node without one: approaches on one axis share a phase.
// Marks the movements of these nodes as signalised. REQUIRES: data.movements is filled.
void add_default_signals(RoadGraphData& data, double green_s = 27, double clearance_s = 5);

}  // namespace jiahe
