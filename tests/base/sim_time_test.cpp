#include "base/sim_time.h"

#include <doctest/doctest.h>

using namespace jiahe;

TEST_CASE("travel times round up to the next microsecond") {
    CHECK(ceil_seconds(1).us == 1'000'000);
    CHECK(ceil_seconds(1.0000001).us == 1'000'001);
    CHECK(ceil_seconds(200 / 13.888888888888889).us == 14'400'000);  // 200 m at 50 km/h: 14.4 s
    CHECK(ceil_seconds(7.2).us == 7'200'000);
}

TEST_CASE("a positive time is never zero and zero stays zero") {
    CHECK(ceil_seconds(1e-18).us == 1);
    CHECK(ceil_seconds(0).us == 0);
}

TEST_CASE("minutes and hours are exact") {
    CHECK(minutes(15) == whole_seconds(900));
    CHECK(hours(24) == minutes(1440));
    CHECK(hours(1).us == 3'600'000'000);
}

TEST_CASE("never is later than a thousand years and adding to it does not overflow") {
    CHECK(kNever > hours(24 * 366 * 1000));
    CHECK(kNever + kNever > kNever);
}

TEST_CASE("times order, add and multiply as integers") {
    CHECK(SimTime{1} < SimTime{2});
    CHECK((SimTime{5} - SimTime{7}).us == -2);
    CHECK((whole_seconds(3) * 4).us == 12'000'000);
    CHECK(whole_seconds(2).seconds() == 2.0);
}
