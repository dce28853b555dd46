// How tolling meets roads and network in one run: sites, places, payment classes.
//
// Composition root helper: from the City and the systems to the options of the couplings. Pure.
// Shapes: one entry a plaza, then a gantry, in the order of the City's layers. Errors: none.
#pragma once

#include <vector>

#include "coupling/vehicles_pass_gantries.h"
#include "coupling/vehicles_pay_at_plazas.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_system.h"
#include "traffic/traffic_system.h"
#include "world/city.h"

namespace jiahe::city {

// Toll class of each vehicle class: cars and vans small, trucks large.
std::vector<tolling::TollClass> toll_classes();

coupling::VehiclesPayAtPlazas::Options plaza_options(const City& city,
                                                     const traffic::TrafficSystem& traffic,
                                                     const tolling::TollingSystem& tolling);
coupling::VehiclesPassGantries::Options gantry_options(const City& city,
                                                       const traffic::TrafficSystem& traffic,
                                                       const tolling::TollingSystem& tolling);
// [tolling owner] -> telecom site: plazas, then gantries.
std::vector<std::uint32_t> toll_network_sites(const telecom::TelecomNetwork& network,
                                              const City& city);
std::vector<kernel::EntityId> owners_of_sites(const telecom::TelecomSystem& telecom,
                                              const std::vector<std::uint32_t>& sites);

}  // namespace jiahe::city
