#include "world/zone_layers.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/error.h"
#include "support/temporary_folder.h"

using namespace jiahe;

namespace {

RoadGraph road() {
    RoadGraphData data;
    data.nodes = {{1, 120, 30, NodeControl::kNone}, {2, 120.01, 30, NodeControl::kNone}};
    for (int n = 1; n <= 2; ++n) {
        RoadGraphData::Link link;
        link.id = n;
        link.from_node_id = n;
        link.to_node_id = 3 - n;
        link.length_m = 963;
        link.free_speed_mps = 10;
        data.links.push_back(link);
    }
    return RoadGraph(data);
}

const std::vector<Zone> kStreets = {{120, 30, 600, 330, LandUse::kMixed},
                                    {120.01, 30, 400, 220, LandUse::kMixed}};

struct Sums {
    double residents = 0, jobs = 0;
};

Sums sums(const std::vector<Zone>& zones) {
    Sums s;
    for (const Zone& zone : zones) {
        s.residents += zone.residents;
        s.jobs += zone.jobs;
    }
    return s;
}

}  // namespace

TEST_CASE("residents come from polygons and jobs from a table, each at its place") {
    const TemporaryFolder folder;
    std::ofstream(folder / "blocks.geojson")
        << R"({"type":"FeatureCollection","features":[{"type":"Feature",)"
        << R"("properties":{"people":500},"geometry":{"type":"Polygon","coordinates":)"
        << R"([[[120,30],[120.002,30],[120.002,30.002],[120,30.002],[120,30]]]}},)"
        << R"({"type":"Feature","properties":{"people":9},"geometry":{"type":"Point",)"
        << R"("coordinates":[121,30]}}]})";
    std::ofstream(folder / "jobs.csv") << "lon,lat,jobs\n120.01,30,70\n120,30.001,30\n";
    ZoneLayers layers;
    layers.residents = LayerRequest{folder / "blocks.geojson", "", "people", {}};
    layers.jobs = LayerRequest{folder / "jobs.csv", "", "jobs", {}};
    std::vector<std::string> notes;
    const auto zones = zones_of_layers(layers, road(), kStreets, 0.55, notes);
    REQUIRE(zones.size() == 3);  // the point at 121 E lies too far away
    CHECK(zones[0].lon_deg == doctest::Approx(120.001));
    CHECK(zones[0].lat_deg == doctest::Approx(30.001));
    CHECK(zones[0].residents == 500);
    CHECK(zones[0].jobs == 0);
    CHECK(zones[1].jobs == 70);
    REQUIRE(notes.size() == 2);
    CHECK(notes[0] == "layer blocks.geojson: 500 people in 1 of 2 features");
}

TEST_CASE("what the layers do not give comes from the streets") {
    const TemporaryFolder folder;
    std::ofstream(folder / "p.csv") << "lon,lat,residents\n120,30,2000\n";
    ZoneLayers layers;
    layers.residents = LayerRequest{folder / "p.csv", "", "residents", {}};
    std::vector<std::string> notes;
    const Sums only_residents = sums(zones_of_layers(layers, road(), kStreets, 0.55, notes));
    CHECK(only_residents.residents == 2000);
    CHECK(only_residents.jobs == doctest::Approx(1100));  // 0.55 a resident
    ZoneLayers other;
    std::ofstream(folder / "j.csv") << "lon,lat,jobs\n120,30,50\n";
    other.jobs = LayerRequest{folder / "j.csv", "", "jobs", {}};
    const Sums only_jobs = sums(zones_of_layers(other, road(), kStreets, 0.55, notes));
    CHECK(only_jobs.residents == 1000);
    CHECK(only_jobs.jobs == 50);
}

TEST_CASE("a table in GCJ-02 lands where WGS 84 has it") {
    const TemporaryFolder folder;
    const LonLat shown = wgs84_to_gcj02({120.005, 30});
    std::ofstream file(folder / "p.csv");
    file.precision(12);
    file << "lon,lat,residents\n" << shown.lon_deg << "," << shown.lat_deg << ",10\n";
    file.close();
    ZoneLayers layers;
    layers.residents =
        LayerRequest{folder / "p.csv", "", "residents", CoordinateSystem::of("gcj02", {})};
    std::vector<std::string> notes;
    const auto zones = zones_of_layers(layers, road(), kStreets, 0.55, notes);
    CHECK(haversine_m({zones[0].lon_deg, zones[0].lat_deg}, {120.005, 30}) < 0.01);
}
