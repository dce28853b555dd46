// Vehicles pay at plazas: the road's gates are the tolling system's plazas.
//
// Direction: both ways. VehicleReachedGate -> EnterPlaza; VehicleServed -> ReleaseFromGate;
// VehicleLeftGate -> LeavePlazaLane. Delay: one tick each (the node and its plaza share a
// partition). Conservation: vehicles that reached the gate = released + inside; the plaza's entered
// = left + inside. Test: tests/coupling/conservation_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "tolling/ports.h"
#include "traffic/ports.h"

namespace jiahe::coupling {

struct PlazaPlace {
    std::uint32_t node = 0;   // owner of traffic at whose gate the plaza stands
    std::uint32_t plaza = 0;  // owner of tolling
};

class VehiclesPayAtPlazas final : public kernel::RecordListener {
  public:
    // gates[i] is where the traffic system's gate i stands. `payment_of_fleet` holds for vehicles
    // from `first_fleet_vehicle` on; all others are drawn by the plaza's ETC share.
    struct Options {
        kernel::SystemId traffic = 0, tolling = 0;
        std::vector<PlazaPlace> gates;
        std::vector<tolling::TollClass> toll_class;  // [vehicle class]
        std::uint32_t first_fleet_vehicle = 0xffffffffu;
    };
    explicit VehiclesPayAtPlazas(Options options);
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
    std::vector<std::uint32_t> node_of_plaza_;
};

}  // namespace jiahe::coupling
