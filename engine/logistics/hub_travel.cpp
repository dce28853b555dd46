#include "logistics/hub_travel.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace jiahe::logistics {

std::vector<TravelMatrix> travel_of_hubs(const City& city, const ParcelOrders& orders,
                                         double van_speed_most_mps, int threads) {
    const auto link_us = expected_link_us(city.graph(), van_speed_most_mps);
    std::vector<TravelMatrix> travel;
    for (std::size_t h = 0; h < city.hub_node.size(); ++h) {
        std::vector<NodeId> places(orders.node.begin() + orders.hub_first[h],
                                   orders.node.begin() + orders.hub_first[h + 1]);
        places.push_back(city.hub_node[h]);
        std::sort(places.begin(), places.end());
        places.erase(std::unique(places.begin(), places.end()), places.end());
        if (places.size() > kHubPlacesMost) {
            throw InputError(
                InputFault{"E-LOG-003",
                           {"", 0, 0, "hub " + city.sites().hubs[h].name},
                           fmt::format("it serves {} places, at most {} are planned for",
                                       places.size(), kHubPlacesMost),
                           "give the area more hubs"});
        }
        travel.push_back(make_travel_matrix(city.graph(), link_us, std::move(places), threads));
    }
    return travel;
}

}  // namespace jiahe::logistics
