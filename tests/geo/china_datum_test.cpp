#include "geo/china_datum.h"

#include <doctest/doctest.h>

#include <map>

#include "geo/vector_layer.h"
#include "support/shared_data.h"

using namespace jiahe;

TEST_CASE("the shift near Jiaxing has the size that its data page states") {
    const LonLat wgs84{120.75, 30.75};
    const LonLat gcj02 = wgs84_to_gcj02(wgs84);
    // 475..508 m, about +0.0046 degrees east and -0.0022 north.
    CHECK(haversine_m(wgs84, gcj02) > 470);
    CHECK(haversine_m(wgs84, gcj02) < 515);
    CHECK(gcj02.lon_deg - wgs84.lon_deg == doctest::Approx(0.0046).epsilon(0.05));
    CHECK(gcj02.lat_deg - wgs84.lat_deg == doctest::Approx(-0.0022).epsilon(0.1));
}

TEST_CASE("every conversion can be undone to a tenth of a millimetre") {
    for (double lon = 75; lon < 135; lon += 7.3) {
        for (double lat = 5; lat < 55; lat += 5.7) {
            for (const Datum datum : {Datum::kGcj02, Datum::kBd09}) {
                const LonLat back = to_wgs84(from_wgs84({lon, lat}, datum), datum);
                CHECK(haversine_m({lon, lat}, back) < 1e-3);
            }
        }
    }
}

TEST_CASE("outside China nothing is shifted") {
    CHECK(wgs84_to_gcj02({9.5, 47.1}) == LonLat{9.5, 47.1});
    CHECK(gcj02_to_wgs84({9.5, 47.1}) == LonLat{9.5, 47.1});
}

TEST_CASE("57 of 57 toll stations of Jiaxing lie in a unit after the shift, 56 before it") {
    if (!has_shared_data("jiaxing/districts.geojson")) return;
    const VectorLayer units = read_layer(shared_data("jiaxing/districts.geojson"));
    CHECK(units.features.size() == 7);
    const VectorLayer stations = read_layer(shared_data("jiaxing/toll_stations.csv"));
    CHECK(stations.features.size() == 57);
    const std::size_t lon = stations.field("lon"), lat = stations.field("lat");
    const std::size_t code = units.field("adcode"), stated = stations.field("adcode");
    int inside = 0, untransformed = 0, as_stated = 0;
    for (const Feature& station : stations.features) {
        const LonLat wgs84{stations.real(station, lon), stations.real(station, lat)};
        const LonLat gcj02 = wgs84_to_gcj02(wgs84);
        for (const Feature& unit : units.features) {
            untransformed += contains(unit.polygons, wgs84) ? 1 : 0;
            if (!contains(unit.polygons, gcj02)) continue;
            ++inside;
            as_stated += units.text(unit, code) == stations.text(station, stated) ? 1 : 0;
        }
    }
    CHECK(inside == 57);
    CHECK(as_stated == 57);
    CHECK(untransformed == 56);
}

TEST_CASE("the units of Jiaxing have the areas that the data page states") {
    if (!has_shared_data("jiaxing/districts.geojson")) return;
    const VectorLayer units = read_layer(shared_data("jiaxing/districts.geojson"));
    const std::map<std::string, double> stated_km2 = {
        {"330402", 445.4}, {"330411", 543.1}, {"330421", 507.7}, {"330424", 950.6},
        {"330481", 857.6}, {"330482", 581.5}, {"330483", 727.0}};
    for (const Feature& unit : units.features) {
        double km2 = 0;
        for (const Polygon& polygon : unit.polygons)
            km2 += area_m2(polygon) / 1e6;
        const std::string code = units.text(unit, units.field("adcode"));
        CAPTURE(code);
        REQUIRE(stated_km2.contains(code));
        CHECK(km2 == doctest::Approx(stated_km2.at(code)).epsilon(0.005));
    }
}
