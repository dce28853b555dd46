#include "logistics/hub_travel.h"

#include <doctest/doctest.h>

#include "logistics/parcel_town.h"

namespace jiahe::logistics {

TEST_CASE("each hub knows the ways between itself and the places of its parcels") {
    const City city = parcel_city(400);
    const ParcelOrders orders = draw_orders(city, parcel_options().orders);
    const auto travel = travel_of_hubs(city, orders, 1000);
    REQUIRE(travel.size() == city.hub_node.size());
    for (std::size_t h = 0; h < travel.size(); ++h) {
        const TravelMatrix& matrix = travel[h];
        const std::size_t hub = matrix.row_of(city.hub_node[h]);
        for (std::uint32_t p = orders.hub_first[h]; p < orders.hub_first[h + 1]; ++p) {
            const std::size_t place = matrix.row_of(orders.node[p]);
            const std::int32_t metres = matrix.length_m[hub * matrix.count() + place];
            // Links of 500 m at 10 m/s.
            REQUIRE(metres % 500 == 0);
            REQUIRE(matrix.time_ms[hub * matrix.count() + place] == 100 * metres);
            REQUIRE(matrix.length_m[place * matrix.count() + hub] == metres);
        }
    }
}

TEST_CASE("a van slower than the street is planned at its own speed") {
    const City city = parcel_city(400);
    const ParcelOrders orders = draw_orders(city, parcel_options().orders);
    const auto quick = travel_of_hubs(city, orders, 1000), slow = travel_of_hubs(city, orders, 5);
    REQUIRE(quick[0].count() == slow[0].count());
    for (std::size_t i = 0; i < quick[0].time_ms.size(); ++i)
        REQUIRE(slow[0].time_ms[i] == 2 * quick[0].time_ms[i]);
}

}  // namespace jiahe::logistics
