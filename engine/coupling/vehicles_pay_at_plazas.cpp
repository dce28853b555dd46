#include "coupling/vehicles_pay_at_plazas.h"

#include <algorithm>

#include "kernel/context.h"

namespace jiahe::coupling {
namespace {

using TrafficRecord = traffic::RecordKind;
using TollRecord = tolling::RecordKind;

template <class Kind>
std::uint8_t own(Kind kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

VehiclesPayAtPlazas::VehiclesPayAtPlazas(Options options) : options_(std::move(options)) {
    for (const PlazaPlace& place : options_.gates) {
        node_of_plaza_.resize(std::max<std::size_t>(node_of_plaza_.size(), place.plaza + 1u));
        node_of_plaza_[place.plaza] = place.node;
    }
}

void VehiclesPayAtPlazas::connect(kernel::Simulator& simulator) {
    for (const PlazaPlace& place : options_.gates) {
        const kernel::EntityId node(options_.traffic, place.node);
        const kernel::EntityId plaza(options_.tolling, place.plaza);
        simulator.add_channel(node, plaza, traffic::kGateDelay);
        simulator.add_channel(plaza, node, tolling::kRoadDelay);
    }
    simulator.add_listener(options_.traffic, own(TrafficRecord::kVehicleReachedGate), *this);
    simulator.add_listener(options_.traffic, own(TrafficRecord::kVehicleLeftGate), *this);
    simulator.add_listener(options_.tolling, own(TollRecord::kVehicleServed), *this);
}

void VehiclesPayAtPlazas::on_record(kernel::Context& context, const kernel::Record& record) {
    if (record.owner().system() == options_.tolling) {
        const kernel::EntityId node(options_.traffic, node_of_plaza_[record.owner_index()]);
        context.send(node, context.now() + tolling::kRoadDelay,
                     own(traffic::EventKind::kReleaseFromGate), record.a);
        return;
    }
    const PlazaPlace& place = options_.gates[static_cast<std::size_t>(record.b)];
    const kernel::EntityId plaza(options_.tolling, place.plaza);
    const SimTime at = context.now() + traffic::kGateDelay;
    if (record.own_kind() == own(TrafficRecord::kVehicleLeftGate)) {
        context.send(plaza, at, own(tolling::EventKind::kLeavePlazaLane), record.a);
        return;
    }
    const auto payment = record.a >= options_.first_fleet_vehicle ? tolling::Payment::kEtc
                                                                  : tolling::Payment::kByShare;
    context.send(plaza, at, own(tolling::EventKind::kEnterPlaza),
                 tolling::passing_payload(record.a, options_.toll_class[record.aux], payment));
}

}  // namespace jiahe::coupling
