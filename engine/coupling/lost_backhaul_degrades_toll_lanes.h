// A lost backhaul degrades toll lanes: the link of the chain that no one else has.
//
// Direction: telecom -> tolling. SiteLostContact / SiteRegainedContact -> Lose/RegainPlazaContact
// (or of a gantry): ETC lanes fall back to the list on site, after its grace to service by hand,
// until contact returns. Delay: 1 s after the network's own time-out of seconds. Conservation:
// contacts lost = regained + still lost, by site. Test: tests/coupling/conservation_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "telecom/ports.h"
#include "tolling/ports.h"

namespace jiahe::coupling {

class LostBackhaulDegradesTollLanes final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId telecom = 0, tolling = 0;
        std::uint32_t plaza_count = 0;
        std::vector<std::uint32_t> site;           // [tolling owner] -> telecom site
        std::vector<kernel::EntityId> site_owner;  // [tolling owner]
        std::size_t site_count = 0;                // of telecom
    };
    explicit LostBackhaulDegradesTollLanes(Options options);
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
    std::vector<std::uint32_t> owner_of_site_;  // tolling owner, or none
};

}  // namespace jiahe::coupling
