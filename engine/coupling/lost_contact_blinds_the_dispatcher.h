// Lost contact blinds the dispatcher: a hub cut off from its office plans no tours.
//
// Direction: telecom -> logistics. SiteLostContact / SiteRegainedContact of a hub's site -> Lose- /
// RegainContact. Drivers keep their plan. Delay: 1 s after the network's own time-out.
// Conservation: contacts lost = regained + still lost, by hub. Test:
// tests/coupling/conservation_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "logistics/ports.h"
#include "telecom/ports.h"

namespace jiahe::coupling {

class LostContactBlindsTheDispatcher final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId telecom = 0, logistics = 0;
        std::vector<std::uint32_t> hub_site;           // [hub], telecom site
        std::vector<kernel::EntityId> hub_site_owner;  // [hub]
    };
    explicit LostContactBlindsTheDispatcher(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
