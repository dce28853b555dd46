// Vehicles pass gantries: who leaves an observed link is read by the gantry above its end.
//
// Direction: traffic -> tolling. VehiclePassedDetector -> PassGantry; nobody slows down. Delay: one
// tick (the node and its gantry share a partition, as with plazas: one site at a time writes a
// vehicle's account). Conservation: detector passages = gantry passages.
// Test: tests/coupling/conservation_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "tolling/ports.h"
#include "traffic/ports.h"

namespace jiahe::coupling {

struct GantryPlace {
    std::uint32_t link = 0;    // observed at its end
    std::uint32_t node = 0;    // its to-node
    std::uint32_t gantry = 0;  // owner of tolling
};

class VehiclesPassGantries final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId traffic = 0, tolling = 0;
        std::vector<GantryPlace> gantries;
        std::vector<tolling::TollClass> toll_class;  // [vehicle class]
        std::uint32_t first_fleet_vehicle = 0xffffffffu;
    };
    VehiclesPassGantries(Options options, std::size_t link_count);
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
    std::vector<std::uint32_t> gantry_of_link_;  // owner of tolling, or none
};

}  // namespace jiahe::coupling
