// Scripted events fail network links: the script's orders for cells, backhaul links, data centres.
//
// Direction: resilience -> telecom. CellOrdered, BackhaulOrdered, DataCentreOrdered -> FailLink,
// RestoreLink, LimitLink for the order's exact time; targets are telecom links. Delay: the script's
// notice. Conservation: an order once, effective once. Test:
// tests/coupling/scripted_events_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "resilience/ports.h"
#include "telecom/ports.h"

namespace jiahe::coupling {

class ScriptedEventsFailNetworkLinks final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId resilience = 0, telecom = 0;
        kernel::EntityId script;
        SimTime notice;
        std::vector<std::uint32_t> targets;        // links that the script ever changes
        std::vector<kernel::EntityId> link_owner;  // [link]
    };
    explicit ScriptedEventsFailNetworkLinks(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
