// Site layers: what a city holds beyond its roads, as plain rows in the order of their names' ids.
//
// City lifecycle: filled by a generator, by laying sites over a road graph, or from layers;
// validated when the City is made; immutable after. Roads are named by external ids, so a row
// survives a change of the graph's dense ids. Units: degrees WGS 84, persons, m. Invariants: 1.
// names are unique within a layer; 2. links and nodes named exist in the graph;
// 3. a plaza's link ends at a node with one way in and one way out; 4. hubs of zones exist.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jiahe {

enum class LandUse : std::uint8_t { kResidential, kOffice, kTransport, kEntertainment, kMixed };

// A grid cell or block of residents and jobs.
struct Zone {
    double lon_deg = 0, lat_deg = 0;
    double residents = 0, jobs = 0;
    LandUse use = LandUse::kMixed;
};

// Toll plaza at the downstream end of `link_id`.
struct PlazaSite {
    std::string name;
    double lon_deg = 0, lat_deg = 0;
    std::int64_t link_id = 0;
    int etc_lanes = 2, manual_lanes = 1, mixed_lanes = 1;
    int apron = 40;               // vehicles inside at most
    double section_length_m = 0;  // charged at this plaza
};

// Free-flow gantry above the end of `link_id`.
struct GantrySite {
    std::string name;
    double lon_deg = 0, lat_deg = 0;
    std::int64_t link_id = 0;
    double section_length_m = 0;
};

// Radio cell (base station sector) with a relative traffic weight.
struct CellSite {
    std::string name;
    double lon_deg = 0, lat_deg = 0;
    double weight = 1;
    double residents = 0;
    LandUse use = LandUse::kMixed;
};

struct CameraSite {
    std::string name;
    double lon_deg = 0, lat_deg = 0;
};

// Parcel hub with its vans, at a road node.
struct HubSite {
    std::string name;
    double lon_deg = 0, lat_deg = 0;
    std::int64_t node_id = 0;
    double residents = 0;  // served
    int vans = 0;
};

struct SiteLayers {
    std::vector<Zone> zones;
    std::vector<std::uint32_t> zone_hub;  // [zone] the hub that serves it; empty: the nearest one
    std::vector<PlazaSite> plazas;
    std::vector<GantrySite> gantries;
    std::vector<CellSite> cells;
    std::vector<CameraSite> cameras;
    std::vector<HubSite> hubs;
};

}  // namespace jiahe
