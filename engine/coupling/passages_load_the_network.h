// Passages load the network: every toll passage sends its record and images to the back office.
//
// Direction: tolling -> telecom. PassageRecorded and BacklogReleased -> SendMessage at the site's
// access link. Delay: 1 s (an upload in batches). Conservation: bytes recorded by tolling = bytes
// offered to telecom in class passage. Test: tests/coupling/conservation_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "telecom/ports.h"
#include "tolling/ports.h"

namespace jiahe::coupling {

class PassagesLoadTheNetwork final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId tolling = 0, telecom = 0;
        std::vector<std::uint32_t> site;           // [tolling owner] -> telecom site
        std::vector<kernel::EntityId> site_owner;  // [tolling owner]
    };
    explicit PassagesLoadTheNetwork(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
