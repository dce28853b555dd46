#include "coupling/parcels_ride_vehicles.h"

#include <algorithm>

#include "kernel/context.h"

namespace jiahe::coupling {
namespace {

constexpr SimTime kDelay = std::max(logistics::kRideDelay, traffic::kFleetDelay);

}  // namespace

void ParcelsRideVehicles::connect(kernel::Simulator& simulator) {
    for (std::uint32_t hub = 0; hub < options_.places.size(); ++hub) {
        for (const std::uint32_t node : options_.places[hub]) {
            simulator.add_channel({options_.logistics, hub}, {options_.traffic, node}, kDelay);
            simulator.add_channel({options_.traffic, node}, {options_.logistics, hub}, kDelay);
        }
    }
    simulator.add_listener(options_.logistics,
                           static_cast<std::uint8_t>(logistics::RecordKind::kVanLeaves), *this);
    simulator.add_listener(options_.traffic,
                           static_cast<std::uint8_t>(traffic::RecordKind::kVehicleArrived), *this);
}

void ParcelsRideVehicles::on_record(kernel::Context& context, const kernel::Record& record) {
    if (record.owner().system() == options_.logistics) {
        const kernel::EntityId from(options_.traffic, static_cast<std::uint32_t>(record.b));
        context.send(from, context.now() + kDelay,
                     static_cast<std::uint8_t>(traffic::EventKind::kDepartVehicle),
                     kernel::pack(options_.first_fleet_vehicle + record.a,
                                  static_cast<std::uint32_t>(record.c)));
        return;
    }
    if (record.a < options_.first_fleet_vehicle) return;
    const std::uint32_t van = record.a - options_.first_fleet_vehicle;
    context.send({options_.logistics, options_.hub_of_van[van]}, context.now() + kDelay,
                 static_cast<std::uint8_t>(logistics::EventKind::kVanArrived), van);
}

}  // namespace jiahe::coupling
