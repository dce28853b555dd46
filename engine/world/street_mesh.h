// StreetMesh: a region's streets as the borders of a quadtree that is finer where more people are.
//
// City lifecycle: a pure function of field, barriers and the wanted number of links. Base cells of
// 1,600 m split into quarters while they hold more than a threshold of residents and jobs, down to
// 100 m; the threshold is found so that the mesh has at least the wanted number of directed links.
// A street's class follows its line: every 4,800 m primary, 1,600 secondary, 800 tertiary, finer
// ones unclassified to residential; streets between towns are raised (main_roads.h). A smooth warp
// takes the ruler's straightness away. Barriers (canals, railways) are crossed by secondary roads
// and better, and by every second tertiary. Units: m on the region's plane. Invariant: the mesh is
// connected (the largest part is kept).
#pragma once

#include <cstdint>
#include <vector>

#include "geo/lon_lat.h"
#include "roads/road_graph.h"
#include "world/population_field.h"

namespace jiahe {

struct StreetMesh {
    struct Node {
        int x = 0, y = 0;  // lattice, 100 m
        PlanePoint place;
        int level = 9;  // best (least) level of the lines through it: 0 = 1,600 m lines
    };
    struct Street {
        std::uint32_t a = 0, b = 0;  // nodes
        RoadClass road_class = RoadClass::kResidential;
    };
    std::vector<Node> nodes;      // by (y, x)
    std::vector<Street> streets;  // two-way
};

// barriers: lines on the plane. directed_links: the least number wanted.
StreetMesh make_street_mesh(const PopulationField& field,
                            const std::vector<std::vector<PlanePoint>>& barriers,
                            std::size_t directed_links);

}  // namespace jiahe
