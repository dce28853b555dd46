#include "world/expressway_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace jiahe {
namespace {

constexpr double kStation_m = 1500;
constexpr std::size_t kInterchangeEvery = 4;
constexpr double kHalfMedian_m = 14;
constexpr double kJoin_m = 1200;
constexpr std::size_t kJoinApart = 4;
constexpr double kDetour = 1.05;  // of a ramp against the straight line

std::vector<PlanePoint> resample(const std::vector<PlanePoint>& line) {
    double length = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
        length += distance_m(line[i], line[i + 1]);
    const auto pieces = std::max(2.0, std::round(length / kStation_m));
    const double step = length / pieces;
    std::vector<PlanePoint> points;
    double start = 0;
    std::size_t k = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const double d = distance_m(line[i], line[i + 1]);
        for (;
             static_cast<double>(k) * step <= start + d + 1e-6 && static_cast<double>(k) <= pieces;
             ++k) {
            const double t = d > 0 ? (static_cast<double>(k) * step - start) / d : 0;
            points.push_back({line[i].x_m + t * (line[i + 1].x_m - line[i].x_m),
                              line[i].y_m + t * (line[i + 1].y_m - line[i].y_m)});
        }
        start += d;
    }
    return points;
}

PlanePoint beside(PlanePoint p, PlanePoint q, double away_m) {
    const double d = std::max(1.0, distance_m(p, q));
    return {p.x_m + (q.y_m - p.y_m) / d * away_m, p.y_m - (q.x_m - p.x_m) / d * away_m};
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
                                         RoadClass road_class, int lanes, double speed_kmh) {
    RoadGraphData::Link link;
    link.id = next_link_++;
    link.from_node_id = from;
    link.to_node_id = to;
    link.length_m = std::max(60.0, length_m);
    link.free_speed_mps = speed_kmh / 3.6;
    link.lane_count = lanes;
    link.road_class = road_class;
    city_.roads.links.push_back(link);
    return link.id;
}

void ExpresswayBuilder::add(const std::string& name, const std::vector<LonLat>& alignment) {
    std::vector<PlanePoint> line;
    for (const LonLat& p : alignment)
        line.push_back(plane_.to_plane(p));
    const std::vector<PlanePoint> points = resample(line);
    Road road{name, {}};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const PlanePoint ahead = i + 1 < points.size()
                                     ? points[i + 1]
                                     : PlanePoint{2 * points[i].x_m - points[i - 1].x_m,
                                                  2 * points[i].y_m - points[i - 1].y_m};
        const std::int64_t forward = add_node(beside(points[i], ahead, kHalfMedian_m));
        const std::int64_t backward = add_node(beside(points[i], ahead, -kHalfMedian_m));
        road.stations.push_back({points[i], forward, backward});
    }
    add_carriageways(road);
    for (std::size_t i = kInterchangeEvery / 2; i + 1 < road.stations.size();
         i += kInterchangeEvery) {
        add_interchange(road, i);
    }
    roads_.push_back(std::move(road));
}

void ExpresswayBuilder::add_carriageways(const Road& road) {
    const auto& s = road.stations;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        const double length = distance_m(s[i].place, s[i + 1].place);
        const std::int64_t there =
            add_link(s[i].forward, s[i + 1].forward, length, RoadClass::kMotorway, 3, 110);
        const std::int64_t back =
            add_link(s[i + 1].backward, s[i].backward, length, RoadClass::kMotorway, 3, 110);
        // One gantry per direction between two interchanges charges the section between them.
        if (i % kInterchangeEvery != 0) continue;
        const double section =
            length * std::min<double>(kInterchangeEvery, static_cast<double>(s.size() - 1 - i));
        const LonLat at = plane_.to_lon_lat(s[i + 1].place);
        const LonLat from = plane_.to_lon_lat(s[i].place);
        city_.gantries.push_back({fmt::format("{}-{:02d}-up", road.name, i / kInterchangeEvery + 1),
                                  at.lon_deg, at.lat_deg, there, section});
        city_.gantries.push_back(
            {fmt::format("{}-{:02d}-down", road.name, i / kInterchangeEvery + 1), from.lon_deg,
             from.lat_deg, back, section});
    }
    // Beyond its ends the road goes on outside the region: who leaves comes back.
    add_link(s.back().forward, s.back().backward, 2000, RoadClass::kMotorwayLink, 2, 80);
    add_link(s.front().backward, s.front().forward, 2000, RoadClass::kMotorwayLink, 2, 80);
}

PlazaSite& ExpresswayBuilder::add_plaza(const std::string& name, std::int64_t link_id, PlanePoint p,
                                        int etc, int manual) {
    const LonLat at = plane_.to_lon_lat(p);
    PlazaSite plaza;
    plaza.name = name;
    plaza.lon_deg = at.lon_deg;
    plaza.lat_deg = at.lat_deg;
    plaza.link_id = link_id;
    plaza.etc_lanes = etc;
    plaza.manual_lanes = manual;
    plaza.mixed_lanes = 1;
    plaza.apron = 8 * (etc + manual + 1);
    city_.plazas.push_back(std::move(plaza));
    return city_.plazas.back();
}

void ExpresswayBuilder::add_interchange(const Road& road, std::size_t station) {
    const Station& s = road.stations[station];
    const StreetNode street = nearest_street_(plane_.to_lon_lat(s.place));
    const PlanePoint local = plane_.to_plane(street.place);
    const auto between = [&](double t) {
        return PlanePoint{s.place.x_m + t * (local.x_m - s.place.x_m),
                          s.place.y_m + t * (local.y_m - s.place.y_m)};
    };
    const double span_m = kDetour * std::max(400.0, distance_m(s.place, local));
    const std::string name = fmt::format("{}-{:02d}", road.name, station / kInterchangeEvery + 1);
    const std::int64_t off = add_node(between(0.25));
    const std::int64_t exit = add_node(between(0.45));
    const std::int64_t entry = add_node(between(0.55));
    const std::int64_t on = add_node(between(0.30));
    add_link(s.forward, off, 0.3 * span_m + 150, RoadClass::kMotorwayLink, 2, 60);
    add_link(s.backward, off, 0.3 * span_m + 150, RoadClass::kMotorwayLink, 2, 60);
    const std::int64_t to_exit =
        add_link(off, exit, 0.25 * span_m, RoadClass::kMotorwayLink, 3, 40);
    add_link(exit, street.id, 0.5 * span_m, RoadClass::kSecondaryLink, 2, 50);
    const std::int64_t to_entry =
        add_link(street.id, entry, 0.5 * span_m, RoadClass::kSecondaryLink, 2, 50);
    add_link(entry, on, 0.25 * span_m, RoadClass::kMotorwayLink, 2, 40);
    add_link(on, s.forward, 0.3 * span_m + 150, RoadClass::kMotorwayLink, 2, 60);
    add_link(on, s.backward, 0.3 * span_m + 150, RoadClass::kMotorwayLink, 2, 60);
    add_plaza(name + "-exit", to_exit, between(0.45), 3, 2);
    add_plaza(name + "-entry", to_entry, between(0.55), 3, 1);
}

void ExpresswayBuilder::add_ramps(const Station& a, const Station& b) {
    const double length = std::max(500.0, kDetour * distance_m(a.place, b.place));
    for (const std::int64_t from : {a.forward, a.backward}) {
        for (const std::int64_t to : {b.forward, b.backward}) {
            add_link(from, to, length, RoadClass::kMotorwayLink, 2, 60);
            add_link(to, from, length, RoadClass::kMotorwayLink, 2, 60);
        }
    }
}

void ExpresswayBuilder::join() {
    for (std::size_t r = 0; r < roads_.size(); ++r) {
        for (std::size_t q = r + 1; q < roads_.size(); ++q) {
            struct Meeting {
                double d;
                std::size_t i, j;
            };
            std::vector<Meeting> meetings;
            for (std::size_t i = 1; i + 1 < roads_[r].stations.size(); ++i) {
                for (std::size_t j = 1; j + 1 < roads_[q].stations.size(); ++j) {
                    const double d =
                        distance_m(roads_[r].stations[i].place, roads_[q].stations[j].place);
                    if (d < kJoin_m) meetings.push_back({d, i, j});
                }
            }
            std::sort(meetings.begin(), meetings.end(), [](const Meeting& x, const Meeting& y) {
                return std::tuple{x.d, x.i, x.j} < std::tuple{y.d, y.i, y.j};
            });
            std::vector<Meeting> made;
            for (const Meeting& m : meetings) {
                const bool apart = std::all_of(made.begin(), made.end(), [&](const Meeting& o) {
                    return std::max(m.i, o.i) - std::min(m.i, o.i) >= kJoinApart;
                });
                if (!apart) continue;
                made.push_back(m);
                add_ramps(roads_[r].stations[m.i], roads_[q].stations[m.j]);
            }
        }
    }
}

}  // namespace jiahe
