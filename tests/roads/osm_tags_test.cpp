#include "roads/osm_tags.h"

#include <doctest/doctest.h>

using namespace jiahe;

namespace {

OsmTags tags_of(std::initializer_list<std::pair<const char*, const char*>> list) {
    OsmTags tags;
    for (const auto& [key, value] : list)
        tags.add(key, value);
    return tags;
}

OsmRoad road_of(std::initializer_list<std::pair<const char*, const char*>> list) {
    const OsmRoadReading reading = read_osm_road(tags_of(list));
    REQUIRE(reading.road.has_value());
    return *reading.road;
}

std::string refused(std::initializer_list<std::pair<const char*, const char*>> list) {
    const OsmRoadReading reading = read_osm_road(tags_of(list));
    CHECK_FALSE(reading.road.has_value());
    return reading.refused;
}

double kmh(const char* text) {
    return osm_speed_mps(text, RoadClass::kResidential).value_or(0) * 3.6;
}

}  // namespace

TEST_CASE("classes for cars are read, also with a suffix of bridge or tunnel") {
    CHECK(osm_road_class("motorway_link") == RoadClass::kMotorwayLink);
    CHECK(osm_road_class("primary_bridge") == RoadClass::kPrimary);
    CHECK(osm_road_class("motorway_tunnel") == RoadClass::kMotorway);
    CHECK(osm_road_class("road") == RoadClass::kUnclassified);
    CHECK_FALSE(osm_road_class("footway").has_value());
    CHECK_FALSE(osm_road_class("track").has_value());
    CHECK_FALSE(osm_road_class("").has_value());
}

TEST_CASE("speed limits come in km/h, mph, knots, words and zones") {
    CHECK(kmh("50") == doctest::Approx(50));
    CHECK(kmh("50 km/h") == doctest::Approx(50));
    CHECK(kmh("30 mph") == doctest::Approx(48.28032));
    CHECK(kmh("10 knots") == doctest::Approx(18.52));
    CHECK(kmh("walk") == doctest::Approx(7));
    CHECK(kmh("none") == doctest::Approx(130));
    CHECK(kmh("50;30") == doctest::Approx(50));
    CHECK(kmh("DE:urban") == doctest::Approx(50));
    CHECK(kmh("DE:rural") == doctest::Approx(100));
    CHECK(kmh("CH:rural") == doctest::Approx(80));
    CHECK(kmh("DE:zone:30") == doctest::Approx(30));
    CHECK(kmh("DE:zone30") == doctest::Approx(30));
    CHECK(kmh("xy:urban") == doctest::Approx(50));
    CHECK(kmh("signals") == 0);
    CHECK(kmh("fast") == 0);
    CHECK(kmh("-20") == 0);
    CHECK(kmh("50 furlongs") == 0);
    CHECK(kmh("nan") == 0);
    CHECK(kmh("inf") == 0);
}

TEST_CASE("one-way streets, also against the drawing, and those that are one-way by nature") {
    CHECK(road_of({{"highway", "primary"}}).backward);
    CHECK_FALSE(road_of({{"highway", "primary"}, {"oneway", "yes"}}).backward);
    const OsmRoad against = road_of({{"highway", "primary"}, {"oneway", "-1"}});
    CHECK_FALSE(against.forward);
    CHECK(against.backward);
    CHECK_FALSE(road_of({{"highway", "motorway"}}).backward);
    CHECK(road_of({{"highway", "motorway"}, {"oneway", "no"}}).backward);
    const OsmRoad ring = road_of({{"highway", "tertiary"}, {"junction", "roundabout"}});
    CHECK_FALSE(ring.backward);
    CHECK(ring.roundabout);
}

TEST_CASE(
    "the most specific one-way tag decides, and access in one direction closes that direction") {
    CHECK_FALSE(road_of({{"highway", "primary"}, {"oneway:motorcar", "yes"}}).backward);
    CHECK(road_of({{"highway", "primary"}, {"oneway", "yes"}, {"oneway:motor_vehicle", "no"}})
              .backward);
    CHECK_FALSE(road_of({{"highway", "primary"}, {"motor_vehicle:backward", "no"}}).backward);
    CHECK_FALSE(road_of({{"highway", "primary"}, {"vehicle:forward", "no"}}).forward);
    CHECK(road_of({{"highway", "primary"}, {"access:backward", "no"}, {"motorcar:backward", "yes"}})
              .backward);
    CHECK(refused({{"highway", "primary"}, {"oneway", "reversible"}}) == "oneway=reversible");
}

TEST_CASE("lanes are split between the directions as far as the tags tell") {
    const OsmRoad both = road_of({{"highway", "primary"}, {"lanes", "4"}});
    CHECK(both.lanes_forward == 2);
    CHECK(both.lanes_backward == 2);
    CHECK_FALSE(both.lanes_guessed);
    const OsmRoad uneven =
        road_of({{"highway", "primary"}, {"lanes", "3"}, {"lanes:forward", "2"}});
    CHECK(uneven.lanes_forward == 2);
    CHECK(uneven.lanes_backward == 1);
    CHECK(road_of({{"highway", "primary"}, {"lanes", "3"}, {"oneway", "yes"}}).lanes_forward == 3);
    CHECK(road_of({{"highway", "residential"}, {"lanes", "1"}}).lanes_backward == 1);
    CHECK(road_of({{"highway", "motorway"}}).lanes_forward == 2);
    CHECK(road_of({{"highway", "motorway"}}).lanes_guessed);
    CHECK(osm_lane_count("2;3") == 2);
    CHECK(osm_lane_count("1.5") == 1);
    CHECK_FALSE(osm_lane_count("many").has_value());
    CHECK_FALSE(osm_lane_count("inf").has_value());
}

TEST_CASE("the most specific access tag decides") {
    CHECK(refused({{"highway", "residential"}, {"access", "no"}}) == "access=no");
    CHECK(refused({{"highway", "residential"}, {"motor_vehicle", "private"}}) ==
          "motor_vehicle=private");
    CHECK(refused({{"highway", "service"}, {"service", "parking_aisle"}}) ==
          "service=parking_aisle");
    CHECK(refused({{"highway", "residential"}, {"area", "yes"}}) == "area=yes");
    CHECK(refused({{"highway", "steps"}}) == "");
    CHECK(
        road_of({{"highway", "residential"}, {"access", "no"}, {"motor_vehicle", "yes"}}).forward);
    CHECK(road_of({{"highway", "residential"}, {"access", "destination"}}).forward);
}

TEST_CASE("a road without a limit gets its class's speed and says so") {
    const OsmRoad road = road_of({{"highway", "secondary"}, {"name", "Marktweg"}});
    CHECK(road.speed_guessed);
    CHECK(road.speed_forward_mps == doctest::Approx(50 / 3.6));
    CHECK(road.name == "Marktweg");
    const OsmRoad uneven =
        road_of({{"highway", "secondary"}, {"maxspeed", "70"}, {"maxspeed:backward", "50"}});
    CHECK(uneven.speed_forward_mps == doctest::Approx(70 / 3.6));
    CHECK(uneven.speed_backward_mps == doctest::Approx(50 / 3.6));
}
