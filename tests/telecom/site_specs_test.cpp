#include "telecom/site_specs.h"

#include <numeric>

#include "support/ascii_roads.h"

using namespace jiahe;
using namespace jiahe::telecom;

namespace {

City small_city() {
    SiteLayers sites;
    sites.zones.push_back({120.75, 30.75, 900, 100, LandUse::kMixed});
    sites.zones.push_back({120.76, 30.75, 100, 500, LandUse::kMixed});
    sites.cells.push_back({"zeta", 120.75, 30.75, 3, 0, LandUse::kMixed});
    sites.cells.push_back({"alpha", 120.77, 30.75, 1, 0, LandUse::kOffice});
    sites.cameras.push_back({"k1", 120.7501, 30.75});
    sites.cameras.push_back({"k2", 120.7502, 30.75});
    sites.cameras.push_back({"k3", 120.7699, 30.75});
    sites.hubs.push_back({"hub-1", 120.75, 30.75, 'A', 1000, 3});
    return City(RoadGraph(ascii_roads("A--B--C--D")), sites);
}

}  // namespace

TEST_CASE("residents are shared among cells by weight, cameras go to the nearest cell") {
    const City city = small_city();
    const auto specs = site_specs(city);
    REQUIRE(specs.size() == 3);
    // 1,000 residents over weights 3 and 1.
    CHECK(std::accumulate(specs[0].users.begin(), specs[0].users.end(), std::int64_t{0}) == 750);
    CHECK(specs[1].users == std::array<std::int64_t, kLandUseCount>{0, 250, 0, 0});
    CHECK(specs[0].users[0] == 413);  // .55 * 750 = 412.5, rounded; the uses add up
    CHECK(specs[0].cameras == 2);
    CHECK(specs[1].cameras == 1);
}

TEST_CASE("each row of a layer finds its site, whatever the order of names") {
    const City city = small_city();
    const TelecomNetwork network(site_specs(city), {});
    const auto cells = cell_sites(network, city);
    CHECK(network.sites()[cells[0]].name == "zeta");
    CHECK(network.sites()[cells[1]].name == "alpha");
    CHECK(cells[0] == 1);  // sites are sorted by name
    CHECK(network.sites()[hub_sites(network, city)[0]].kind == SiteKind::kHub);
    CHECK(plaza_sites(network, city).empty());
    bool named = false;
    for (const auto& link : network.backhaul_names())
        named = named || link.name == "hub-1";
    CHECK(named);  // a name that begins with its kind is kept
}
