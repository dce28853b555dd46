// Tolls are booked on tours: what a van pays at a gate is a cost of its hub.
//
// Direction: tolling -> logistics. TollCharged to a fleet vehicle -> BookToll at the van's hub, fee
// less discount. Delay: 1 s. Conservation: fen charged to vans = fen booked + on their way
// (audited). Test: tests/city/run_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "logistics/ports.h"
#include "tolling/ports.h"

namespace jiahe::coupling {

class TollsAreBookedOnTours final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId tolling = 0, logistics = 0;
        std::uint32_t site_count = 0;  // owners of tolling
        std::uint32_t hub_count = 0;
        std::uint32_t first_fleet_vehicle = 0;
        std::vector<std::uint32_t> hub_of_van;
    };
    explicit TollsAreBookedOnTours(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
