#include "world/city_generator.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "roads/default_turns.h"
#include "world/expressway_builder.h"
#include "world/expressway_plan.h"
#include "world/point_grid.h"
#include "world/population_field.h"
#include "world/street_links.h"
#include "world/street_mesh.h"

namespace jiahe {
namespace {

constexpr double kZone_m = 800;
// Residents and jobs per km2 from which crossings of three tertiary arms or more have signals.
constexpr double kSignalPeople = 1'200;
constexpr double kCoreReach_m = 9'000, kTownReach_m = 5'000;  // from an expressway

double people_per_km2(const PopulationField& field, PlanePoint p) {
    return field.residents_per_km2(p) + field.jobs_per_km2(p);
}

void add_streets(GeneratedCity& city, const StreetMesh& mesh, const PopulationField& field,
                 const LocalPlane& plane) {
    std::vector<int> major(mesh.nodes.size(), 0), degree(mesh.nodes.size(), 0);
    for (std::size_t s = 0; s < mesh.streets.size(); ++s) {
        const auto& street = mesh.streets[s];
        const PlanePoint p = mesh.nodes[street.a].place, q = mesh.nodes[street.b].place;
        const PlanePoint middle{(p.x_m + q.x_m) / 2, (p.y_m + q.y_m) / 2};
        add_street(city.roads, {static_cast<std::int64_t>(s) + 1, kFirstStreetNodeId + street.a,
                                kFirstStreetNodeId + street.b, distance_m(p, q), street.road_class,
                                street_kind(street.road_class, people_per_km2(field, middle))});
        for (const std::uint32_t n : {street.a, street.b}) {
            ++degree[n];
            if (street.road_class <= RoadClass::kTertiary) ++major[n];
        }
    }
    for (std::size_t n = 0; n < mesh.nodes.size(); ++n) {
        const PlanePoint p = mesh.nodes[n].place;
        const LonLat at = plane.to_lon_lat(p);
        const bool signal =
            major[n] >= 3 && degree[n] >= 3 && people_per_km2(field, p) > kSignalPeople;
        city.roads.nodes.push_back({kFirstStreetNodeId + static_cast<std::int64_t>(n), at.lon_deg,
                                    at.lat_deg,
                                    signal ? NodeControl::kSignal : NodeControl::kNone});
    }
}

LandUse use_of(double residents, double jobs) {
    if (jobs > 0.8 * residents) return LandUse::kOffice;
    if (residents > 4'000) return LandUse::kEntertainment;
    return residents > 800 ? LandUse::kResidential : LandUse::kMixed;
}

// Cells of 800 m; the residents of a unit's cells sum to its census, jobs keep their ratio to them.
void add_zones(GeneratedCity& city, const RegionFacts& facts, const PopulationField& field,
               const LocalPlane& plane) {
    const double area_km2 = kZone_m * kZone_m * 1e-6;
    std::vector<double> sum(facts.units.size(), 0);
    for (double y = field.low().y_m; y < field.high().y_m; y += kZone_m) {
        for (double x = field.low().x_m; x < field.high().x_m; x += kZone_m) {
            const PlanePoint p{x + kZone_m / 2, y + kZone_m / 2};
            if (!field.inside(p)) continue;
            const LonLat at = plane.to_lon_lat(p);
            const double residents = field.residents_per_km2(p) * area_km2;
            const double jobs = field.jobs_per_km2(p) * area_km2;
            city.zones.push_back(
                {at.lon_deg, at.lat_deg, residents, jobs, use_of(residents, jobs)});
            city.zone_unit.push_back(static_cast<std::uint32_t>(field.unit_of(p)));
            sum[city.zone_unit.back()] += residents;
        }
    }
    for (std::size_t z = 0; z < city.zones.size(); ++z) {
        const std::size_t unit = city.zone_unit[z];
        city.zones[z].residents *= facts.units[unit].residents / sum[unit];
        city.zones[z].jobs *= facts.units[unit].residents / sum[unit];
    }
}

PointGrid grid_of_levels(const StreetMesh& mesh, int level_most) {
    std::vector<PlanePoint> places;
    std::vector<std::uint8_t> use;
    for (const auto& n : mesh.nodes) {
        places.push_back(n.place);
        use.push_back(n.level <= level_most ? 1 : 0);
    }
    return PointGrid(std::move(places), use);
}

// Interchanges and junctions; returns the turns that nobody takes.
std::vector<TurnPair> add_expressways(GeneratedCity& city, const RegionFacts& facts,
                                      const PopulationField& field, const StreetMesh& mesh,
                                      const LocalPlane& plane) {
    std::vector<ExpresswayRoad> roads;
    for (const RegionLine& line : facts.expressways) {
        std::vector<PlanePoint> points;
        for (const LonLat& p : line.points)
            points.push_back(plane.to_plane(p));
        roads.push_back(make_expressway(line.name, std::move(points)));
    }
    std::vector<ExpresswayPlace> places;
    for (const auto& c : field.centres()) {
        places.push_back({c.name, c.place, c.residents, c.is_core ? kCoreReach_m : kTownReach_m});
    }
    const PointGrid main_nodes = grid_of_levels(mesh, 0);
    ExpresswayBuilder builder(city, plane, [&](PlanePoint p) {
        const std::uint32_t n = main_nodes.nearest(p);
        return ExpresswayBuilder::StreetNode{kFirstStreetNodeId + n, mesh.nodes[n].place};
    });
    builder.build(plan_expressways(std::move(roads), places));
    return builder.banned_turns();
}

// One a unit, at the toll plaza nearest to the seat: sorting centres stand by an interchange.
void add_hubs(GeneratedCity& city, const RegionFacts& facts, const StreetMesh& mesh,
              const LocalPlane& plane) {
    const PointGrid nodes = grid_of_levels(mesh, 1);
    std::vector<PlanePoint> plazas;
    for (const PlazaSite& p : city.plazas)
        plazas.push_back(plane.to_plane({p.lon_deg, p.lat_deg}));
    const PointGrid plaza_grid(plazas);
    for (const RegionUnit& unit : facts.units) {
        PlanePoint at = plane.to_plane(unit.seat);
        const std::uint32_t plaza = plaza_grid.nearest(at);
        if (plaza != PointGrid::kNone) at = plazas[plaza];
        city.hub_node_id.push_back(kFirstStreetNodeId + nodes.nearest(at));
        city.hub_residents.push_back(unit.residents);
        city.hub_name.push_back(unit.name);
    }
}

bool reaches_all(std::size_t node_count,
                 const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
    std::vector<std::uint32_t> offset(node_count + 1, 0), target(links.size());
    for (const auto& [from, to] : links)
        ++offset[from + 1];
    for (std::size_t v = 0; v < node_count; ++v)
        offset[v + 1] += offset[v];
    std::vector<std::uint32_t> next(offset.begin(), offset.end() - 1);
    for (const auto& [from, to] : links)
        target[next[from]++] = to;
    std::vector<std::uint8_t> seen(node_count, 0);
    std::vector<std::uint32_t> open = {0};
    seen[0] = 1;
    std::size_t count = 1;
    while (!open.empty()) {
        const std::uint32_t v = open.back();
        open.pop_back();
        for (std::uint32_t k = offset[v]; k < offset[v + 1]; ++k) {
            if (seen[target[k]] != 0) continue;
            seen[target[k]] = 1;
            ++count;
            open.push_back(target[k]);
        }
    }
    return count == node_count;
}

}  // namespace

bool is_strongly_connected(const RoadGraphData& data) {
    std::map<std::int64_t, std::uint32_t> index;
    for (const auto& n : data.nodes)
        index.emplace(n.id, static_cast<std::uint32_t>(index.size()));
    std::vector<std::pair<std::uint32_t, std::uint32_t>> links, back;
    for (const auto& l : data.links) {
        links.emplace_back(index.at(l.from_node_id), index.at(l.to_node_id));
        back.emplace_back(links.back().second, links.back().first);
    }
    return !index.empty() && reaches_all(index.size(), links) && reaches_all(index.size(), back);
}

GeneratedCity generate_region(const RegionFacts& facts, const RegionOptions& options) {
    GeneratedCity city;
    city.roads.source = "generated region";
    std::vector<LonLat> seats;
    for (const RegionUnit& unit : facts.units)
        seats.push_back(unit.seat);
    const LocalPlane plane = LocalPlane::about(seats);
    const PopulationField field(facts, plane, options.seed);
    std::vector<std::vector<PlanePoint>> barriers;
    for (const RegionLine& line : facts.barriers) {
        barriers.emplace_back();
        for (const LonLat& p : line.points)
            barriers.back().push_back(plane.to_plane(p));
    }
    const StreetMesh mesh = make_street_mesh(field, barriers, options.links);
    add_streets(city, mesh, field, plane);
    const std::vector<TurnPair> banned = add_expressways(city, facts, field, mesh, plane);
    add_zones(city, facts, field, plane);
    add_hubs(city, facts, mesh, plane);
    JIAHE_CHECK(is_strongly_connected(city.roads), "the generated region falls apart");
    city.roads.movements = default_turns(city.roads, banned);
    add_default_signals(city.roads);
    return city;
}

}  // namespace jiahe
