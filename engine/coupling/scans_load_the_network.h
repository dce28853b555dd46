// Scans load the network: reads in the hub and at the door, and the vans' positions, are messages.
//
// Direction: logistics -> telecom. ScansMade and PositionsSent -> SendMessage at the hub's own
// access link, or at the cell nearest to the place. Delay: 1 s. Conservation: scans made = messages
// offered in class parcel_scan. Test: tests/coupling/conservation_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "logistics/ports.h"
#include "telecom/ports.h"

namespace jiahe::coupling {

class ScansLoadTheNetwork final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId logistics = 0, telecom = 0;
        std::vector<std::uint32_t> hub_site;       // [hub], telecom site
        std::vector<std::uint32_t> node_site;      // [road node], cell that serves it
        std::vector<kernel::EntityId> site_owner;  // [telecom site]
    };
    explicit ScansLoadTheNetwork(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
