#include "telecom/site_specs.h"

#include <array>
#include <cmath>

#include "geo/lon_lat.h"

namespace jiahe::telecom {
namespace {

template <class Layer>
std::vector<std::uint32_t> sites_named(const TelecomNetwork& network, SiteKind kind,
                                       const Layer& layer) {
    std::vector<std::uint32_t> sites;
    for (const auto& row : layer)
        sites.push_back(network.site_named(kind, row.name));
    return sites;
}

template <class Layer>
void add_wired(std::vector<SiteSpec>& specs, SiteKind kind, const Layer& layer,
               const LocalPlane& plane) {
    for (const auto& row : layer) {
        SiteSpec spec;
        spec.name = row.name;
        spec.kind = kind;
        spec.position = plane.to_plane({row.lon_deg, row.lat_deg});
        specs.push_back(spec);
    }
}

double population(const SiteLayers& layers) {
    double residents = 0;
    for (const Zone& zone : layers.zones)
        residents += zone.residents;
    if (residents > 0) return residents;
    for (const CellSite& cell : layers.cells)
        residents += cell.residents;
    return residents;
}

std::array<std::int64_t, kLandUseCount> users_of(const CellSite& cell, double users) {
    std::array<std::int64_t, kLandUseCount> by_use{};
    if (cell.use != LandUse::kMixed) {
        by_use[static_cast<std::size_t>(cell.use)] = std::llround(users);
        return by_use;
    }
    // Cumulative rounding, so that the uses add up to the cell's users.
    double share = 0;
    std::int64_t given = 0;
    for (std::size_t u = 0; u < kLandUseCount; ++u) {
        share += kMixedUse[u];
        by_use[u] = std::llround(users * share) - given;
        given += by_use[u];
    }
    return by_use;
}

}  // namespace

std::vector<SiteSpec> site_specs(const City& city) {
    const SiteLayers& layers = city.sites();
    std::vector<LonLat> positions;
    for (const CellSite& cell : layers.cells)
        positions.push_back({cell.lon_deg, cell.lat_deg});
    const LocalPlane plane = LocalPlane::about(positions);
    double weights = 0;
    for (const CellSite& cell : layers.cells)
        weights += cell.weight;
    const double users_per_weight = weights > 0 ? population(layers) / weights : 0;
    std::vector<SiteSpec> specs;
    add_wired(specs, SiteKind::kCell, layers.cells, plane);
    for (std::size_t c = 0; c < layers.cells.size(); ++c) {
        specs[c].users = users_of(layers.cells[c], users_per_weight * layers.cells[c].weight);
    }
    for (const std::uint32_t cell : city.camera_cell)
        ++specs[cell].cameras;
    add_wired(specs, SiteKind::kPlaza, layers.plazas, plane);
    add_wired(specs, SiteKind::kGantry, layers.gantries, plane);
    add_wired(specs, SiteKind::kHub, layers.hubs, plane);
    return specs;
}

std::vector<std::uint32_t> plaza_sites(const TelecomNetwork& network, const City& city) {
    return sites_named(network, SiteKind::kPlaza, city.sites().plazas);
}

std::vector<std::uint32_t> gantry_sites(const TelecomNetwork& network, const City& city) {
    return sites_named(network, SiteKind::kGantry, city.sites().gantries);
}

std::vector<std::uint32_t> hub_sites(const TelecomNetwork& network, const City& city) {
    return sites_named(network, SiteKind::kHub, city.sites().hubs);
}

std::vector<std::uint32_t> cell_sites(const TelecomNetwork& network, const City& city) {
    return sites_named(network, SiteKind::kCell, city.sites().cells);
}

}  // namespace jiahe::telecom
