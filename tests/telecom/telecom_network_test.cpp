#include "telecom/telecom_network.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "telecom/small_network.h"

using namespace jiahe;
using namespace jiahe::telecom;

TEST_CASE("the order of rows changes nothing") {
    auto sites = small_sites(5);
    NetworkOptions options;
    options.cells_per_aggregation = 6;
    options.aggregations_per_metro = 3;
    const TelecomNetwork a(sites, options);
    std::reverse(sites.begin(), sites.end());
    const TelecomNetwork b(sites, options);
    REQUIRE(a.domain_count() == b.domain_count());
    for (std::uint32_t s = 0; s < a.site_count(); ++s) {
        CHECK(a.sites()[s].name == b.sites()[s].name);
        CHECK(a.domain_of_site(s) == b.domain_of_site(s));
        CHECK(a.latency_s(s) == b.latency_s(s));
    }
}

TEST_CASE("25 cells in groups of at most 6 make 5 balanced aggregations and 2 metros") {
    NetworkOptions options;
    options.cells_per_aggregation = 6;
    options.aggregations_per_metro = 3;
    const TelecomNetwork network(small_sites(5), options);
    CHECK(network.domain_count() == 5);  // ceil(25 / 6)
    CHECK(network.metro_count() == 2);
    for (std::uint32_t d = 0; d < 5; ++d) {
        const auto sites = network.sites_of(d);
        CHECK(std::count_if(sites.begin(), sites.end(), [](std::uint32_t s) { return s < 25; }) ==
              5);
    }
    // The plaza hangs on the aggregation of its nearest cell.
    CHECK(network.domain_of_site(network.site_named(SiteKind::kPlaza, "one")) ==
          network.domain_of_site(network.nearest_cell({50, 50})));
}

TEST_CASE("every link has a kind, an owner and, but for radios and entries, a name of its own") {
    const TelecomNetwork network(small_sites(3), {});
    std::set<std::string> names;
    for (const auto& named : network.backhaul_names()) {
        names.insert(named.name);
        CHECK(named.link < network.link_count());
    }
    CHECK(names.contains("plaza-one"));
    CHECK(names.contains("gantry-one"));
    CHECK(names.contains("hub-one"));
    CHECK(names.contains("cell-c100"));
    CHECK(names.contains("aggregation-0"));
    CHECK(names.contains("metro-0"));
    CHECK(names.size() == network.site_count() + network.domain_count() + network.metro_count());
    for (std::uint32_t l = 0; l < network.link_count(); ++l) {
        CHECK(network.owner_of_link(l) < network.domain_count() + network.data_centre_count());
        CHECK((network.link_kind(l) == LinkKind::kEntry) == (l >= network.entry_link(0)));
    }
}

TEST_CASE("a network without cells, with a name twice or a dead link is refused") {
    const auto code_of = [](std::vector<SiteSpec> sites, NetworkOptions options) {
        try {
            const TelecomNetwork network(std::move(sites), options);
            return std::string("accepted");
        } catch (const InputError& error) {
            return error.faults()[0].code;
        }
    };
    CHECK(code_of({}, {}) == "E-TEL-001");
    auto twice = small_sites(2);
    twice.push_back(twice.back());
    CHECK(code_of(twice, {}) == "E-TEL-002");
    NetworkOptions dead;
    dead.metro.down_bps = 0;
    CHECK(code_of(small_sites(2), dead) == "E-TEL-003");
}
