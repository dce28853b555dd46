// Tolls are settled over the network: each charged passage is one payment with the back office.
//
// Direction: tolling -> telecom. TollCharged, unless nobody pays -> SendMessage of class
// transaction at the site's access link; out of contact it waits there, stored. Delay: 1 s.
// Conservation: tolls charged = messages sent in class transaction + at most those of the last
// second (audited). Test: tests/city/run_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "telecom/ports.h"
#include "tolling/ports.h"

namespace jiahe::coupling {

class TollsAreSettledOverTheNetwork final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId tolling = 0, telecom = 0;
        std::int64_t settlement_bytes = 0;
        std::vector<std::uint32_t> site;           // [tolling owner] -> telecom site
        std::vector<kernel::EntityId> site_owner;  // [tolling owner]
    };
    explicit TollsAreSettledOverTheNetwork(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
