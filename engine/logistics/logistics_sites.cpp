#include "logistics/logistics_sites.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"

namespace jiahe::logistics {
namespace {

[[noreturn]] void refuse(const char* code, std::string feature, std::string message,
                         std::string hint) {
    throw InputError(
        InputFault{code, {"", 0, 0, std::move(feature)}, std::move(message), std::move(hint)});
}

bool is_count(double persons) {
    return std::isfinite(persons) && persons >= 0;
}

}  // namespace

void LogisticsSites::validate() const {
    for (const HubSpec& hub : hubs) {
        if (hub.van_count > 0 && hub.van_count <= 100'000) continue;
        refuse("E-LOG-001", "hub " + hub.name, fmt::format("{} vans", hub.van_count),
               "give it 1 to 100000 vans");
    }
    for (std::size_t z = 0; z < zones.size(); ++z) {
        const ZoneSpec& zone = zones[z];
        if (zone.hub >= hubs.size()) {
            refuse("E-LOG-002", fmt::format("zone {}", z), "is served by no hub", "add a hub");
        }
        if (!is_count(zone.residents) || !is_count(zone.jobs)) {
            refuse("E-LOG-003", fmt::format("zone {}", z),
                   fmt::format("{} residents and {} jobs", zone.residents, zone.jobs), "");
        }
    }
}

std::uint32_t LogisticsSites::van_count() const {
    return first_van().back();
}

std::vector<std::uint32_t> LogisticsSites::first_van() const {
    std::vector<std::uint32_t> first{0};
    for (const HubSpec& hub : hubs)
        first.push_back(first.back() + hub.van_count);
    return first;
}

}  // namespace jiahe::logistics
