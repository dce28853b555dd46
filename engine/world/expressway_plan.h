// ExpresswayPlan: where expressways meet one another and where one may leave them.
//
// City lifecycle: a pure function of alignments and places; geometry only. Alignments that cross
// are joined; so is an end that comes within 2 km of another alignment (a junction in T). Each
// place within reach gets an interchange on each alignment, nearest places first, kept apart from
// other interchanges (5 km) and from junctions (1.5 km, by sliding along the road); stretches of
// more than 13 km without one get another in their middle. Positions are metres along the
// alignment. Units: m on the region's plane. Distances are assumptions (A): Chinese practice is
// 4-15 km between interchanges near cities. Invariants: 1. features of a road ascend and are at
// least 1.2 km apart;
// 2. a junction is a feature of both its roads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/lon_lat.h"

namespace jiahe {

struct ExpresswayFeature {
    enum class Kind : std::uint8_t { kInterchange, kJunction };
    Kind kind = Kind::kInterchange;
    double at_m = 0;
    std::string name;          // interchange: the place it serves
    PlanePoint toward;         // interchange: that place
    double residents = 0;      // interchange: of that place
    std::size_t junction = 0;  // junction: index into junctions
};

struct ExpresswayRoad {
    std::string name;
    std::vector<PlanePoint> line;
    std::vector<double> mark_m;  // [point of line] distance from the start
    std::vector<ExpresswayFeature> features;
    double length_m() const { return mark_m.back(); }
    PlanePoint at(double along_m) const;
};

struct ExpresswayJunction {
    std::size_t road[2] = {0, 0};
    double at_m[2] = {0, 0};
};

struct ExpresswayPlace {
    std::string name;
    PlanePoint place;
    double residents = 0;
    double reach_m = 6'000;
};

struct ExpresswayPlan {
    std::vector<ExpresswayRoad> roads;
    std::vector<ExpresswayJunction> junctions;
};

ExpresswayRoad make_expressway(const std::string& name, std::vector<PlanePoint> line);

ExpresswayPlan plan_expressways(std::vector<ExpresswayRoad> roads,
                                const std::vector<ExpresswayPlace>& places);

}  // namespace jiahe
