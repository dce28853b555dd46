// ExpresswayBuilder: lays planned expressways into a street network under construction.
//
// City lifecycle: scratch of the generator. A road becomes two carriageways with a node about every
// 1.5 km and, at each feature, a diverge before and a merge after it. An interchange is a trumpet:
// the off-ramps of both directions meet before one exit plaza, the road behind it ends at a street;
// from there an entry plaza leads to both on-ramps. A junction has eight direct ramps (four where a
// road ends). Where a road leaves the region it leads to a gate node and back, where trips from
// outside may begin and end. One gantry a direction stands between two features and
// charges the distance between them; plazas charge the ramps, so every metre is charged once. Lanes
// are fitted later, when the demand is known (plaza_fit.h).
// Units: m, degrees. External ids: nodes from 10,000,000, links from 100,000,000, in the order of
// building. Invariant: every plaza node has one way in and one way out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "geo/lon_lat.h"
#include "roads/default_turns.h"
#include "world/city_generator.h"
#include "world/expressway_plan.h"

namespace jiahe {

class ExpresswayBuilder {
  public:
    // The street node to which the ramps of an interchange near p may lead.
    struct StreetNode {
        std::int64_t id = 0;
        PlanePoint place;
    };
    using NearestStreet = std::function<StreetNode(PlanePoint)>;

    ExpresswayBuilder(GeneratedCity& city, const LocalPlane& plane, NearestStreet nearest_street);
    void build(const ExpresswayPlan& plan);
    // Turns nobody takes: from an exit straight back to the entry.
    const std::vector<TurnPair>& banned_turns() const { return banned_; }

  private:
    struct Station {
        double at_m = 0;
        PlanePoint place;
        std::int64_t forward = -1, backward = -1;  // node ids
    };
    struct Carriageways {
        std::vector<Station> stations;
        std::vector<std::int64_t> forward_link, backward_link;  // [station before]
    };
    // Where traffic leaves or joins the carriageways at a feature; -1 = nothing comes or goes
    // there.
    struct Mouths {
        std::int64_t diverge[2] = {-1, -1}, merge[2] = {-1, -1};  // forward, backward
        PlanePoint diverge_place[2], merge_place[2];
    };
    std::int64_t add_node(PlanePoint p);
    std::int64_t add_link(std::int64_t from, std::int64_t to, double length_m, RoadClass road_class,
                          int lanes, double speed_kmh, const std::string& name);
    Carriageways add_carriageways(const ExpresswayRoad& road);
    void add_gate(const ExpresswayRoad& road, const Carriageways& ways, bool at_end);
    void add_gantries(const ExpresswayRoad& road, const Carriageways& ways);
    void add_gantry(const std::string& name, const Carriageways& ways, double from_m, double to_m,
                    bool forward);
    Mouths mouths(const ExpresswayRoad& road, const Carriageways& ways, double at_m) const;
    void add_interchange(const ExpresswayRoad& road, const ExpresswayFeature& feature,
                         const Mouths& mouths);
    void add_junction_ramps(const std::string& name, const Mouths& from, const Mouths& to);
    void add_plaza(const std::string& name, std::int64_t link_id, PlanePoint p, double charged_m);

    GeneratedCity& city_;
    const LocalPlane& plane_;
    NearestStreet nearest_street_;
    std::vector<TurnPair> banned_;
    std::int64_t next_node_ = 10'000'000;
    std::int64_t next_link_ = 100'000'000;
};

}  // namespace jiahe
