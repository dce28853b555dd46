#include "evaluation/map_pack.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiahe::evaluation {
namespace {

std::string encoded(std::string_view text) {
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    return base64(bytes);
}

}  // namespace

TEST_CASE("base64 gives the vectors of RFC 4648") {
    CHECK(encoded("") == "");
    CHECK(encoded("f") == "Zg==");
    CHECK(encoded("fo") == "Zm8=");
    CHECK(encoded("foo") == "Zm9v");
    CHECK(encoded("foob") == "Zm9vYg==");
    CHECK(encoded("fooba") == "Zm9vYmE=");
    CHECK(encoded("foobar") == "Zm9vYmFy");
}

TEST_CASE("six bits are one digit, from 0 to 63") {
    CHECK(six_bit_digits(std::vector<std::uint8_t>{0, 25, 26, 51, 52, 61, 62, 63}) == "AZaz09+/");
}

TEST_CASE("bins are merged until the map stays small") {
    CHECK(bins_per_step(20, 6000, 900) == 1);      // 20 x 6,000 x 2 = 240,000 bytes
    CHECK(bins_per_step(96, 1000, 900) == 2);      // at most 48 steps
    CHECK(bins_per_step(96, 60000, 900) == 4);     // 32 steps of 45 min would do, but are no hours
    CHECK(bins_per_step(96, 1000000, 900) == 48);  // 2 x 1,000,000 x 2 = 4 MB, the bound
    CHECK(bins_per_step(0, 10, 900) == 1);
    CHECK(bins_per_step(50, 10, 420) == 50);  // no run of 7 min bins fits hours: all in one
}

TEST_CASE("a network of no links is an empty map") {
    CHECK(map_json(RunRecord{}) == R"({"n":0})");
}

TEST_CASE("speeds are packed as ratios of merged bins, large roads last") {
    RunRecord run;
    TrafficPart& t = run.traffic;
    t.bins = {{0}, 3600};
    t.link = {5, 6};
    t.length_m = {1000, 1000};
    t.free_speed_mps = {20, 10};
    t.capacity_vph = {100, 1000};
    t.from_lon = {120, 120};
    t.from_lat = {30, 30};
    t.to_lon = {120.01, 120};
    t.to_lat = {30, 30.01};
    t.road_class = {0, 11};
    t.lanes = {2, 1};
    t.flow = {50, 0};
    t.travel_time_s = {100, 0};
    const std::string json = map_json(run);
    // Order: link 6 (class 11), then link 5. Ratio: none -> 0; 10 of 20 m/s -> 30 sixtieths. Load:
    // 0; 50 of 100 an hour -> 20 fortieths. Digits 0, 30 and 20 are A, e and U.
    CHECK(json.find("\"ratio\":\"Ae\"") != std::string::npos);
    CHECK(json.find("\"load\":\"AU\"") != std::string::npos);
    CHECK(json.find("\"id\":\"BgAAAAUAAAA=\"") != std::string::npos);  // 6 and 5 as uint32
    // The plane's height is 0.01 degrees of the mean earth: 1,111.95 m; its longer side gives
    // steps.
    CHECK(json.find("\"height_m\":1111.95") != std::string::npos);
}

}  // namespace jiahe::evaluation
