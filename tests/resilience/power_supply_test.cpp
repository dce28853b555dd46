#include "resilience/power_supply.h"

using namespace jiahe;
using namespace jiahe::resilience;

namespace {

std::vector<Interval> down(const PowerSupply& supply, std::vector<Interval> outages) {
    return times_without_power(supply, outages);
}

}  // namespace

TEST_CASE("a cell with a 3 h battery is down for exactly 2 h of a 5 h outage") {
    const std::vector<Interval> expected = {{hours(3), hours(5)}};
    CHECK(down(kMacroCellSupply, {{{0}, hours(5)}}) == expected);
    CHECK(down(kMacroCellSupply, {{{0}, hours(3)}}).empty());
    CHECK(down(kMacroCellSupply, {}).empty());
}

TEST_CASE("a generator behind 12 min of UPS bridges 12 h, and the UPS carries 12 min more") {
    // Start after 30 s, fuel for 12 h: it stops at 12 h 0 min 30 s; by then the UPS is full again.
    const SimTime fuel_ends = hours(12) + whole_seconds(30);
    const std::vector<Interval> expected = {{fuel_ends + minutes(12), hours(20)}};
    CHECK(down(kDataCentreSupply, {{{0}, hours(20)}}) == expected);
    CHECK(down(kDataCentreSupply, {{{0}, hours(12)}}).empty());
    PowerSupply no_recharge = kDataCentreSupply;
    no_recharge.recharge_factor = 0;  // 30 s of the UPS are gone: 11.5 min
    const std::vector<Interval> sooner = {{fuel_ends + minutes(11) + whole_seconds(30), hours(20)}};
    CHECK(down(no_recharge, {{{0}, hours(20)}}) == sooner);
}

TEST_CASE("a battery that had too little time to recharge lasts for what it has") {
    // 2 h out of 3 h used; 4 h on the grid give back 1 h: 2 h are left for the second outage.
    const std::vector<Interval> expected = {{hours(8), hours(9)}};
    CHECK(down(kMacroCellSupply, {{{0}, hours(2)}, {hours(6), hours(9)}}) == expected);
}

TEST_CASE("a late generator ends the gap that an empty battery leaves") {
    const PowerSupply supply{minutes(1), minutes(3), hours(1), 4};
    const std::vector<Interval> expected = {{minutes(1), minutes(3)}};
    CHECK(down(supply, {{{0}, minutes(30)}}) == expected);
}
