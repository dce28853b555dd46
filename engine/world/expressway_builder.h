// ExpresswayBuilder: adds tolled expressways to a street network under construction.
//
// City lifecycle: scratch of the generator. An alignment becomes nodes every 1.5 km with a forward
// and a backward carriageway; every fourth node is an interchange with exit and entry plazas and
// ramps to the nearest street that can carry them; ends turn back (traffic from outside the
// region); alignments that meet are joined by ramps. Units: m, degrees. External ids: nodes from
// 10,000,000, links from 100,000,000.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "geo/lon_lat.h"
#include "world/city_generator.h"

namespace jiahe {

class ExpresswayBuilder {
  public:
    // nearest_street(p): external id and place of the street node to which a ramp may lead.
    struct StreetNode {
        std::int64_t id = 0;
        LonLat place;
    };
    using NearestStreet = std::function<StreetNode(LonLat)>;

    ExpresswayBuilder(GeneratedCity& city, const LocalPlane& plane, NearestStreet nearest_street);
    void add(const std::string& name, const std::vector<LonLat>& alignment);
    // Ramps between alignments that come within 1.2 km of one another.
    void join();

  private:
    struct Station {
        PlanePoint place;
        std::int64_t forward = 0, backward = 0;  // node ids
    };
    struct Road {
        std::string name;
        std::vector<Station> stations;
    };
    std::int64_t add_node(PlanePoint p);
    std::int64_t add_link(std::int64_t from, std::int64_t to, double length_m, RoadClass road_class,
                          int lanes, double speed_kmh);
    void add_carriageways(const Road& road);
    void add_interchange(const Road& road, std::size_t station);
    void add_ramps(const Station& a, const Station& b);
    PlazaSite& add_plaza(const std::string& name, std::int64_t link_id, PlanePoint p, int etc,
                         int manual);

    GeneratedCity& city_;
    const LocalPlane& plane_;
    NearestStreet nearest_street_;
    std::vector<Road> roads_;
    std::int64_t next_node_ = 10'000'000;
    std::int64_t next_link_ = 100'000'000;
};

}  // namespace jiahe
