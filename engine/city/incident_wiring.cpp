#include "city/incident_wiring.h"

#include <fmt/format.h>

#include <algorithm>

#include "resilience/incident_script.h"
#include "resilience/resilience_section.h"
#include "scenario/core_sections.h"
#include "traffic/traffic_section.h"

namespace jiahe::city {
namespace {

using scenario::TargetKind;

// Trips of a table are what they are; those that are generated may surge.
bool may_surge(const scenario::Scenario& scenario) {
    return scenario["traffic"]["demand"]["source"].choice<traffic::DemandSource>() ==
           traffic::DemandSource::kGenerated;
}

resilience::TargetDirectory make_directory(const City& city, const telecom::TelecomNetwork& network,
                                           const tolling::TollingSystem& tolling) {
    resilience::TargetDirectory directory;
    for (std::size_t l = 0; l < city.graph().link_count(); ++l) {
        const std::string id = fmt::format("{}", city.graph().link_external_id[l]);
        directory.add(TargetKind::kLink, id, static_cast<std::uint32_t>(l));
        directory.add(TargetKind::kRoad, id, static_cast<std::uint32_t>(l));
    }
    for (std::uint32_t p = 0; p < tolling.plaza_count(); ++p) {
        const std::string& name = city.sites().plazas[p].name;
        directory.add(TargetKind::kPlaza, name, p);
        directory.set_lane_count(p, tolling.lane_end(p) - tolling.lane_begin(p));
    }
    const auto cells = network.cell_names();
    for (std::size_t c = 0; c < cells.size(); ++c) {
        directory.add(TargetKind::kCell, cells[c], network.radio_link(c));
    }
    for (const auto& link : network.backhaul_names()) {
        directory.add(TargetKind::kBackhaul, link.name, link.link);
    }
    const auto centres = network.data_centre_names();
    for (std::size_t d = 0; d < centres.size(); ++d) {
        directory.add(TargetKind::kDataCentre, centres[d], network.entry_link(d));
    }
    return directory;
}

}  // namespace

IncidentWiring::IncidentWiring(const scenario::Scenario& scenario, scenario::FaultList& faults,
                               const City& city, const traffic::TrafficSystem& traffic,
                               const tolling::TollingSystem& tolling,
                               const telecom::TelecomSystem& telecom,
                               kernel::Simulator& simulator) {
    auto directory = make_directory(city, telecom.network(), tolling);
    if (may_surge(scenario)) directory.add(TargetKind::kDemand, "all", 0);
    const auto config = resilience::read_resilience(scenario["resilience"]);
    auto orders = resilience::compile_script(scenario::read_events(scenario), directory, faults);
    faults.throw_if_any();
    system_ = std::make_unique<resilience::ResilienceSystem>(std::move(orders), config.notice);
    simulator.add_system(*system_);
    connect_roads(city, traffic, simulator);
    connect_lanes(tolling, simulator);
    connect_network(telecom, simulator);
}

void IncidentWiring::connect_roads(const City& city, const traffic::TrafficSystem& traffic,
                                   kernel::Simulator& simulator) {
    coupling::ScriptedEventsCloseRoads::Options o;
    o.resilience = system_->id();
    o.traffic = traffic.id();
    o.script = system_->owner();
    o.notice = system_->notice();
    o.targets = system_->targets(resilience::RecordKind::kLinkOrdered);
    for (const NodeId node : city.graph().link_from)
        o.from_node.push_back(node.value);
    roads_ = std::make_unique<coupling::ScriptedEventsCloseRoads>(std::move(o));
    roads_->connect(simulator);
}

void IncidentWiring::connect_lanes(const tolling::TollingSystem& tolling,
                                   kernel::Simulator& simulator) {
    coupling::ScriptedEventsCloseTollLanes::Options o;
    o.resilience = system_->id();
    o.tolling = tolling.id();
    o.script = system_->owner();
    o.notice = system_->notice();
    o.targets = system_->targets(resilience::RecordKind::kPlazaOrdered);
    const auto lanes = system_->targets(resilience::RecordKind::kLaneOrdered);
    o.targets.insert(o.targets.end(), lanes.begin(), lanes.end());
    lanes_ = std::make_unique<coupling::ScriptedEventsCloseTollLanes>(std::move(o));
    lanes_->connect(simulator);
}

void IncidentWiring::connect_network(const telecom::TelecomSystem& telecom,
                                     kernel::Simulator& simulator) {
    coupling::ScriptedEventsFailNetworkLinks::Options o;
    o.resilience = system_->id();
    o.telecom = telecom.id();
    o.script = system_->owner();
    o.notice = system_->notice();
    for (const auto kind :
         {resilience::RecordKind::kCellOrdered, resilience::RecordKind::kBackhaulOrdered,
          resilience::RecordKind::kDataCentreOrdered}) {
        const auto links = system_->targets(kind);
        o.targets.insert(o.targets.end(), links.begin(), links.end());
    }
    for (std::uint32_t l = 0; l < telecom.network().link_count(); ++l) {
        o.link_owner.push_back(telecom.owner_of_link(l));
    }
    network_ = std::make_unique<coupling::ScriptedEventsFailNetworkLinks>(std::move(o));
    network_->connect(simulator);
}

}  // namespace jiahe::city
