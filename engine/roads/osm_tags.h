// What OpenStreetMap tags say about a road for cars: class, directions, lanes, speed limits,
// access.
//
// Pure functions over one element's tags; no state. Units: m/s. Meaning of the tags: the project's
// wiki pages Key:highway, Key:oneway, Key:lanes, Key:maxspeed, Key:access, Relation:restriction.
// Tolerated: classes with a suffix (`primary_bridge`), several values (`50;30`: the first counts),
// fractions of lanes. Values of implicit limits (`DE:urban`) are those of the wiki's table of
// default speed limits (A: may have changed since). Errors: none; what cannot be read counts as
// absent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

class OsmTags {
  public:
    void add(std::string key, std::string value) {
        tags_.emplace_back(std::move(key), std::move(value));
    }
    // "" where there is no such tag.
    std::string_view get(std::string_view key) const;
    bool has(std::string_view key) const { return !get(key).empty(); }

  private:
    std::vector<std::pair<std::string, std::string>> tags_;
};

// How a way can be driven; *_forward is along the way's nodes.
struct OsmRoad {
    RoadClass road_class = RoadClass::kUnclassified;
    bool forward = true, backward = true;
    bool roundabout = false;
    int lanes_forward = 1, lanes_backward = 1;
    double speed_forward_mps = 0, speed_backward_mps = 0;
    bool lanes_guessed = false, speed_guessed = false;
    std::string name;
};

// The road, or why cars may not use it ("" in `refused` where it is simply no road for cars).
struct OsmRoadReading {
    std::optional<OsmRoad> road;
    std::string refused;
};
OsmRoadReading read_osm_road(const OsmTags& tags);

// The parts, each usable alone.
std::optional<RoadClass> osm_road_class(std::string_view highway);
std::optional<double> osm_speed_mps(std::string_view maxspeed, RoadClass road_class);
std::optional<int> osm_lane_count(std::string_view lanes);

}  // namespace jiahe
