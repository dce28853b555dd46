// Sites laid over any road network: plazas, gantries, cells, cameras, hubs, zones (deterministic).
//
// City lifecycle: pure functions of the network and options, run once while the city is built.
// insert_plazas changes RoadGraphData: a plaza needs a node of its own in the middle of its link,
// so the link A->B becomes A->P (same external id) and P->B (new id). Everything else only reads
// the finished graph. Draws are named by (seed, purpose, site). Units: m, veh/h, persons. Sources:
// cell statistics and Weibull weights (0.71, 163): telecom sheet, section 4; lanes: plaza_fit.h.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "roads/road_graph.h"
#include "world/site_layers.h"

namespace jiahe {

struct LayOptions {
    std::uint64_t seed = 1;
    int plazas = 6, gantries = 20, cells = 300, cameras = 500, hubs = 2, vans = 200;
    double residents = 100'000;
    double jobs_share = 0.55;  // jobs per resident
    double zone_size_m = 500;
    double etc_share = 0.65;  // A, for the number of lanes
};

// Expected hourly volume by external link id; may be empty.
using LinkVolumes = std::map<std::int64_t, double>;

// External id of a split link -> id of its second part.
using SplitLinks = std::map<std::int64_t, std::int64_t>;

// Puts plazas on busy, fast links that stand apart from one another.
std::vector<PlazaSite> insert_plazas(RoadGraphData& data, const LayOptions& options,
                                     const LinkVolumes& volumes, SplitLinks& split);

// A plaza in the middle of a given link.
PlazaSite insert_plaza(RoadGraphData& data, std::int64_t link_id, const std::string& name,
                       double volume_vph, double etc_share, SplitLinks& split);

// Residents by length of local streets, jobs by lane length of main streets, per grid cell.
std::vector<Zone> make_zones(const RoadGraph& graph, const LayOptions& options);
// All other layers over the finished graph and its zones.
SiteLayers lay_sites(const RoadGraph& graph, const LayOptions& options, std::vector<Zone> zones);

// Cells of a clustered process around the zones, weights from the sheet's Weibull law.
std::vector<CellSite> make_cells(const std::vector<Zone>& zones, int count, std::uint64_t seed);
// Cameras at the junctions with the most capacity.
std::vector<CameraSite> make_cameras(const RoadGraph& graph, int count);

}  // namespace jiahe
