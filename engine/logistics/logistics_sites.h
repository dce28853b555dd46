// LogisticsSites: the hubs with their vans, and the zones in which parcels are delivered.
//
// City lifecycle: filled by the composition root from the City's layers, validated once, immutable.
// A zone stands for its residents and jobs at one road node; it is served by one hub. Lockers and
// the pick-up station of a zone stand at the same node. Units: persons, m on the local plane.
// Invariants: 1. each zone names a hub; 2. a hub has at least one van; 3. sums are finite.
// Errors: InputError E-LOG-001..003 naming the hub or zone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jiahe::logistics {

struct HubSpec {
    std::string name;
    std::uint32_t node = 0;  // road node
    double x_m = 0, y_m = 0;
    std::uint32_t van_count = 1;
};

struct ZoneSpec {
    std::uint32_t node = 0;
    double x_m = 0, y_m = 0;
    double residents = 0, jobs = 0;
    std::uint32_t hub = 0;
};

struct LogisticsSites {
    std::vector<HubSpec> hubs;
    std::vector<ZoneSpec> zones;

    void validate() const;
    std::uint32_t van_count() const;
    // First van of each hub, and the total; size hubs + 1.
    std::vector<std::uint32_t> first_van() const;
};

}  // namespace jiahe::logistics
