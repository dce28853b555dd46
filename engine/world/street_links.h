// StreetKind and add_street: how the generators turn a street of a class into a pair of links.
//
// City lifecycle: pure functions of the generators. Lanes and speeds by class and surroundings (A,
// within the general limits of Chinese roads named in roads/road_class_defaults.h). Units: m, km/h.
// Invariant: street i gives the links 2 i (from a to b) and 2 i + 1 (back).
#pragma once

#include <cstdint>

#include "roads/road_graph.h"

namespace jiahe {

inline constexpr std::int64_t kFirstStreetNodeId = 1'000'000;

struct StreetKind {
    int lanes = 1;  // per direction
    double speed_kmh = 40;
};

StreetKind street_kind(RoadClass road_class, double people_per_km2);

struct NewStreet {
    std::int64_t number = 1;  // from 1
    std::int64_t a_node_id = 0, b_node_id = 0;
    double length_m = 0;
    RoadClass road_class = RoadClass::kResidential;
    StreetKind kind;
};

void add_street(RoadGraphData& data, const NewStreet& street);

}  // namespace jiahe
