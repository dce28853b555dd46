#include "world/expressway_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace jiahe {
namespace {

constexpr double kStation_m = 1'500;
constexpr double kStationApart_m = 250;
constexpr double kHalfFeature_m = 400;  // from the middle of a feature to its diverge and merge
constexpr double kHalfMedian_m = 14;
constexpr double kGate_m = 800;
constexpr double kDetour = 1.15;  // of a ramp against the straight line
constexpr double kRampMin_m = 250;
constexpr int kLanes = 3;
constexpr double kSpeed_kmh = 120;

PlanePoint beside(PlanePoint p, PlanePoint ahead, double away_m) {
    const double d = std::max(1.0, distance_m(p, ahead));
    return {p.x_m + (ahead.y_m - p.y_m) / d * away_m, p.y_m - (ahead.x_m - p.x_m) / d * away_m};
}

PlanePoint between(PlanePoint a, PlanePoint b, double t) {
    return {a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
}

// Ends, diverges and merges, the line's bends, and what keeps links short.
std::vector<double> station_marks(const ExpresswayRoad& road) {
    std::vector<double> fixed = {0, road.length_m()};
    for (const auto& f : road.features) {
        fixed.push_back(std::max(0.0, f.at_m - kHalfFeature_m));
        fixed.push_back(std::min(road.length_m(), f.at_m + kHalfFeature_m));
    }
    std::sort(fixed.begin(), fixed.end());
    fixed.erase(std::unique(fixed.begin(), fixed.end()), fixed.end());
    std::vector<double> marks = fixed;
    for (const double bend : road.mark_m) {
        const auto near = std::any_of(marks.begin(), marks.end(), [&](double m) {
            return std::abs(m - bend) < kStationApart_m;
        });
        const auto inside =
            std::any_of(road.features.begin(), road.features.end(),
                        [&](const auto& f) { return std::abs(f.at_m - bend) < kHalfFeature_m; });
        if (!near && !inside) marks.push_back(bend);
    }
    std::sort(marks.begin(), marks.end());
    const std::vector<double> coarse = marks;
    for (std::size_t i = 0; i + 1 < coarse.size(); ++i) {
        const double gap = coarse[i + 1] - coarse[i];
        const int pieces = static_cast<int>(std::ceil(gap / kStation_m));
        for (int k = 1; k < pieces; ++k)
            marks.push_back(coarse[i] + gap * k / pieces);
    }
    std::sort(marks.begin(), marks.end());
    return marks;
}

}  // namespace

ExpresswayBuilder::ExpresswayBuilder(GeneratedCity& city, const LocalPlane& plane,
                                     NearestStreet nearest_street)
    : city_(city), plane_(plane), nearest_street_(std::move(nearest_street)) {}

std::int64_t ExpresswayBuilder::add_node(PlanePoint p) {
    const LonLat at = plane_.to_lon_lat(p);
    city_.roads.nodes.push_back({next_node_, at.lon_deg, at.lat_deg, NodeControl::kNone});
    return next_node_++;
}

std::int64_t ExpresswayBuilder::add_link(std::int64_t from, std::int64_t to, double length_m,
                                         RoadClass road_class, int lanes, double speed_kmh,
                                         const std::string& name) {
    RoadGraphData::Link link;
    link.id = next_link_++;
    link.from_node_id = from;
    link.to_node_id = to;
    link.length_m = length_m;
    link.free_speed_mps = speed_kmh / 3.6;
    link.lane_count = lanes;
    link.road_class = road_class;
    link.name = name;
    city_.roads.links.push_back(std::move(link));
    return next_link_ - 1;
}

void ExpresswayBuilder::build(const ExpresswayPlan& plan) {
    std::vector<Carriageways> ways;
    for (const ExpresswayRoad& road : plan.roads) {
        ways.push_back(add_carriageways(road));
        const auto is_junction_at = [&](double at_m) {
            return std::any_of(road.features.begin(), road.features.end(), [&](const auto& f) {
                return f.kind == ExpresswayFeature::Kind::kJunction && f.at_m == at_m;
            });
        };
        if (!is_junction_at(0)) add_gate(road, ways.back(), false);
        if (!is_junction_at(road.length_m())) add_gate(road, ways.back(), true);
        add_gantries(road, ways.back());
        for (const ExpresswayFeature& f : road.features) {
            if (f.kind == ExpresswayFeature::Kind::kInterchange) {
                add_interchange(road, f, mouths(road, ways.back(), f.at_m));
            }
        }
    }
    for (const ExpresswayJunction& j : plan.junctions) {
        const ExpresswayRoad& a = plan.roads[j.road[0]];
        const ExpresswayRoad& b = plan.roads[j.road[1]];
        const Mouths of_a = mouths(a, ways[j.road[0]], j.at_m[0]);
        const Mouths of_b = mouths(b, ways[j.road[1]], j.at_m[1]);
        add_junction_ramps(a.name + "-" + b.name, of_a, of_b);
        add_junction_ramps(b.name + "-" + a.name, of_b, of_a);
    }
}

ExpresswayBuilder::Carriageways ExpresswayBuilder::add_carriageways(const ExpresswayRoad& road) {
    Carriageways ways;
    const std::vector<double> marks = station_marks(road);
    for (const double mark : marks) {
        const PlanePoint p = road.at(mark);
        const double step_m = std::min(50.0, road.length_m() / 2);
        const bool last = mark + step_m > road.length_m();
        const PlanePoint q = road.at(last ? mark - step_m : mark + step_m);
        const double side = last ? -1 : 1;  // q lies behind
        ways.stations.push_back({mark, p, add_node(beside(p, q, side * kHalfMedian_m)),
                                 add_node(beside(p, q, -side * kHalfMedian_m))});
    }
    for (std::size_t i = 0; i + 1 < ways.stations.size(); ++i) {
        const Station& a = ways.stations[i];
        const Station& b = ways.stations[i + 1];
        const double length_m = b.at_m - a.at_m;
        ways.forward_link.push_back(add_link(a.forward, b.forward, length_m, RoadClass::kMotorway,
                                             kLanes, kSpeed_kmh, road.name));
        ways.backward_link.push_back(add_link(b.backward, a.backward, length_m,
                                              RoadClass::kMotorway, kLanes, kSpeed_kmh, road.name));
    }
    return ways;
}

void ExpresswayBuilder::add_gate(const ExpresswayRoad& road, const Carriageways& ways,
                                 bool at_end) {
    const Station& end = at_end ? ways.stations.back() : ways.stations.front();
    const double inner_m = at_end ? road.length_m() - kStationApart_m : kStationApart_m;
    const PlanePoint inner = road.at(inner_m);
    const PlanePoint p = between(inner, end.place, 1 + kGate_m / kStationApart_m);
    const std::int64_t gate = add_node(p);
    const std::string name = road.name + (at_end ? "-end" : "-start");
    add_link(at_end ? end.forward : end.backward, gate, kGate_m, RoadClass::kMotorway, kLanes, 100,
             name);
    add_link(gate, at_end ? end.backward : end.forward, kGate_m, RoadClass::kMotorway, kLanes, 100,
             name);
    const LonLat at = plane_.to_lon_lat(p);
    city_.gates.push_back({name, at.lon_deg, at.lat_deg, gate});
}

void ExpresswayBuilder::add_gantries(const ExpresswayRoad& road, const Carriageways& ways) {
    std::vector<double> marks = {0};
    for (const auto& f : road.features) {
        if (f.at_m > 0 && f.at_m < road.length_m()) marks.push_back(f.at_m);
    }
    marks.push_back(road.length_m());
    for (std::size_t i = 0; i + 1 < marks.size(); ++i) {
        for (const bool forward : {true, false}) {
            add_gantry(fmt::format("{}-{:02d}-{}", road.name, i + 1, forward ? "up" : "down"), ways,
                       marks[i], marks[i + 1], forward);
        }
    }
}

void ExpresswayBuilder::add_gantry(const std::string& name, const Carriageways& ways, double from_m,
                                   double to_m, bool forward) {
    // The link that holds the middle of the section; the gantry stands above its end.
    const double middle_m = (from_m + to_m) / 2;
    std::size_t i = 0;
    while (i + 2 < ways.stations.size() && ways.stations[i + 1].at_m <= middle_m)
        ++i;
    const LonLat at = plane_.to_lon_lat(ways.stations[forward ? i + 1 : i].place);
    city_.gantries.push_back({name, at.lon_deg, at.lat_deg,
                              forward ? ways.forward_link[i] : ways.backward_link[i],
                              to_m - from_m});
}

ExpresswayBuilder::Mouths ExpresswayBuilder::mouths(const ExpresswayRoad& road,
                                                    const Carriageways& ways, double at_m) const {
    const auto station = [&](double mark) {
        const auto it = std::lower_bound(ways.stations.begin(), ways.stations.end(), mark,
                                         [](const Station& s, double m) { return s.at_m < m; });
        JIAHE_CHECK(it != ways.stations.end() && it->at_m == mark,
                    road.name + ": no station at a feature");
        return *it;
    };
    const Station low = station(std::max(0.0, at_m - kHalfFeature_m));
    const Station high = station(std::min(road.length_m(), at_m + kHalfFeature_m));
    Mouths m;
    if (at_m > 0) {
        const Station& s = at_m == road.length_m() ? high : low;
        m.diverge[0] = s.forward;
        m.merge[1] = s.backward;
        m.diverge_place[0] = m.merge_place[1] = s.place;
    }
    if (at_m < road.length_m()) {
        const Station& s = at_m == 0 ? low : high;
        m.merge[0] = s.forward;
        m.diverge[1] = s.backward;
        m.merge_place[0] = m.diverge_place[1] = s.place;
    }
    return m;
}

void ExpresswayBuilder::add_plaza(const std::string& name, std::int64_t link_id, PlanePoint p,
                                  double charged_m) {
    const LonLat at = plane_.to_lon_lat(p);
    PlazaSite plaza;
    plaza.name = name;
    plaza.lon_deg = at.lon_deg;
    plaza.lat_deg = at.lat_deg;
    plaza.link_id = link_id;
    plaza.section_length_m = charged_m;
    city_.plazas.push_back(std::move(plaza));
}

void ExpresswayBuilder::add_interchange(const ExpresswayRoad& road,
                                        const ExpresswayFeature& feature, const Mouths& mouths) {
    const PlanePoint centre = road.at(feature.at_m);
    const StreetNode street = nearest_street_(between(centre, feature.toward, 0.15));
    const double span_m = kDetour * std::max(700.0, distance_m(centre, street.place));
    const std::string name = road.name + "-" + feature.name;
    const PlanePoint before = between(centre, street.place, 0.35);
    const PlanePoint gate = between(centre, street.place, 0.55);
    const PlanePoint aside = beside(gate, street.place, 60);
    const std::int64_t off = add_node(before);
    const std::int64_t exit = add_node(gate);
    const std::int64_t entry = add_node(aside);
    const std::int64_t on = add_node(beside(before, street.place, 60));
    for (const int k : {0, 1}) {
        const double off_m =
            std::max(kRampMin_m, kDetour * distance_m(mouths.diverge_place[k], before));
        const double on_m =
            std::max(kRampMin_m, kDetour * distance_m(mouths.merge_place[k], before));
        add_link(mouths.diverge[k], off, off_m, RoadClass::kMotorwayLink, 2, 60, name);
        add_link(on, mouths.merge[k], on_m, RoadClass::kMotorwayLink, 2, 60, name);
    }
    const double plaza_m = 0.3 * span_m, street_m = 0.4 * span_m;
    const std::int64_t to_exit =
        add_link(off, exit, plaza_m, RoadClass::kMotorwayLink, 4, 40, name);
    const std::int64_t out =
        add_link(exit, street.id, street_m, RoadClass::kSecondaryLink, 2, 50, name);
    const std::int64_t in =
        add_link(street.id, entry, street_m, RoadClass::kSecondaryLink, 4, 50, name);
    add_link(entry, on, plaza_m, RoadClass::kMotorwayLink, 2, 40, name);
    banned_.push_back({out, in});
    add_plaza(name + "-exit", to_exit, gate, span_m);
    add_plaza(name + "-entry", in, aside, span_m);
}

void ExpresswayBuilder::add_junction_ramps(const std::string& name, const Mouths& from,
                                           const Mouths& to) {
    for (const int i : {0, 1}) {
        for (const int j : {0, 1}) {
            if (from.diverge[i] < 0 || to.merge[j] < 0) continue;
            const double length_m = std::max(
                kRampMin_m, kDetour * distance_m(from.diverge_place[i], to.merge_place[j]));
            add_link(from.diverge[i], to.merge[j], length_m, RoadClass::kMotorwayLink, 2, 60, name);
        }
    }
}

}  // namespace jiahe
