#include "world/lay_sites.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "geo/lon_lat.h"
#include "roads/import_gmns.h"
#include "shared_data.h"
#include "support/ascii_roads.h"
#include "world/city.h"
#include "world/city_generator.h"

using namespace jiahe;

namespace {

double quantile(std::vector<double> v, double q) {
    std::sort(v.begin(), v.end());
    return v[static_cast<std::size_t>(q * static_cast<double>(v.size() - 1))];
}

std::vector<double> nearest_neighbour_m(const std::vector<CellSite>& cells) {
    std::vector<double> d;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        double best = 1e300;
        for (std::size_t j = 0; j < cells.size(); ++j) {
            if (i == j) continue;
            best = std::min(best, haversine_m({cells[i].lon_deg, cells[i].lat_deg},
                                              {cells[j].lon_deg, cells[j].lat_deg}));
        }
        d.push_back(best);
    }
    return d;
}

RoadGraphData long_road() {
    RoadGraphData data = ascii_roads("A----------B", {.cell_m = 100, .lane_count = 2});
    for (auto& l : data.links)
        l.shape = {{120.752, 30.7505}};
    return data;
}

}  // namespace

TEST_CASE("cells of Jiaxing cluster and load as the published statistics say") {
    const GeneratedCity city =
        generate_region(read_region_facts(JIAHE_SOURCE_DIR "/data/jiaxing"), {});
    const std::vector<CellSite> cells = make_cells(city.zones, 2000, 1);
    REQUIRE(cells.size() == 2000);
    std::vector<double> weight;
    double residents = 0;
    for (const CellSite& c : cells)
        weight.push_back(c.weight), residents += c.residents;
    CHECK(residents == doctest::Approx(5'400'868));
    // Weibull (0.71, 163): median 163 (ln 2)^(1/0.71) = 97, mean 163 Gamma(1 + 1/0.71) = 204.
    const double mean = std::accumulate(weight.begin(), weight.end(), 0.0) / 2000;
    CHECK(quantile(weight, 0.5) == doctest::Approx(97).epsilon(0.1));
    CHECK(mean == doctest::Approx(204).epsilon(0.1));
    CHECK(quantile(weight, 0.9) == doctest::Approx(528).epsilon(0.12));
    // Nearest neighbours of 2,769 stations of a Chinese metropolis: p10..p90.
    const std::vector<double> nn = nearest_neighbour_m(cells);
    const std::vector<std::pair<double, double>> published = {
        {0.10, 91}, {0.25, 168}, {0.50, 391}, {0.75, 820}, {0.90, 1360}};
    for (const auto& [q, metres] : published) {
        MESSAGE("p" << 100 * q << ": " << quantile(nn, q) << " m, published " << metres << " m");
        CHECK(quantile(nn, q) > metres / 1.5);
        CHECK(quantile(nn, q) < metres * 1.5);
    }
}

TEST_CASE("cell i does not depend on how many cells there are") {
    const std::vector<Zone> zones = generate_town({}).zones;
    const auto few = make_cells(zones, 20, 7), many = make_cells(zones, 40, 7);
    for (std::size_t i = 0; i < few.size(); ++i) {
        CHECK(few[i].lon_deg == many[i].lon_deg);
        CHECK(few[i].weight == many[i].weight);
    }
}

TEST_CASE("a plaza splits its link in two halves that keep length, shape and turns") {
    RoadGraphData data = long_road();
    SplitLinks split;
    const std::int64_t id = 1000 * 'A' + 'B';
    const PlazaSite plaza = insert_plaza(data, id, "gate", 1000, 0.65, split);
    CHECK(plaza.link_id == id);
    // ETC: 650 / 433 = 1.50 -> 2 lanes; staffed: 350 / 210 = 1.67 -> 2 lanes.
    CHECK(plaza.etc_lanes == 2);
    CHECK(plaza.mixed_lanes == 2);
    const RoadGraph graph(std::move(data));
    const LinkId first = graph.find_link(id), second = graph.find_link(split.at(id));
    REQUIRE(first.valid());
    REQUIRE(second.valid());
    CHECK(graph.link_length_m[first.index()] + graph.link_length_m[second.index()] ==
          doctest::Approx(1100));
    const NodeId middle = graph.link_to[first.index()];
    CHECK(middle == graph.link_from[second.index()]);
    CHECK(graph.in_links(middle).size() == 1);
    CHECK(graph.out_links(middle).size() == 1);
    CHECK(graph.movement(first, second).valid());
    // The bend at 120.752 E lies in the first half, so it stays with it; the plaza is on the line.
    CHECK(graph.link_shape[first.index()].size() + graph.link_shape[second.index()].size() == 1);
    CHECK(graph.node_lat_deg[middle.index()] > 30.75);
}

TEST_CASE("plazas stand apart on the fastest and busiest links, the same in every run") {
    RoadGraphData data = generate_town({.rows = 20, .columns = 20, .block_m = 600}).roads;
    RoadGraphData again = data;
    LayOptions options;
    options.plazas = 5;
    SplitLinks split, split_again;
    const auto plazas = insert_plazas(data, options, {}, split);
    const auto same = insert_plazas(again, options, {}, split_again);
    REQUIRE(plazas.size() == 5);
    for (std::size_t i = 0; i < plazas.size(); ++i) {
        CHECK(plazas[i].link_id == same[i].link_id);
        for (std::size_t j = 0; j < i; ++j) {
            CHECK(haversine_m({plazas[i].lon_deg, plazas[i].lat_deg},
                              {plazas[j].lon_deg, plazas[j].lat_deg}) >= 1500);
        }
    }
    CHECK(split == split_again);
}

TEST_CASE("sites laid over Nanchang make a city") {
    if (!test::has_shared("nanchang/link.csv")) return;
    ImportReport report;
    RoadGraphData data = import_gmns(test::shared_path("nanchang"), report);
    LayOptions options;
    options.plazas = 6;
    options.hubs = 3;
    options.residents = 1'000'000;
    SplitLinks split;
    const auto plazas = insert_plazas(data, options, {}, split);
    CHECK(plazas.size() == 6);
    RoadGraph graph(std::move(data));
    CHECK(graph.link_count() == 6'024 + 6);
    SiteLayers sites = lay_sites(graph, options, make_zones(graph, options));
    sites.plazas = plazas;
    CHECK(sites.cells.size() == 300);
    CHECK(sites.cameras.size() == 500);
    CHECK(sites.hubs.size() == 3);
    double residents = 0;
    for (const Zone& z : sites.zones)
        residents += z.residents;
    CHECK(residents == doctest::Approx(1'000'000));
    std::set<std::pair<double, double>> cameras;
    for (const CameraSite& c : sites.cameras)
        cameras.insert({c.lon_deg, c.lat_deg});
    CHECK(cameras.size() == 500);  // one a junction while junctions last
    const City city(std::move(graph), std::move(sites));
    for (const NodeId node : city.zone_node) {
        CHECK(node.valid());
        CHECK(city.node_is_access[node.index()] == 1);
    }
    CHECK(city.zone_hub.size() == city.zone_node.size());
}
