// Parcels ride vehicles: every van is a vehicle of the road network; there is no private one.
//
// Direction: both ways. VanLeaves -> DepartVehicle at the node it leaves; VehicleArrived of a fleet
// vehicle -> VanArrived at its hub. Delay: 2 s each way (door, seat belt, report). Conservation:
// rides asked for = arrived + under way. Test: tests/coupling/conservation_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "logistics/ports.h"
#include "traffic/ports.h"

namespace jiahe::coupling {

class ParcelsRideVehicles final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId logistics = 0, traffic = 0;
        std::uint32_t first_fleet_vehicle = 0;
        std::vector<std::uint32_t> hub_of_van;
        // [hub], nodes that its vans go to or from, each once.
        std::vector<std::vector<std::uint32_t>> places;
    };
    explicit ParcelsRideVehicles(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
