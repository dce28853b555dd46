// The roads of an OpenStreetMap extract cut into pieces between junctions, and joined again where
// nothing changes: the step between ways and links.
//
// Load time, private to engine/roads. A piece is an undirected stretch of road with the same
// properties all along; `road.*_forward` is along its points. Shapes: pieces in the order of way
// ids. Invariants: 1. a piece's ends differ and its points are in the extract; 2. inner points
// belong to no other piece; 3. a node with exactly two pieces of equal properties is an inner
// point, unless joining would make a loop.
#pragma once

#include <cstdint>
#include <vector>

#include "roads/import_report.h"
#include "roads/osm_reader.h"

namespace jiahe {

struct OsmPiece {
    std::vector<std::uint32_t> points;  // indices into OsmExtract::nodes
    OsmRoad road;
    std::int64_t first_way_id = 0, last_way_id = 0;  // the ways at its two ends
    bool dropped = false;

    std::uint32_t front() const { return points.front(); }
    std::uint32_t back() const { return points.back(); }
};

// Reads the ways' tags, cuts at shared nodes, leaves out what cars may not use.
std::vector<OsmPiece> cut_into_pieces(const OsmExtract& extract, ImportReport& report);

// Joins pieces over nodes of degree two where nothing changes.
void join_pieces(const OsmExtract& extract, std::vector<OsmPiece>& pieces, ImportReport& report);

// Number of pieces at each node of the extract.
std::vector<std::uint32_t> piece_degree(const OsmExtract& extract,
                                        const std::vector<OsmPiece>& pieces);

double piece_length_m(const OsmExtract& extract, const OsmPiece& piece);

}  // namespace jiahe
