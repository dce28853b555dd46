#include "geo/coordinate_system.h"

#include <doctest/doctest.h>

using namespace jiahe;

namespace {

InputFault refusal(const std::string& text) {
    try {
        CoordinateSystem::of(text, {"--crs", 0, 0, ""});
    } catch (const InputError& error) {
        return error.faults()[0];
    }
    return {};
}

}  // namespace

TEST_CASE("a projected system gives the longitude and latitude that its definition states") {
    // Web Mercator: x = R * lon, y = R * ln tan(45 deg + lat / 2) with R = 6378137 m.
    const auto mercator = CoordinateSystem::of("EPSG:3857", {});
    const auto place = mercator.to_wgs84(13358338.895192828, 3503549.843504374);
    REQUIRE(place);
    CHECK(place->lon_deg == doctest::Approx(120).epsilon(1e-9));
    CHECK(place->lat_deg == doctest::Approx(30).epsilon(1e-9));
    // UTM zone 51: the central meridian, 123 E, has easting 500 km.
    const auto utm = CoordinateSystem::of("epsg:32651", {}).to_wgs84(500'000, 0);
    REQUIRE(utm);
    CHECK(utm->lon_deg == doctest::Approx(123).epsilon(1e-9));
    CHECK(utm->lat_deg == doctest::Approx(0).epsilon(1e-9));
}

TEST_CASE("the Chinese datums are those of the datum file, and the default changes nothing") {
    const LonLat p{120.75, 30.75};
    CHECK(*CoordinateSystem::of("GCJ02", {}).to_wgs84(120.75, 30.75) == gcj02_to_wgs84(p));
    CHECK(*CoordinateSystem::of("bd09", {}).to_wgs84(120.75, 30.75) == to_wgs84(p, Datum::kBd09));
    CHECK(*CoordinateSystem().to_wgs84(120.75, 30.75) == p);
    CHECK(CoordinateSystem::of("EPSG:4326", {}).is_wgs84());
    CHECK_FALSE(CoordinateSystem().to_wgs84(200, 95));
    CHECK_FALSE(CoordinateSystem::of("EPSG:3857", {}).to_wgs84(1e300, 1e300));
}

TEST_CASE("a system that is none is refused at the place where it was written") {
    CHECK(refusal("gjc02").to_string() ==
          "--crs: error[E-GEO-010]: 'gjc02' is no coordinate system (did you mean 'gcj02'?)");
    CHECK(refusal("EPSG:").code == "E-GEO-010");
    CHECK(refusal("EPSG:4326x").code == "E-GEO-010");
    CHECK(refusal("EPSG:99999").code == "E-GEO-010");
    CHECK(refusal("EPSG:2000000000000").code == "E-GEO-010");
    CHECK(refusal("EPSG:5773").code == "E-GEO-010");  // heights
    CHECK(refusal("EPSG:4978").code == "E-GEO-010");  // from the earth's centre
    CHECK(refusal("+proj=utm +zone=51").code == "E-GEO-010");
    CHECK(refusal("").code == "E-GEO-010");
}

TEST_CASE("a system beside the one that the file declares must not contradict it") {
    const Place place{"config.csv", 2, 1, ""};
    const auto utm = CoordinateSystem::of("EPSG:32651", {});
    CHECK(utm.beside_declared(0, place).epsg() == 32651);
    CHECK(utm.beside_declared(32651, place).epsg() == 32651);
    CHECK_THROWS_AS(utm.beside_declared(4326, place), InputError);
    CHECK(CoordinateSystem().beside_declared(32651, place).epsg() == 32651);
    const auto gcj = CoordinateSystem::of("gcj02", {});
    CHECK(gcj.beside_declared(4326, place).datum() == Datum::kGcj02);
    CHECK_THROWS_AS(gcj.beside_declared(32651, place), InputError);
}
