// toll_sites_of (tolling_section.h): the city's layers and the scenario's settings become sites.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "tolling/tolling_section.h"

namespace jiahe::tolling {
namespace {

constexpr double kMetresPerKm = 1000;

std::vector<LaneKind> lanes_of(const PlazaSite& site, const PlazaOverride* change) {
    const auto count = [&](std::optional<std::int64_t> PlazaOverride::*field, int layer) {
        return change != nullptr && change->*field ? *(change->*field) : std::int64_t{layer};
    };
    std::vector<LaneKind> lanes;
    const auto add = [&](LaneKind kind, std::int64_t n) {
        lanes.insert(lanes.end(), static_cast<std::size_t>(std::max<std::int64_t>(n, 0)), kind);
    };
    add(LaneKind::kEtc, count(&PlazaOverride::etc_lanes, site.etc_lanes));
    add(LaneKind::kMixed, count(&PlazaOverride::mixed_lanes, site.mixed_lanes));
    add(LaneKind::kTruck, count(&PlazaOverride::truck_lanes, 0));
    add(LaneKind::kManual, count(&PlazaOverride::manual_lanes, site.manual_lanes));
    return lanes;
}

// Faults of a plaza that the scenario changed lie in the scenario, others in the layer.
InputFault plaza_fault(const std::string& name, const PlazaOverride* change,
                       const std::string& message, const std::string& hint) {
    if (change != nullptr) return change->value.fault("E-TOL-032", message, hint);
    return {"E-TOL-032", {"", 0, 0, "plaza " + name}, message, hint};
}

void check_plaza(const PlazaSpec& plaza, const PlazaOverride* change, scenario::FaultList& faults) {
    if (plaza.lanes.empty() || plaza.lanes.size() > kLaneCountMax) {
        faults.add(
            plaza_fault(plaza.name, change,
                        fmt::format("plaza '{}' has {} lanes", plaza.name, plaza.lanes.size()),
                        fmt::format("expected 1 to {}", kLaneCountMax)));
    }
    if (plaza.apron < plaza.lanes.size() || plaza.apron > kApronMax) {
        faults.add(plaza_fault(plaza.name, change,
                               fmt::format("plaza '{}' has an apron of {} vehicles for {} lanes",
                                           plaza.name, plaza.apron, plaza.lanes.size()),
                               fmt::format("expected one place a lane to {}", kApronMax)));
    }
}

void check_names(const SiteLayers& layers, const TollingConfig& config,
                 scenario::FaultList& faults) {
    std::vector<std::string> names;
    for (const PlazaSite& site : layers.plazas)
        names.push_back(site.name);
    for (const PlazaOverride& plaza : config.plazas) {
        if (std::find(names.begin(), names.end(), plaza.name) != names.end()) continue;
        faults.add(plaza.value.fault("E-TOL-031",
                                     fmt::format("the city has no plaza '{}'", plaza.name),
                                     did_you_mean(plaza.name, names)));
    }
}

}  // namespace

TollSites toll_sites_of(const SiteLayers& layers, const TollingConfig& config,
                        scenario::FaultList& faults) {
    check_names(layers, config, faults);
    TollSites sites;
    std::vector<OwnerWeight> owners;
    if (!config.road_owners.empty()) sites.road_owners.clear();
    for (const RoadOwnerShare& owner : config.road_owners) {
        owners.push_back({RoadOwnerId(sites.road_owners.size()), owner.weight});
        sites.road_owners.push_back(owner.name);
    }
    for (const PlazaSite& site : layers.plazas) {
        const auto found =
            std::find_if(config.plazas.begin(), config.plazas.end(),
                         [&](const PlazaOverride& o) { return o.name == site.name; });
        const PlazaOverride* change = found == config.plazas.end() ? nullptr : &*found;
        PlazaSpec plaza;
        plaza.name = site.name;
        plaza.lanes = lanes_of(site, change);
        const std::int64_t apron =
            change != nullptr && change->apron ? *change->apron : std::int64_t{site.apron};
        plaza.apron = static_cast<std::uint32_t>(std::max<std::int64_t>(apron, 0));
        plaza.section = SectionId(sites.sections.size());
        check_plaza(plaza, change, faults);
        sites.sections.push_back({site.name, site.section_length_m / kMetresPerKm,
                                  change != nullptr ? change->fixed_fee : std::nullopt, owners});
        sites.plazas.push_back(std::move(plaza));
    }
    for (const GantrySite& site : layers.gantries) {
        sites.gantries.push_back({site.name, SectionId(sites.sections.size()), 0});
        sites.sections.push_back(
            {site.name, site.section_length_m / kMetresPerKm, std::nullopt, owners});
    }
    return sites;
}

}  // namespace jiahe::tolling
