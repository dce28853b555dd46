// Reads from an OpenStreetMap file what a road network needs: ways with `highway`, the nodes they
// use, and turn restrictions. Formats .osm, .osm.gz and .osm.pbf, elements in any order, ids of any
// sign. Topology comes from node ids, so bridges do not meet the roads below them.
//
// Load time, private to engine/roads (libosmium inside the source). Two passes over the file;
// memory is that of the roads. Shapes: nodes ascend by id, ways and restrictions too. Errors:
// InputError E-NET-120 (not readable as OpenStreetMap, with line and column for XML), E-NET-121 (no
// road in the file).
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "geo/lon_lat.h"
#include "roads/osm_tags.h"

namespace jiahe {

enum class OsmNodeKind : std::uint8_t {
    kPlain,
    kSignal,
    kStop,
    kGiveWay,
    kMiniRoundabout,
    kBarrier
};

// Which approach a signal, stop or give-way node tells about, seen along its way.
enum class OsmSense : std::uint8_t { kBoth, kForward, kBackward };

struct OsmNode {
    std::int64_t id = 0;
    LonLat position;
    OsmNodeKind kind = OsmNodeKind::kPlain;
    OsmSense sense = OsmSense::kBoth;
};

struct OsmWay {
    std::int64_t id = 0;
    std::vector<std::int64_t> node_ids;
    OsmTags tags;
};

// From any of `from` over the node `via` to any of `to`: banned, or (only) all else is banned.
struct OsmRestriction {
    std::int64_t id = 0;
    std::vector<std::int64_t> from_way_ids, to_way_ids;
    std::int64_t via_node_id = 0;
    bool via_is_node = false;
    bool only = false;
};

struct OsmExtract {
    std::vector<OsmNode> nodes;
    std::vector<OsmWay> ways;
    std::vector<OsmRestriction> restrictions;
    std::int64_t ferry_count = 0;        // ways route=ferry: no roads
    std::int64_t conditional_count = 0;  // restrictions at certain times or of other vehicles
    const OsmNode* find_node(std::int64_t id) const;
};

OsmExtract read_osm_file(const std::filesystem::path& path);

}  // namespace jiahe
