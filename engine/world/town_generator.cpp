// generate_town of city_generator.h: two banks of equal blocks, a river and a toll road.
#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "roads/default_turns.h"
#include "world/city_generator.h"
#include "world/expressway_builder.h"
#include "world/expressway_plan.h"
#include "world/street_links.h"

namespace jiahe {
namespace {

constexpr double kRoadSouth_m = 900;     // of the expressway from the southern street
constexpr double kRoadBeyond_m = 3'000;  // of the expressway past the town on both sides
constexpr double kJobsPerResident = 0.55;
constexpr double kEastJobs = 2;  // A: weight of a job on the east bank, where the new town is
constexpr int kMainEvery = 3;    // every third street is a main one

class Town {
  public:
    explicit Town(const TownOptions& options)
        : o_(options), plane_(options.south_west), west_columns_(options.columns / 2) {
        has_river_ = o_.river_m > 0 && o_.columns >= 4;
    }

    GeneratedCity make() {
        city_.roads.source = "generated town";
        for (int r = 0; r < o_.rows; ++r) {
            for (int c = 0; c < o_.columns; ++c)
                add_crossing(r, c);
        }
        const std::vector<TurnPair> banned = add_expressway();
        add_zones();
        const int hub_column = west_columns_ / 2;
        city_.hub_node_id = {node_id(0, hub_column)};
        city_.hub_residents = {o_.residents};
        city_.hub_name = {"hub-1"};
        JIAHE_CHECK(is_strongly_connected(city_.roads), "the generated town falls apart");
        city_.roads.movements = default_turns(city_.roads, banned);
        add_default_signals(city_.roads);
        return std::move(city_);
    }

  private:
    std::int64_t node_id(int r, int c) const {
        return kFirstStreetNodeId + std::int64_t{r} * o_.columns + c;
    }
    bool is_river(int column) const { return has_river_ && column + 1 == west_columns_; }
    PlanePoint place(double r, double c) const {
        const bool east = has_river_ && c > west_columns_ - 0.5;
        return {c * o_.block_m + (east ? o_.river_m - o_.block_m : 0), r * o_.block_m};
    }
    static bool is_main(int line) { return line % kMainEvery == 1; }

    void add_crossing(int r, int c) {
        const LonLat at = plane_.to_lon_lat(place(r, c));
        const bool inner = r > 0 && c > 0 && r + 1 < o_.rows && c + 1 < o_.columns;
        const bool signal = inner && is_main(r) && is_main(c);
        city_.roads.nodes.push_back({node_id(r, c), at.lon_deg, at.lat_deg,
                                     signal ? NodeControl::kSignal : NodeControl::kNone});
        // The northern street alone crosses the river.
        if (c + 1 < o_.columns && (!is_river(c) || r + 1 == o_.rows)) add(r, c, r, c + 1, r);
        if (r + 1 < o_.rows) add(r, c, r + 1, c, c);
    }

    void add(int r, int c, int to_r, int to_c, int line) {
        const double speed_kmh = o_.speed_mps * 3.6;
        const StreetKind kind = is_main(line) ? StreetKind{o_.lanes, speed_kmh}
                                              : StreetKind{1, std::min(40.0, speed_kmh)};
        add_street(city_.roads,
                   {++streets_, node_id(r, c), node_id(to_r, to_c),
                    distance_m(place(r, c), place(to_r, to_c)),
                    is_main(line) ? RoadClass::kSecondary : RoadClass::kResidential, kind});
    }

    std::vector<TurnPair> add_expressway() {
        const double width_m = place(0, o_.columns - 1).x_m;
        const double y = -kRoadSouth_m;
        const int west = std::max(0, west_columns_ / 2), east = (o_.columns + west_columns_) / 2;
        // Ramps end at the street below the middle of each bank.
        ExpresswayBuilder builder(city_, plane_, [&](PlanePoint p) {
            const int c = p.x_m < width_m / 2 ? west : east;
            return ExpresswayBuilder::StreetNode{node_id(0, c), place(0, c)};
        });
        ExpresswayRoad road =
            make_expressway("E1", {{-kRoadBeyond_m, y}, {width_m + kRoadBeyond_m, y}});
        const auto interchange = [&](const char* name, int column) {
            ExpresswayFeature f;
            f.at_m = place(0, column).x_m + kRoadBeyond_m;
            f.name = name;
            f.toward = place(0, column);
            f.residents = o_.residents / 2;
            road.features.push_back(f);
        };
        // Apart by 1.2 km at least, whatever the size of the town.
        interchange("west", west);
        interchange("east", east);
        const double missing_m = 1'200 - (road.features[1].at_m - road.features[0].at_m);
        if (missing_m > 0) {
            road.features[0].at_m -= missing_m / 2;
            road.features[1].at_m += missing_m / 2;
        }
        builder.build({{std::move(road)}, {}});
        return builder.banned_turns();
    }

    // One a block; densest in the middle of each bank.
    void add_zones() {
        double weights = 0, job_weights = 0;
        const double width_m = place(0, o_.columns - 1).x_m;
        const double height_m = (o_.rows - 1) * o_.block_m;
        for (int r = 0; r + 1 < o_.rows; ++r) {
            for (int c = 0; c + 1 < o_.columns; ++c) {
                if (is_river(c)) continue;
                const PlanePoint a = place(r, c), b = place(r + 1, c + 1);
                const PlanePoint p{(a.x_m + b.x_m) / 2, (a.y_m + b.y_m) / 2};
                const double away =
                    (std::abs(p.x_m - width_m / 2) + std::abs(p.y_m - height_m / 2)) /
                    (width_m + height_m);
                const double weight = 1.2 - away;
                const LonLat at = plane_.to_lon_lat(p);
                const bool east = has_river_ && c >= west_columns_;
                const double job_weight = weight * weight * (east ? kEastJobs : 1);
                city_.zones.push_back({at.lon_deg, at.lat_deg, weight, job_weight,
                                       away < 0.2 ? LandUse::kOffice : LandUse::kResidential});
                city_.zone_unit.push_back(0);
                weights += weight;
                job_weights += job_weight;
            }
        }
        for (Zone& z : city_.zones) {
            z.residents *= o_.residents / weights;
            z.jobs *= kJobsPerResident * o_.residents / job_weights;
        }
    }

    const TownOptions& o_;
    LocalPlane plane_;
    int west_columns_;
    bool has_river_ = false;
    std::int64_t streets_ = 0;
    GeneratedCity city_;
};

}  // namespace

GeneratedCity generate_town(const TownOptions& options) {
    JIAHE_CHECK(options.rows >= 2 && options.columns >= 2, "a town of one street has no blocks");
    return Town(options).make();
}

}  // namespace jiahe
