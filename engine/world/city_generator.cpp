#include "world/city_generator.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "roads/default_turns.h"
#include "world/expressway_builder.h"
#include "world/point_grid.h"
#include "world/population_field.h"
#include "world/street_mesh.h"

namespace jiahe {
namespace {

constexpr double kZone_m = 800;
constexpr std::int64_t kStreetNode = 1'000'000;
constexpr double kSignalPeople =
    1'200;  // residents and jobs per km2 from which crossings have signals

struct StreetKind {
    int lanes;
    double speed_kmh;
};

StreetKind kind_of(RoadClass c, double people_per_km2) {
    const bool urban = people_per_km2 > 3'000;
    if (c == RoadClass::kPrimary) return {3, urban ? 60.0 : 80.0};
    if (c == RoadClass::kSecondary) return {2, urban ? 50.0 : 70.0};
    if (c == RoadClass::kTertiary) return {urban ? 2 : 1, 50.0};
    if (c == RoadClass::kUnclassified) return {1, 40.0};
    return {1, 30.0};
}

void add_street(RoadGraphData& data, std::int64_t id, std::int64_t a, std::int64_t b,
                double length_m, RoadClass c, StreetKind kind) {
    for (const bool forward : {true, false}) {
        RoadGraphData::Link link;
        link.id = 2 * id + (forward ? 0 : 1);
        link.from_node_id = forward ? a : b;
        link.to_node_id = forward ? b : a;
        link.length_m = std::max(20.0, length_m);
        link.free_speed_mps = kind.speed_kmh / 3.6;
        link.lane_count = kind.lanes;
        link.road_class = c;
        data.links.push_back(link);
    }
}

void add_streets(GeneratedCity& city, const StreetMesh& mesh, const PopulationField& field,
                 const LocalPlane& plane) {
    std::vector<int> major(mesh.nodes.size(), 0), degree(mesh.nodes.size(), 0);
    for (std::size_t s = 0; s < mesh.streets.size(); ++s) {
        const auto& street = mesh.streets[s];
        const PlanePoint p = mesh.nodes[street.a].place, q = mesh.nodes[street.b].place;
        const PlanePoint middle{(p.x_m + q.x_m) / 2, (p.y_m + q.y_m) / 2};
        const double people = field.residents_per_km2(middle) + field.jobs_per_km2(middle);
        add_street(city.roads, static_cast<std::int64_t>(s) + 1, kStreetNode + street.a,
                   kStreetNode + street.b, distance_m(p, q), street.road_class,
                   kind_of(street.road_class, people));
        for (const std::uint32_t n : {street.a, street.b}) {
            ++degree[n];
            if (street.road_class <= RoadClass::kTertiary) ++major[n];
        }
    }
    for (std::size_t n = 0; n < mesh.nodes.size(); ++n) {
        const PlanePoint p = mesh.nodes[n].place;
        const LonLat at = plane.to_lon_lat(p);
        const double people = field.residents_per_km2(p) + field.jobs_per_km2(p);
        const bool signal = major[n] >= 3 && degree[n] >= 3 && people > kSignalPeople;
        city.roads.nodes.push_back({kStreetNode + static_cast<std::int64_t>(n), at.lon_deg,
                                    at.lat_deg,
                                    signal ? NodeControl::kSignal : NodeControl::kNone});
    }
}

void add_zones(GeneratedCity& city, const RegionFacts& facts, const PopulationField& field,
               const LocalPlane& plane) {
    PlanePoint low{1e300, 1e300}, high{-1e300, -1e300};
    double wanted = 0;
    for (std::size_t u = 0; u < facts.units.size(); ++u) {
        const PlanePoint s = plane.to_plane(facts.units[u].seat);
        const double r = 1.3 * field.radius_m(u);
        low = {std::min(low.x_m, s.x_m - r), std::min(low.y_m, s.y_m - r)};
        high = {std::max(high.x_m, s.x_m + r), std::max(high.y_m, s.y_m + r)};
        wanted += facts.units[u].residents;
    }
    const double area_km2 = kZone_m * kZone_m * 1e-6;
    double sum = 0;
    for (double y = low.y_m; y < high.y_m; y += kZone_m) {
        for (double x = low.x_m; x < high.x_m; x += kZone_m) {
            const PlanePoint p{x + kZone_m / 2, y + kZone_m / 2};
            if (!field.inside(p)) continue;
            const LonLat at = plane.to_lon_lat(p);
            const double residents = field.residents_per_km2(p) * area_km2;
            const double jobs = field.jobs_per_km2(p) * area_km2;
            const LandUse use = jobs > 0.8 * residents ? LandUse::kOffice
                                : residents > 4'000    ? LandUse::kEntertainment
                                : residents > 800      ? LandUse::kResidential
                                                       : LandUse::kMixed;
            city.zones.push_back({at.lon_deg, at.lat_deg, residents, jobs, use});
            sum += residents;
        }
    }
    for (Zone& zone : city.zones) {
        zone.residents *= wanted / sum;
        zone.jobs *= wanted / sum;
    }
}

// Approaches to a node, with the direction they come from.
struct Approach {
    std::int64_t link_id;
    double heading_rad;
};

}  // namespace

void add_default_signals(RoadGraphData& data, double green_s, double clearance_s) {
    std::map<std::int64_t, const RoadGraphData::Node*> node_of;
    std::map<std::int64_t, const RoadGraphData::Link*> link_of;
    for (const auto& n : data.nodes)
        node_of[n.id] = &n;
    for (const auto& l : data.links)
        link_of[l.id] = &l;
    std::map<std::int64_t, std::vector<Approach>> approaches;
    for (const auto& l : data.links) {
        const auto* to = node_of.at(l.to_node_id);
        if (to->control != NodeControl::kSignal) continue;
        approaches[l.to_node_id].push_back(
            {l.id, heading_at_end_rad(*node_of.at(l.from_node_id), *to, l)});
    }
    for (const auto& plan : data.signals)
        approaches.erase(plan.node_id);
    std::map<std::int64_t, int> phase_of_link;
    for (const auto& [node, list] : approaches) {
        // The axis of the first approach; the others lie along it or across.
        for (const Approach& a : list) {
            const double off = std::abs(angle_between_rad(a.heading_rad, list.front().heading_rad));
            phase_of_link[a.link_id] = off < 0.7853981633974483 || off > 2.356194490192345 ? 0 : 1;
        }
    }
    std::map<std::int64_t, SignalPlan> plans;
    for (auto& m : data.movements) {
        const auto it = phase_of_link.find(m.in_link_id);
        if (it == phase_of_link.end()) continue;
        m.signalised = true;
        SignalPlan& plan = plans[link_of.at(m.in_link_id)->to_node_id];
        plan.phases.resize(2, SignalPhase{{}, green_s, clearance_s});
        plan.phases[static_cast<std::size_t>(it->second)].green_movement_ids.push_back(m.id);
    }
    for (auto& [node, plan] : plans) {
        plan.node_id = node;
        std::erase_if(plan.phases,
                      [](const SignalPhase& p) { return p.green_movement_ids.empty(); });
        data.signals.push_back(std::move(plan));
    }
}

GeneratedCity generate_region(const RegionFacts& facts, const RegionOptions& options) {
    GeneratedCity city;
    city.roads.source = "generated region";
    std::vector<LonLat> seats;
    for (const RegionUnit& unit : facts.units)
        seats.push_back(unit.seat);
    const LocalPlane plane = LocalPlane::about(seats);
    const PopulationField field(facts, plane, options.seed);
    const StreetMesh mesh = make_street_mesh(field, facts, plane, options.links);
    add_streets(city, mesh, field, plane);
    std::vector<PlanePoint> places;
    std::vector<std::uint8_t> carries_ramps, carries_hub;
    for (const auto& n : mesh.nodes) {
        places.push_back(n.place);
        carries_ramps.push_back(n.level == 0 ? 1 : 0);
        carries_hub.push_back(n.level <= 1 ? 1 : 0);
    }
    const PointGrid main_nodes(places, carries_ramps), hub_nodes(places, carries_hub);
    ExpresswayBuilder builder(city, plane, [&](LonLat p) {
        const std::uint32_t n = main_nodes.nearest(plane.to_plane(p));
        return ExpresswayBuilder::StreetNode{kStreetNode + n, plane.to_lon_lat(places[n])};
    });
    for (const RegionLine& road : facts.expressways)
        builder.add(road.name, road.points);
    builder.join();
    add_zones(city, facts, field, plane);
    for (const RegionUnit& unit : facts.units) {
        // On the edge of the core, where land for a sorting centre is.
        const PlanePoint seat = plane.to_plane(unit.seat);
        const std::uint32_t n = hub_nodes.nearest({seat.x_m + 2500, seat.y_m - 1500});
        city.hub_node_id.push_back(kStreetNode + n);
        city.hub_residents.push_back(unit.residents);
        city.hub_name.push_back(unit.name);
    }
    city.roads.movements = default_turns(city.roads);
    add_default_signals(city.roads);
    return city;
}

GeneratedCity generate_town(const TownOptions& o) {
    GeneratedCity city;
    city.roads.source = "generated town";
    const LocalPlane plane(o.south_west);
    const auto id = [&](int r, int c) { return kStreetNode + std::int64_t{r} * o.columns + c; };
    std::int64_t street = 1;
    for (int r = 0; r < o.rows; ++r) {
        for (int c = 0; c < o.columns; ++c) {
            const LonLat at = plane.to_lon_lat({c * o.block_m, r * o.block_m});
            const bool inner = r > 0 && c > 0 && r + 1 < o.rows && c + 1 < o.columns;
            const bool signal = inner && r % 3 == 1 && c % 3 == 1;
            city.roads.nodes.push_back({id(r, c), at.lon_deg, at.lat_deg,
                                        signal ? NodeControl::kSignal : NodeControl::kNone});
            const auto kind = [&](int line) {
                return line % 3 == 1 ? StreetKind{o.lanes, o.speed_mps * 3.6}
                                     : StreetKind{1, std::min(40.0, o.speed_mps * 3.6)};
            };
            const auto road_class = [](int line) {
                return line % 3 == 1 ? RoadClass::kSecondary : RoadClass::kResidential;
            };
            if (c + 1 < o.columns) {
                add_street(city.roads, street++, id(r, c), id(r, c + 1), o.block_m, road_class(r),
                           kind(r));
            }
            if (r + 1 < o.rows) {
                add_street(city.roads, street++, id(r, c), id(r + 1, c), o.block_m, road_class(c),
                           kind(c));
            }
        }
    }
    const double width_m = (o.columns - 1) * o.block_m, height_m = (o.rows - 1) * o.block_m;
    ExpresswayBuilder builder(city, plane, [&](LonLat p) {
        const bool east = plane.to_plane(p).x_m > width_m / 2;
        const int column = east ? o.columns - 1 : 0;
        return ExpresswayBuilder::StreetNode{id(0, column),
                                             plane.to_lon_lat({column * o.block_m, 0})};
    });
    // South of the town, long enough for two interchanges.
    builder.add("E1", {plane.to_lon_lat({width_m / 2 - 6'000, -900}),
                       plane.to_lon_lat({width_m / 2 + 6'000, -900})});
    double weights = 0;
    for (int r = 0; r + 1 < o.rows; ++r) {
        for (int c = 0; c + 1 < o.columns; ++c) {
            const PlanePoint p{(c + 0.5) * o.block_m, (r + 0.5) * o.block_m};
            const double away = (std::abs(p.x_m - width_m / 2) + std::abs(p.y_m - height_m / 2)) /
                                (width_m + height_m);
            const double weight = 1.2 - away;
            const LonLat at = plane.to_lon_lat(p);
            city.zones.push_back({at.lon_deg, at.lat_deg, weight, weight * weight,
                                  away < 0.15 ? LandUse::kOffice : LandUse::kResidential});
            weights += weight;
        }
    }
    for (Zone& z : city.zones) {
        z.residents *= o.residents / weights;
        z.jobs *= 0.55 * o.residents / weights;
    }
    city.hub_node_id = {id(0, o.columns / 2)};
    city.hub_residents = {o.residents};
    city.hub_name = {"hub-1"};
    city.roads.movements = default_turns(city.roads);
    add_default_signals(city.roads);
    return city;
}

}  // namespace jiahe
