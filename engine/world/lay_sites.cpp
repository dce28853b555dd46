#include "world/lay_sites.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/portable_math.h"
#include "base/random.h"
#include "geo/lon_lat.h"
#include "world/plaza_fit.h"

namespace jiahe {
namespace {

constexpr Purpose kDrawCellPlace = 2048;
constexpr Purpose kDrawCellWeight = 2049;
constexpr double kPlazaApart_m = 1500;
constexpr double kPlazaLinkMin_m = 500;
constexpr double kGantryApart_m = 800;

struct Place {
    double lon_deg, lat_deg;
};

bool far_from_all(const std::vector<Place>& chosen, const Place& p, double apart_m) {
    return std::all_of(chosen.begin(), chosen.end(), [&](const Place& c) {
        return haversine_m({c.lon_deg, c.lat_deg}, {p.lon_deg, p.lat_deg}) >= apart_m;
    });
}

// The middle of a link along its shape, and the shape's points before and behind it.
struct Halves {
    Place middle;
    std::vector<std::pair<double, double>> first, second;
};

Halves halve(Place a, Place b, const std::vector<std::pair<double, double>>& shape) {
    std::vector<LonLat> line = {{a.lon_deg, a.lat_deg}};
    for (const auto& [lon, lat] : shape)
        line.push_back({lon, lat});
    line.push_back({b.lon_deg, b.lat_deg});
    const double half_m = line_length_m(line) / 2;
    Halves halves;
    double done_m = 0;
    bool found = false;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const double step_m = haversine_m(line[i], line[i + 1]);
        if (!found && (done_m + step_m >= half_m || i + 2 == line.size())) {
            const double t = step_m > 0 ? std::min(1.0, (half_m - done_m) / step_m) : 0.5;
            halves.middle = {line[i].lon_deg + t * (line[i + 1].lon_deg - line[i].lon_deg),
                             line[i].lat_deg + t * (line[i + 1].lat_deg - line[i].lat_deg)};
            found = true;
        }
        done_m += step_m;
        if (i + 2 == line.size()) break;
        (found ? halves.second : halves.first)
            .emplace_back(line[i + 1].lon_deg, line[i + 1].lat_deg);
    }
    return halves;
}

std::map<std::int64_t, Place> node_places(const RoadGraphData& data) {
    std::map<std::int64_t, Place> place;
    for (const auto& node : data.nodes)
        place[node.id] = {node.lon_deg, node.lat_deg};
    return place;
}

}  // namespace

PlazaSite insert_plaza(RoadGraphData& data, std::int64_t link_id, const std::string& name,
                       double volume_vph, double etc_share, SplitLinks& split) {
    const auto it = std::find_if(data.links.begin(), data.links.end(),
                                 [&](const auto& l) { return l.id == link_id; });
    JIAHE_CHECK(it != data.links.end(), "a plaza on an unknown link");
    const auto place = node_places(data);
    std::int64_t node_id = 0, new_link_id = 0, new_movement_id = 0;
    for (const auto& n : data.nodes)
        node_id = std::max(node_id, n.id + 1);
    for (const auto& l : data.links)
        new_link_id = std::max(new_link_id, l.id + 1);
    for (const auto& m : data.movements)
        new_movement_id = std::max(new_movement_id, m.id + 1);
    const Place a = place.at(it->from_node_id);
    const Place b = place.at(it->to_node_id);
    PlazaSite plaza;
    plaza.name = name;
    Halves halves = halve(a, b, it->shape);
    plaza.lon_deg = halves.middle.lon_deg;
    plaza.lat_deg = halves.middle.lat_deg;
    plaza.link_id = link_id;
    fit_plaza_lanes(plaza, volume_vph, etc_share);
    plaza.section_length_m = it->length_m;
    RoadGraphData::Link second = *it;
    second.id = new_link_id;
    second.from_node_id = node_id;
    second.length_m = it->length_m / 2;
    second.shape = std::move(halves.second);
    it->length_m /= 2;
    it->shape = std::move(halves.first);
    it->to_node_id = node_id;
    for (auto& m : data.movements) {
        if (m.in_link_id == link_id) m.in_link_id = new_link_id;
    }
    if (!data.movements.empty()) {
        data.movements.push_back(
            {new_movement_id, link_id, new_link_id, TurnType::kThru, 0, 0, false});
    }
    data.nodes.push_back({node_id, plaza.lon_deg, plaza.lat_deg, NodeControl::kNone});
    data.links.push_back(second);
    split[link_id] = new_link_id;
    return plaza;
}

std::vector<PlazaSite> insert_plazas(RoadGraphData& data, const LayOptions& options,
                                     const LinkVolumes& volumes, SplitLinks& split) {
    const auto place = node_places(data);
    struct Rank {
        double score;
        std::int64_t link_id;
        Place middle;
        double volume;
    };
    std::vector<Rank> ranks;
    for (const auto& link : data.links) {
        if (link.length_m < kPlazaLinkMin_m) continue;
        const auto it = volumes.find(link.id);
        const double volume = it != volumes.end() ? it->second : 150.0 * link.lane_count;
        const Place a = place.at(link.from_node_id);
        const Place b = place.at(link.to_node_id);
        // Busy, but not so busy that a plaza of ordinary width would be the city's bottleneck.
        const double busy = std::min(volume, 900.0);
        ranks.push_back({busy * link.free_speed_mps,
                         link.id,
                         {(a.lon_deg + b.lon_deg) / 2, (a.lat_deg + b.lat_deg) / 2},
                         volume});
    }
    std::sort(ranks.begin(), ranks.end(), [](const Rank& x, const Rank& y) {
        return std::pair{-x.score, x.link_id} < std::pair{-y.score, y.link_id};
    });
    std::vector<PlazaSite> plazas;
    std::vector<Place> chosen;
    for (const Rank& rank : ranks) {
        if (static_cast<int>(plazas.size()) == options.plazas) break;
        if (!far_from_all(chosen, rank.middle, kPlazaApart_m)) continue;
        chosen.push_back(rank.middle);
        plazas.push_back(insert_plaza(data, rank.link_id,
                                      fmt::format("plaza-{:02d}", plazas.size() + 1), rank.volume,
                                      options.etc_share, split));
    }
    return plazas;
}

namespace {

std::vector<GantrySite> make_gantries(const RoadGraph& graph, int count) {
    std::vector<std::uint32_t> order(graph.link_count());
    std::iota(order.begin(), order.end(), 0u);
    const auto score = [&](std::uint32_t l) {
        return graph.link_free_speed_mps[l] * graph.link_capacity_pcuph[l];
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return score(a) > score(b); });
    std::vector<GantrySite> gantries;
    std::vector<Place> chosen;
    for (const std::uint32_t l : order) {
        if (static_cast<int>(gantries.size()) == count) break;
        const std::size_t n = graph.link_to[l].index();
        const Place p{graph.node_lon_deg[n], graph.node_lat_deg[n]};
        if (!far_from_all(chosen, p, kGantryApart_m)) continue;
        chosen.push_back(p);
        gantries.push_back({fmt::format("gantry-{:03d}", gantries.size() + 1), p.lon_deg, p.lat_deg,
                            graph.link_external_id[l], graph.link_length_m[l]});
    }
    return gantries;
}

}  // namespace

std::vector<Zone> make_zones(const RoadGraph& graph, const LayOptions& o) {
    std::vector<LonLat> nodes;
    for (std::size_t n = 0; n < graph.node_count(); ++n) {
        nodes.push_back({graph.node_lon_deg[n], graph.node_lat_deg[n]});
    }
    const LocalPlane plane = LocalPlane::about(nodes);
    struct Sum {
        double local_m = 0, main_m = 0, x = 0, y = 0, w = 0;
    };
    std::map<std::pair<int, int>, Sum> cells;
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        const RoadClass c = graph.link_class[l];
        if (c == RoadClass::kMotorway || c == RoadClass::kMotorwayLink) continue;
        const PlanePoint a = plane.to_plane(nodes[graph.link_from[l].index()]);
        const PlanePoint b = plane.to_plane(nodes[graph.link_to[l].index()]);
        const double x = (a.x_m + b.x_m) / 2, y = (a.y_m + b.y_m) / 2;
        Sum& s = cells[{static_cast<int>(std::floor(x / o.zone_size_m)),
                        static_cast<int>(std::floor(y / o.zone_size_m))}];
        const double length = graph.link_length_m[l];
        s.local_m += std::min(length, 2 * o.zone_size_m);
        s.main_m += std::min(length, 2 * o.zone_size_m) * graph.link_lane_count[l];
        s.x += x * length;
        s.y += y * length;
        s.w += length;
    }
    double local = 0, main = 0;
    for (const auto& [key, s] : cells) {
        local += s.local_m;
        main += s.main_m;
    }
    std::vector<Zone> zones;
    for (const auto& [key, s] : cells) {
        const LonLat at = plane.to_lon_lat({s.x / s.w, s.y / s.w});
        const double residents = o.residents * s.local_m / local;
        const double jobs = o.residents * o.jobs_share * s.main_m / main;
        const LandUse use = jobs > residents         ? LandUse::kOffice
                            : jobs > 0.6 * residents ? LandUse::kMixed
                                                     : LandUse::kResidential;
        zones.push_back({at.lon_deg, at.lat_deg, residents, jobs, use});
    }
    return zones;
}

namespace {

// Hubs far from one another, each at the access node nearest to a populous zone.
std::vector<HubSite> make_hubs(const RoadGraph& graph, const std::vector<Zone>& zones,
                               const LayOptions& o) {
    std::vector<HubSite> hubs;
    std::vector<double> distance(zones.size(), 1e9);
    for (int h = 0; h < o.hubs && !zones.empty(); ++h) {
        std::size_t best = 0;
        double best_score = -1;
        for (std::size_t z = 0; z < zones.size(); ++z) {
            const double score = std::min(distance[z], 20'000.0) * std::sqrt(zones[z].residents);
            if (score > best_score) {
                best_score = score;
                best = z;
            }
        }
        const LonLat at{zones[best].lon_deg, zones[best].lat_deg};
        std::size_t node = 0;
        double nearest = 1e300;
        for (std::size_t l = 0; l < graph.link_count(); ++l) {
            if (graph.link_class[l] == RoadClass::kMotorway ||
                graph.link_class[l] == RoadClass::kMotorwayLink) {
                continue;
            }
            const std::size_t n = graph.link_from[l].index();
            if (graph.out_links(NodeId(n)).size() < 2) continue;
            const double d = haversine_m(at, {graph.node_lon_deg[n], graph.node_lat_deg[n]});
            if (d < nearest) {
                nearest = d;
                node = n;
            }
        }
        hubs.push_back({fmt::format("hub-{}", h + 1), graph.node_lon_deg[node],
                        graph.node_lat_deg[node], graph.node_external_id[node],
                        o.residents / o.hubs, std::max(1, o.vans / o.hubs)});
        for (std::size_t z = 0; z < zones.size(); ++z) {
            distance[z] =
                std::min(distance[z], haversine_m(at, {zones[z].lon_deg, zones[z].lat_deg}));
        }
    }
    return hubs;
}

}  // namespace

std::vector<CellSite> make_cells(const std::vector<Zone>& zones, int count, std::uint64_t seed) {
    std::vector<double> cumulative;
    double total = 0, residents = 0;
    for (const Zone& z : zones) {
        total += z.residents + z.jobs + 1;
        residents += z.residents;
        cumulative.push_back(total);
    }
    std::vector<CellSite> cells;
    double weights = 0;
    for (int i = 0; i < count && !zones.empty(); ++i) {
        const Draw place(seed, kDrawCellPlace, static_cast<std::uint64_t>(i), 0);
        const auto it =
            std::lower_bound(cumulative.begin(), cumulative.end(), place.uniform(0) * total);
        const Zone& zone = zones[static_cast<std::size_t>(it - cumulative.begin())];
        // Within some hundred metres of its zone's middle (nearest-neighbour median 391 m).
        const double north_m = place.normal(0, 220, 1), east_m = place.normal(0, 220, 2);
        CellSite cell;
        cell.name = fmt::format("cell-{:05d}", i + 1);
        cell.lat_deg = zone.lat_deg + north_m / 111'195;
        cell.lon_deg =
            zone.lon_deg + east_m / (111'195 * std::cos(zone.lat_deg * 0.017453292519943295));
        const double u = Draw(seed, kDrawCellWeight, static_cast<std::uint64_t>(i), 0).uniform();
        cell.weight = 163 * portable_pow(-portable_log(u), 1 / 0.71);
        cell.use = zone.use;
        weights += cell.weight;
        cells.push_back(std::move(cell));
    }
    for (CellSite& cell : cells)
        cell.residents = residents * cell.weight / weights;
    return cells;
}

std::vector<CameraSite> make_cameras(const RoadGraph& graph, int count) {
    std::vector<std::uint32_t> order(graph.node_count());
    std::iota(order.begin(), order.end(), 0u);
    std::vector<double> capacity(graph.node_count(), 0);
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        capacity[graph.link_to[l].index()] += graph.link_capacity_pcuph[l];
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return capacity[a] > capacity[b]; });
    std::vector<CameraSite> cameras;
    for (int i = 0; i < count && !order.empty(); ++i) {
        const std::uint32_t n = order[static_cast<std::size_t>(i) % order.size()];
        cameras.push_back(
            {fmt::format("camera-{:05d}", i + 1), graph.node_lon_deg[n], graph.node_lat_deg[n]});
    }
    return cameras;
}

SiteLayers lay_sites(const RoadGraph& graph, const LayOptions& options, std::vector<Zone> zones) {
    SiteLayers sites;
    sites.zones = std::move(zones);
    sites.gantries = make_gantries(graph, options.gantries);
    sites.cells = make_cells(sites.zones, options.cells, options.seed);
    sites.cameras = make_cameras(graph, options.cameras);
    sites.hubs = make_hubs(graph, sites.zones, options);
    return sites;
}

}  // namespace jiahe
