// TollSites: the plazas, gantries and charged sections of a city, and the system's options.
//
// City lifecycle: filled by whoever builds the city, validated here, then immutable. Ids are
// indices: plaza p is owner p of the tolling system, gantry g is owner plaza_count + g.
// Where a site stands on the road is the couplings' knowledge, not tolling's.
//
// Invariants after validate(): 1. every plaza has 1 to 64 lanes and an apron of at least one place
// a lane; 2. sections named by sites exist; 3. a site without a section records and charges
// nothing. Errors: InputError E-TOL-020 to 022 with the site's name.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/sim_time.h"
#include "tolling/service_time.h"
#include "tolling/tariff.h"

namespace jiahe::tolling {

using PlazaId = Id<struct PlazaTag>;
using GantryId = Id<struct GantryTag>;

inline constexpr std::size_t kLaneCountMax = 64;
inline constexpr std::uint32_t kApronMax = 100'000;

struct PlazaSpec {
    std::string name;
    std::vector<LaneKind> lanes;
    std::uint32_t apron = 0;       // vehicles inside at most, in lanes and before them
    SectionId section;             // invalid: this plaza charges nothing
    double expected_passages = 0;  // in the whole run, for load balance only
};

struct GantrySpec {
    std::string name;
    SectionId section;
    double expected_passages = 0;
};

struct TollSites {
    std::vector<PlazaSpec> plazas;
    std::vector<GantrySpec> gantries;
    std::vector<SectionSpec> sections;
    std::vector<std::string> road_owners{"road company"};

    std::size_t site_count() const { return plazas.size() + gantries.size(); }
    SectionId section_of(std::uint32_t site) const;
    const std::string& name_of(std::uint32_t site) const;
    void validate() const;
};

enum class LaneChoice : std::uint8_t {
    kLeastWait,    // least expected wait among permitted lanes on arrival, ties by lane id
    kCommonQueue,  // one queue, the head takes the first free permitted lane: an ideal
};

// The chain of an outage: contact lost -> list on site -> (grace over, or list too old) -> by hand.
struct OutageRules {
    SimTime offline_grace = minutes(10);     // A: a site may clear units from its list this long
    SimTime list_age_max = hours(24);        // A, sheet section 4
    SimTime list_age_at_start = minutes(5);  // A: age of the list when the run begins
    SimTime list_refresh = minutes(5);       // A: pulled this often while in contact
};

// What a passage sends (A, sheet section 4) and what a site can keep while out of contact.
struct PassageData {
    std::int64_t record_bytes = 1'500;
    std::int64_t image_bytes = 200'000;
    double second_image_share = 0.5;
    std::int64_t store_bytes = 64'000'000'000;
};

// Gantry: unit or path card unread -> plate; plate unread -> missed (A, weak source for plates).
struct GantryRates {
    double unread = 0.01;
    double plate_success_day = 0.99;
    double plate_success_night = 0.95;
    SimTime night_begins = hours(19);  // of the day
    SimTime night_ends = hours(6);
};

struct TollingOptions {
    ServiceModel service;
    TariffRates rates;
    std::array<double, kTollClassCount> etc_share{0.65, 0.55, 0.55};  // of vehicles asked kByShare
    LaneChoice lane_choice = LaneChoice::kLeastWait;
    OutageRules outage;
    PassageData data;
    GantryRates gantry;
    std::uint32_t vehicle_count = 0;  // ids below this may pass
    SimTime horizon = hours(24);  // statistics by time bin reach to here; later ones in the last
    SimTime bin = minutes(15);
    SimTime start_of_day;  // the run's time 0, since midnight
};

}  // namespace jiahe::tolling
