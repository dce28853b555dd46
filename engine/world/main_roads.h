// Main roads of a street mesh: the streets between towns are raised to a higher class.
//
// City lifecycle: a step of the generator, deterministic. Each town is joined to the core of its
// unit and to its two nearest centres, each core to its three nearest cores, along the cheapest way
// through the mesh (length over a speed by class, so that ways gather on few streets). Ways between
// cores become primary, the others at least secondary. Units: m.
// Ties are broken by node index. Cost: one Dijkstra a pair, stopped at the target.
#pragma once

#include "world/population_field.h"
#include "world/street_mesh.h"

namespace jiahe {

void raise_main_roads(StreetMesh& mesh, const std::vector<PopulationField::Centre>& centres);

}  // namespace jiahe
