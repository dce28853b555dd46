#include "world/city_generator.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "geo/lon_lat.h"
#include "roads/shortest_path.h"
#include "shared_data.h"

using namespace jiahe;

namespace {

RegionFacts jiaxing_facts() {
    return read_region_facts(JIAHE_SOURCE_DIR "/data/jiaxing");
}

const GeneratedCity& jiaxing() {
    static const GeneratedCity city = generate_region(jiaxing_facts(), {});
    return city;
}

std::string fingerprint(const GeneratedCity& city) {
    std::uint64_t h = 0xCBF29CE484222325ull;
    const auto mix = [&](std::uint64_t v) { h = (h ^ v) * 0x100000001B3ull; };
    for (const auto& n : city.roads.nodes) {
        mix(static_cast<std::uint64_t>(n.id));
        mix(static_cast<std::uint64_t>(std::llround(n.lon_deg * 1e9)));
        mix(static_cast<std::uint64_t>(std::llround(n.lat_deg * 1e9)));
    }
    for (const auto& l : city.roads.links) {
        mix(static_cast<std::uint64_t>(l.id));
        mix(static_cast<std::uint64_t>(std::llround(l.length_m * 1e6)));
    }
    for (const auto& z : city.zones)
        mix(static_cast<std::uint64_t>(std::llround(z.residents * 1e6)));
    return std::to_string(h);
}

std::size_t unit_at(const RegionFacts& facts, LonLat p) {
    std::size_t unit = 0;
    double nearest = 1e300;
    for (std::size_t u = 0; u < facts.units.size(); ++u) {
        const double d = haversine_m(p, facts.units[u].seat) / 3;
        if (d < nearest) nearest = d, unit = u;
    }
    for (const RegionTown& t : facts.towns) {
        const double d = haversine_m(p, t.place);
        if (d < nearest) nearest = d, unit = t.unit;
    }
    return unit;
}

// One point a toll station: the exit plaza.
std::vector<LonLat> stations(const GeneratedCity& city) {
    std::vector<LonLat> places;
    for (const PlazaSite& p : city.plazas) {
        if (p.name.ends_with("-exit")) places.push_back({p.lon_deg, p.lat_deg});
    }
    return places;
}

// A plaza link's end must have one way in and one way out.
void check_sites(const GeneratedCity& city, const RoadGraph& graph) {
    std::set<std::string> names;
    for (const PlazaSite& p : city.plazas) {
        CHECK(names.insert(p.name).second);
        const LinkId link = graph.find_link(p.link_id);
        REQUIRE(link.valid());
        const NodeId node = graph.link_to[link.index()];
        CHECK(graph.in_links(node).size() == 1);
        CHECK(graph.out_links(node).size() == 1);
        CHECK(p.section_length_m > 0);
    }
    for (const GantrySite& g : city.gantries) {
        CHECK(names.insert(g.name).second);
        const LinkId link = graph.find_link(g.link_id);
        REQUIRE(link.valid());
        CHECK(graph.link_class[link.index()] == RoadClass::kMotorway);
        CHECK(g.section_length_m > 0);
    }
    for (const std::int64_t hub : city.hub_node_id)
        CHECK(graph.find_node(hub).valid());
}

// Links that cannot be reached from, or cannot reach, the given node when turn bans count.
std::size_t unreached_links(const RoadGraph& graph, NodeId node) {
    const Router router(graph, {.landmark_count = 0});
    const auto free_us = router.free_flow_us();
    const LinkCosts costs = router.costs(free_us);
    Router::Tree tree(router);
    std::vector<std::int64_t> there, back;
    std::vector<LinkId> parent;
    tree.node_to_all(node, costs, there, parent);
    tree.all_to_node(node, costs, back);
    std::size_t count = 0;
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        if (there[l] == Router::Tree::kUnreachable || back[l] == Router::Tree::kUnreachable)
            ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("the facts of Jiaxing sum to the published totals") {
    const RegionFacts facts = jiaxing_facts();
    REQUIRE(facts.units.size() == 7);
    double residents = 0, area = 0;
    for (const RegionUnit& u : facts.units)
        residents += u.residents, area += u.area_km2;
    CHECK(residents == 5'400'868);  // Seventh National Population Census
    CHECK(area == 3'915);           // division table
    CHECK(facts.towns.size() == 52);
    CHECK(facts.expressways.size() == 10);
}

TEST_CASE("Jiaxing has the size that was asked for and every site at its road") {
    const GeneratedCity& city = jiaxing();
    const RoadGraph graph(city.roads);
    std::map<RoadClass, double> km;
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        km[graph.link_class[l]] += graph.link_length_m[l] / 1000;
    }
    for (const auto& [c, length] : km)
        MESSAGE(to_string(c) << ": " << length << " km of links");
    MESSAGE(graph.node_count() << " nodes, " << graph.link_count() << " links, "
                               << graph.signals.size() << " signals, " << city.plazas.size()
                               << " plazas, " << city.gantries.size() << " gantries, "
                               << city.gates.size() << " gates, " << city.zones.size() << " zones");
    CHECK(graph.link_count() >= 60'000);
    CHECK(graph.link_count() < 70'000);
    CHECK(city.plazas.size() >= 20);
    CHECK(city.gantries.size() >= 60);
    CHECK(city.hub_node_id.size() == 7);
    CHECK(graph.signals.size() > 500);
    check_sites(city, graph);
}

TEST_CASE("every link of Jiaxing reaches every other when turn bans count") {
    const RoadGraph graph(jiaxing().roads);
    CHECK(unreached_links(graph, graph.find_node(jiaxing().hub_node_id.front())) == 0);
}

TEST_CASE("zones of a unit sum to its census and jobs to their share") {
    const RegionFacts facts = jiaxing_facts();
    const GeneratedCity& city = jiaxing();
    std::vector<double> residents(facts.units.size(), 0);
    double jobs = 0;
    for (std::size_t z = 0; z < city.zones.size(); ++z) {
        residents[city.zone_unit[z]] += city.zones[z].residents;
        jobs += city.zones[z].jobs;
        CHECK(city.zones[z].residents >= 0);
    }
    for (std::size_t u = 0; u < facts.units.size(); ++u) {
        CHECK(residents[u] == doctest::Approx(facts.units[u].residents).epsilon(1e-9));
    }
    // 0.55 jobs a resident, before the units are scaled to their census.
    CHECK(jobs / 5'400'868 == doctest::Approx(0.55).epsilon(0.05));
}

TEST_CASE("the same facts and options give the same city, another seed or size another one") {
    const RegionFacts facts = jiaxing_facts();
    CHECK(fingerprint(generate_region(facts, {})) == fingerprint(jiaxing()));
    CHECK(fingerprint(generate_region(facts, {.links = 30'000})) != fingerprint(jiaxing()));
}

TEST_CASE("toll stations lie where those of Jiaxing lie") {
    if (!test::has_shared("jiaxing/toll_stations.csv")) return;
    const RegionFacts facts = jiaxing_facts();
    const std::map<std::string, std::string> unit_of_code = {
        {"330402", "Nanhu"},   {"330411", "Xiuzhou"}, {"330421", "Jiashan"},  {"330424", "Haiyan"},
        {"330481", "Haining"}, {"330482", "Pinghu"},  {"330483", "Tongxiang"}};
    std::map<std::string, int> real_count, made_count;
    std::vector<LonLat> real;
    for (const auto& row : test::read_shared("jiaxing/toll_stations.csv")) {
        const LonLat p{std::stod(row.at("lon")), std::stod(row.at("lat"))};
        // Several rows are ramps of one station: counted once within 1.2 km.
        const bool again = std::any_of(real.begin(), real.end(),
                                       [&](LonLat q) { return haversine_m(p, q) < 1200; });
        if (again) continue;
        real.push_back(p);
        ++real_count[unit_of_code.at(row.at("adcode"))];
    }
    const std::vector<LonLat> made = stations(jiaxing());
    for (const LonLat& p : made)
        ++made_count[facts.units[unit_at(facts, p)].name];
    const auto nearest = [](const std::vector<LonLat>& from, const std::vector<LonLat>& to) {
        std::vector<double> d;
        for (const LonLat& p : from) {
            double best = 1e300;
            for (const LonLat& q : to)
                best = std::min(best, haversine_m(p, q));
            d.push_back(best);
        }
        std::sort(d.begin(), d.end());
        return d;
    };
    const auto made_to_real = nearest(made, real), real_to_made = nearest(real, made);
    MESSAGE(real.size() << " real stations, " << made.size() << " made; median distance to the "
                        << "nearest: made to real " << made_to_real[made.size() / 2]
                        << " m, real to made " << real_to_made[real.size() / 2] << " m");
    for (const RegionUnit& u : facts.units) {
        MESSAGE(u.name << ": " << real_count[u.name] << " real, " << made_count[u.name] << " made");
        CHECK(made_count[u.name] >= std::max(1, real_count[u.name] / 2));
        CHECK(made_count[u.name] <= 2 * real_count[u.name]);
    }
    CHECK(made.size() >= 0.7 * static_cast<double>(real.size()));
    CHECK(made.size() <= 1.3 * static_cast<double>(real.size()));
    CHECK(made_to_real[made.size() / 2] < 2500);
    CHECK(real_to_made[real.size() / 2] < 2500);
}

TEST_CASE("a town has two plazas a direction and a bank on each side of the river") {
    const GeneratedCity city = generate_town({});
    const RoadGraph graph(city.roads);
    MESSAGE("town: " << graph.node_count() << " nodes, " << graph.link_count() << " links");
    CHECK(graph.link_count() >= 200);
    CHECK(graph.link_count() <= 1500);
    CHECK(city.plazas.size() == 4);    // an exit and an entry at each of two interchanges
    CHECK(city.gantries.size() == 6);  // three sections, two directions
    check_sites(city, graph);
    CHECK(unreached_links(graph, graph.find_node(city.hub_node_id.front())) == 0);
    double residents = 0;
    for (const Zone& z : city.zones)
        residents += z.residents;
    CHECK(residents == doctest::Approx(30'000));
}

TEST_CASE("the quickest way from the town's hub to the other bank pays at a plaza") {
    const GeneratedCity city = generate_town({});
    const RoadGraph graph(city.roads);
    const Router router(graph);
    const auto free_us = router.free_flow_us();
    const LinkCosts costs = router.costs(free_us);
    Router::Query query(router);
    std::set<std::int64_t> plaza_links;
    for (const PlazaSite& p : city.plazas)
        plaza_links.insert(p.link_id);
    // The south-eastern corner: column 9 of row 0.
    const NodeId to = graph.find_node(1'000'009);
    const Path path = query.node_to_node(graph.find_node(city.hub_node_id.front()), to, costs);
    REQUIRE(path.found);
    const auto paid = std::count_if(path.links.begin(), path.links.end(), [&](LinkId l) {
        return plaza_links.count(graph.link_external_id[l.index()]) > 0;
    });
    CHECK(paid == 2);  // entry in the west, exit in the east
}

TEST_CASE("towns of any size hold together") {
    for (const int rows : {2, 3, 7}) {
        for (const int columns : {2, 3, 4, 15}) {
            TownOptions options;
            options.rows = rows;
            options.columns = columns;
            const GeneratedCity city = generate_town(options);
            check_sites(city, RoadGraph(city.roads));
        }
    }
}
