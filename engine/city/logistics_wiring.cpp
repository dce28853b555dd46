#include "city/logistics_wiring.h"

#include <algorithm>

#include "telecom/site_specs.h"

namespace jiahe::city {
namespace {

std::vector<std::vector<std::uint32_t>> places_of_hubs(const City& city,
                                                       const logistics::ParcelOrders& orders) {
    std::vector<std::vector<std::uint32_t>> places;
    for (std::size_t h = 0; h < city.hub_node.size(); ++h) {
        std::vector<std::uint32_t> nodes = {city.hub_node[h].value};
        for (std::uint32_t p = orders.hub_first[h]; p < orders.hub_first[h + 1]; ++p) {
            nodes.push_back(orders.node[p].value);
        }
        std::sort(nodes.begin(), nodes.end());
        nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
        places.push_back(std::move(nodes));
    }
    return places;
}

}  // namespace

LogisticsWiring::LogisticsWiring(const City& city, const logistics::LogisticsSystem& logistics,
                                 const traffic::TrafficSystem& traffic,
                                 const tolling::TollingSystem& tolling,
                                 const telecom::TelecomSystem& telecom,
                                 const std::vector<std::uint32_t>& link_site,
                                 kernel::Simulator& simulator) {
    std::vector<std::uint32_t> hub_of_van;
    for (std::uint32_t v = 0; v < logistics.van_count(); ++v) {
        hub_of_van.push_back(logistics.hub_of_van(v));
    }
    rides_ = std::make_unique<coupling::ParcelsRideVehicles>(coupling::ParcelsRideVehicles::Options{
        logistics.id(), traffic.id(), traffic.trip_count(), hub_of_van,
        places_of_hubs(city, logistics.orders())});
    rides_->connect(simulator);
    tolls_ =
        std::make_unique<coupling::TollsAreBookedOnTours>(coupling::TollsAreBookedOnTours::Options{
            tolling.id(), logistics.id(), tolling.owner_count(), logistics.owner_count(),
            traffic.trip_count(), hub_of_van});
    tolls_->connect(simulator);
    const std::vector<std::uint32_t> hub_site = telecom::hub_sites(telecom.network(), city);
    std::vector<std::uint32_t> node_site(city.graph().node_count(), 0);
    for (std::size_t l = 0; l < city.graph().link_count(); ++l) {
        node_site[city.graph().link_to[l].index()] = link_site[l];
    }
    std::vector<kernel::EntityId> site_owner, hub_site_owner;
    for (std::uint32_t s = 0; s < telecom.network().site_count(); ++s) {
        site_owner.push_back(telecom.owner_of_site(s));
    }
    for (const std::uint32_t s : hub_site)
        hub_site_owner.push_back(site_owner[s]);
    scans_ = std::make_unique<coupling::ScansLoadTheNetwork>(coupling::ScansLoadTheNetwork::Options{
        logistics.id(), telecom.id(), hub_site, node_site, site_owner});
    scans_->connect(simulator);
    contact_ = std::make_unique<coupling::LostContactBlindsTheDispatcher>(
        coupling::LostContactBlindsTheDispatcher::Options{telecom.id(), logistics.id(), hub_site,
                                                          hub_site_owner});
    contact_->connect(simulator);
}

}  // namespace jiahe::city
