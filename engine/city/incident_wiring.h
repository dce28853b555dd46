// How the scenario's script of events meets the city: names of all targets, couplings to their
// owners.
//
// Composition root helper. The directory offers road links by external id, lanes by their plaza,
// plazas, cells, backhaul links and data centres by name; demand, where it is generated, surges
// when the trips are made. Errors: InputError E-RES-* with the place of the event and the nearest
// valid name.
#pragma once

#include <memory>

#include "coupling/scripted_events_close_roads.h"
#include "coupling/scripted_events_close_toll_lanes.h"
#include "coupling/scripted_events_fail_network_links.h"
#include "kernel/simulator.h"
#include "resilience/resilience_system.h"
#include "scenario/scenario.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_system.h"
#include "traffic/traffic_system.h"
#include "world/city.h"

namespace jiahe::city {

class IncidentWiring {
  public:
    // Adds the resilience system to the simulator and connects it. REQUIRES: the others are added.
    IncidentWiring(const scenario::Scenario& scenario, scenario::FaultList& faults,
                   const City& city, const traffic::TrafficSystem& traffic,
                   const tolling::TollingSystem& tolling, const telecom::TelecomSystem& telecom,
                   kernel::Simulator& simulator);

    const resilience::ResilienceSystem& system() const { return *system_; }

  private:
    void connect_roads(const City& city, const traffic::TrafficSystem& traffic,
                       kernel::Simulator& simulator);
    void connect_lanes(const tolling::TollingSystem& tolling, kernel::Simulator& simulator);
    void connect_network(const telecom::TelecomSystem& telecom, kernel::Simulator& simulator);

    std::unique_ptr<resilience::ResilienceSystem> system_;
    std::unique_ptr<coupling::ScriptedEventsCloseRoads> roads_;
    std::unique_ptr<coupling::ScriptedEventsCloseTollLanes> lanes_;
    std::unique_ptr<coupling::ScriptedEventsFailNetworkLinks> network_;
};

}  // namespace jiahe::city
