// How parcels meet roads, tolls and network: places, sites, and the couplings that tie them.
//
// Composition root helper. REQUIRES: all four systems are added to the simulator. Lives as long as
// the run; City lifecycle otherwise. Errors: none.
#pragma once

#include <memory>
#include <vector>

#include "coupling/lost_contact_blinds_the_dispatcher.h"
#include "coupling/parcels_ride_vehicles.h"
#include "coupling/scans_load_the_network.h"
#include "coupling/tolls_are_booked_on_tours.h"
#include "logistics/logistics_system.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_system.h"
#include "traffic/traffic_system.h"
#include "world/city.h"

namespace jiahe::city {

class LogisticsWiring {
  public:
    // link_site[link]: the telecom cell of the link's middle.
    LogisticsWiring(const City& city, const logistics::LogisticsSystem& logistics,
                    const traffic::TrafficSystem& traffic, const tolling::TollingSystem& tolling,
                    const telecom::TelecomSystem& telecom,
                    const std::vector<std::uint32_t>& link_site, kernel::Simulator& simulator);

  private:
    std::unique_ptr<coupling::ParcelsRideVehicles> rides_;
    std::unique_ptr<coupling::TollsAreBookedOnTours> tolls_;
    std::unique_ptr<coupling::ScansLoadTheNetwork> scans_;
    std::unique_ptr<coupling::LostContactBlindsTheDispatcher> contact_;
};

}  // namespace jiahe::city
