#include "world/expressway_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace jiahe {
namespace {

constexpr double kFeatureApart_m = 1'200;
constexpr double kJunctionApart_m = 1'500;  // of an interchange from a junction
constexpr double kInterchangeApart_m = 5'000;
constexpr double kEndApart_m = 900;
constexpr double kEndReach_m = 2'000;  // an end this near to another road joins it
constexpr double kSameMeeting_m = 3'000;
constexpr double kSlideMost_m = 2'500;
constexpr double kSlideStep_m = 250;
constexpr double kGapMost_m = 13'000;

struct Projection {
    double along_m = 0, away_m = 1e300;
};

Projection project(const ExpresswayRoad& road, PlanePoint p) {
    Projection best;
    for (std::size_t i = 0; i + 1 < road.line.size(); ++i) {
        const PlanePoint a = road.line[i], b = road.line[i + 1];
        const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m;
        const double d2 = dx * dx + dy * dy;
        const double t =
            d2 > 0 ? std::clamp(((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / d2, 0.0, 1.0) : 0;
        const double away = distance_m(p, {a.x_m + t * dx, a.y_m + t * dy});
        if (away < best.away_m) {
            best = {road.mark_m[i] + t * (road.mark_m[i + 1] - road.mark_m[i]), away};
        }
    }
    return best;
}

// Parameter along a-b of its crossing with c-d, or -1.
double crossing(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d) {
    const double ux = b.x_m - a.x_m, uy = b.y_m - a.y_m;
    const double vx = d.x_m - c.x_m, vy = d.y_m - c.y_m;
    const double det = ux * vy - uy * vx;
    if (std::abs(det) < 1e-9) return -1;
    const double wx = c.x_m - a.x_m, wy = c.y_m - a.y_m;
    const double t = (wx * vy - wy * vx) / det;
    const double s = (wx * uy - wy * ux) / det;
    return t >= 0 && t <= 1 && s >= 0 && s <= 1 ? t : -1;
}

bool has_room(const ExpresswayRoad& road, double at_m, double apart_m) {
    return std::all_of(road.features.begin(), road.features.end(),
                       [&](const auto& f) { return std::abs(f.at_m - at_m) >= apart_m; });
}

class Planner {
  public:
    explicit Planner(std::vector<ExpresswayRoad> roads) { plan_.roads = std::move(roads); }

    void join_ends() {
        for (std::size_t r = 0; r < plan_.roads.size(); ++r) {
            for (const bool at_end : {false, true})
                join_end(r, at_end);
        }
    }

    void join_crossings() {
        for (std::size_t r = 0; r < plan_.roads.size(); ++r) {
            for (std::size_t q = r + 1; q < plan_.roads.size(); ++q)
                join_crossings_of(r, q);
        }
    }

    void add_interchanges(std::size_t r, const std::vector<ExpresswayPlace>& places) {
        struct Candidate {
            double away_m, along_m;
            std::size_t place;
        };
        ExpresswayRoad& road = plan_.roads[r];
        std::vector<Candidate> candidates;
        for (std::size_t p = 0; p < places.size(); ++p) {
            const Projection at = project(road, places[p].place);
            if (at.away_m <= places[p].reach_m) candidates.push_back({at.away_m, at.along_m, p});
        }
        std::stable_sort(candidates.begin(), candidates.end(),
                         [](const auto& a, const auto& b) { return a.away_m < b.away_m; });
        for (const Candidate& c : candidates) {
            const ExpresswayPlace& place = places[c.place];
            add_interchange(road, c.along_m, place.name, place.place, place.residents);
        }
        sort_features(road);
        fill_gaps(road);
    }

    ExpresswayPlan take() { return std::move(plan_); }

  private:
    static void sort_features(ExpresswayRoad& road) {
        std::sort(road.features.begin(), road.features.end(),
                  [](const auto& a, const auto& b) { return a.at_m < b.at_m; });
    }

    void add_junction(std::size_t r, double at_r, std::size_t q, double at_q) {
        // An end may be nearer to another junction than a crossing may.
        if (!has_room(plan_.roads[r], at_r, kFeatureApart_m)) return;
        if (!has_room(plan_.roads[q], at_q, kFeatureApart_m)) return;
        ExpresswayFeature feature;
        feature.kind = ExpresswayFeature::Kind::kJunction;
        feature.junction = plan_.junctions.size();
        plan_.junctions.push_back({{r, q}, {at_r, at_q}});
        feature.at_m = at_r;
        plan_.roads[r].features.push_back(feature);
        feature.at_m = at_q;
        plan_.roads[q].features.push_back(feature);
    }

    void join_end(std::size_t r, bool at_end) {
        const ExpresswayRoad& road = plan_.roads[r];
        const PlanePoint p = at_end ? road.line.back() : road.line.front();
        std::size_t best = plan_.roads.size();
        Projection nearest;
        for (std::size_t q = 0; q < plan_.roads.size(); ++q) {
            if (q == r) continue;
            const Projection at = project(plan_.roads[q], p);
            const bool inner =
                at.along_m > kEndApart_m && at.along_m < plan_.roads[q].length_m() - kEndApart_m;
            if (!inner || at.away_m > kEndReach_m || at.away_m >= nearest.away_m) continue;
            nearest = at;
            best = q;
        }
        if (best == plan_.roads.size()) return;
        add_junction(r, at_end ? road.length_m() : 0, best, nearest.along_m);
    }

    bool already_meet(std::size_t r, double at_r, std::size_t q) const {
        return std::any_of(plan_.junctions.begin(), plan_.junctions.end(), [&](const auto& j) {
            for (const int k : {0, 1}) {
                if (j.road[k] == r && j.road[1 - k] == q &&
                    std::abs(j.at_m[k] - at_r) < kSameMeeting_m) {
                    return true;
                }
            }
            return false;
        });
    }

    void join_crossings_of(std::size_t r, std::size_t q) {
        const ExpresswayRoad& a = plan_.roads[r];
        const ExpresswayRoad& b = plan_.roads[q];
        for (std::size_t i = 0; i + 1 < a.line.size(); ++i) {
            for (std::size_t j = 0; j + 1 < b.line.size(); ++j) {
                const double t = crossing(a.line[i], a.line[i + 1], b.line[j], b.line[j + 1]);
                if (t < 0) continue;
                const double at_a = a.mark_m[i] + t * (a.mark_m[i + 1] - a.mark_m[i]);
                const double at_b = project(b, a.at(at_a)).along_m;
                const bool inner = at_a > kEndApart_m && at_a < a.length_m() - kEndApart_m &&
                                   at_b > kEndApart_m && at_b < b.length_m() - kEndApart_m;
                if (inner && !already_meet(r, at_a, q)) add_junction(r, at_a, q, at_b);
            }
        }
    }

    static bool fits(const ExpresswayRoad& road, double at_m) {
        if (at_m < kEndApart_m || at_m > road.length_m() - kEndApart_m) return false;
        return std::all_of(road.features.begin(), road.features.end(), [&](const auto& f) {
            const bool junction = f.kind == ExpresswayFeature::Kind::kJunction;
            return std::abs(f.at_m - at_m) >= (junction ? kJunctionApart_m : kInterchangeApart_m);
        });
    }

    // At the nearest position to at_m that has room; nowhere if that is too far.
    static void add_interchange(ExpresswayRoad& road, double at_m, const std::string& name,
                                PlanePoint toward, double residents) {
        for (double slide = 0; slide <= kSlideMost_m; slide += kSlideStep_m) {
            for (const double at : {at_m - slide, at_m + slide}) {
                if (!fits(road, at)) continue;
                ExpresswayFeature feature;
                feature.at_m = at;
                feature.name = name;
                feature.toward = toward;
                feature.residents = residents;
                road.features.push_back(feature);
                return;
            }
        }
    }

    static void fill_gaps(ExpresswayRoad& road) {
        std::vector<double> marks = {0};
        for (const auto& f : road.features) {
            if (f.kind == ExpresswayFeature::Kind::kInterchange) marks.push_back(f.at_m);
        }
        marks.push_back(road.length_m());
        for (std::size_t i = 0; i + 1 < marks.size(); ++i) {
            if (marks[i + 1] - marks[i] <= kGapMost_m) continue;
            const double middle = (marks[i] + marks[i + 1]) / 2;
            add_interchange(road, middle, fmt::format("km{:.0f}", middle / 1000), road.at(middle),
                            0);
        }
        sort_features(road);
    }

    ExpresswayPlan plan_;
};

}  // namespace

PlanePoint ExpresswayRoad::at(double along_m) const {
    std::size_t i = 0;
    while (i + 2 < line.size() && mark_m[i + 1] < along_m)
        ++i;
    const double t = std::clamp((along_m - mark_m[i]) / (mark_m[i + 1] - mark_m[i]), 0.0, 1.0);
    return {line[i].x_m + t * (line[i + 1].x_m - line[i].x_m),
            line[i].y_m + t * (line[i + 1].y_m - line[i].y_m)};
}

ExpresswayRoad make_expressway(const std::string& name, std::vector<PlanePoint> line) {
    ExpresswayRoad road;
    road.name = name;
    for (const PlanePoint& p : line) {
        if (!road.line.empty() && distance_m(road.line.back(), p) < 1) continue;
        road.mark_m.push_back(
            road.line.empty() ? 0 : road.mark_m.back() + distance_m(road.line.back(), p));
        road.line.push_back(p);
    }
    return road;
}

ExpresswayPlan plan_expressways(std::vector<ExpresswayRoad> roads,
                                const std::vector<ExpresswayPlace>& places) {
    const std::size_t count = roads.size();
    Planner planner(std::move(roads));
    planner.join_ends();
    planner.join_crossings();
    for (std::size_t r = 0; r < count; ++r)
        planner.add_interchanges(r, places);
    return planner.take();
}

}  // namespace jiahe
