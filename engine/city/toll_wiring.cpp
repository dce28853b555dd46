#include "city/toll_wiring.h"

#include "telecom/site_specs.h"

namespace jiahe::city {

std::vector<tolling::TollClass> toll_classes() {
    return {tolling::TollClass::kSmall, tolling::TollClass::kLarge, tolling::TollClass::kSmall};
}

coupling::VehiclesPayAtPlazas::Options plaza_options(const City& city,
                                                     const traffic::TrafficSystem& traffic,
                                                     const tolling::TollingSystem& tolling) {
    coupling::VehiclesPayAtPlazas::Options o;
    o.traffic = traffic.id();
    o.tolling = tolling.id();
    for (std::size_t p = 0; p < city.plaza_link.size(); ++p) {
        o.gates.push_back({city.graph().link_to[city.plaza_link[p].index()].value,
                           tolling.plaza_owner(tolling::PlazaId(p))});
    }
    o.toll_class = toll_classes();
    o.first_fleet_vehicle = traffic.trip_count();
    return o;
}

coupling::VehiclesPassGantries::Options gantry_options(const City& city,
                                                       const traffic::TrafficSystem& traffic,
                                                       const tolling::TollingSystem& tolling) {
    coupling::VehiclesPassGantries::Options o;
    o.traffic = traffic.id();
    o.tolling = tolling.id();
    for (std::size_t g = 0; g < city.gantry_link.size(); ++g) {
        const LinkId link = city.gantry_link[g];
        o.gantries.push_back({link.value, city.graph().link_to[link.index()].value,
                              tolling.gantry_owner(tolling::GantryId(g))});
    }
    o.toll_class = toll_classes();
    o.first_fleet_vehicle = traffic.trip_count();
    return o;
}

std::vector<std::uint32_t> toll_network_sites(const telecom::TelecomNetwork& network,
                                              const City& city) {
    std::vector<std::uint32_t> sites = telecom::plaza_sites(network, city);
    const std::vector<std::uint32_t> gantries = telecom::gantry_sites(network, city);
    sites.insert(sites.end(), gantries.begin(), gantries.end());
    return sites;
}

std::vector<kernel::EntityId> owners_of_sites(const telecom::TelecomSystem& telecom,
                                              const std::vector<std::uint32_t>& sites) {
    std::vector<kernel::EntityId> owners;
    for (const std::uint32_t site : sites)
        owners.push_back(telecom.owner_of_site(site));
    return owners;
}

}  // namespace jiahe::city
