// Scripted events close roads: the script's orders for links reach the node at the link's entry.
//
// Direction: resilience -> traffic. LinkOrdered -> CloseLink, OpenLink, LimitLink for the order's
// exact time. Delay: the script's notice. Conservation: an order once, effective once.
// Test: tests/coupling/scripted_events_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "resilience/ports.h"
#include "traffic/ports.h"

namespace jiahe::coupling {

class ScriptedEventsCloseRoads final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId resilience = 0, traffic = 0;
        kernel::EntityId script;
        SimTime notice;
        std::vector<std::uint32_t> targets;    // links that the script ever changes
        std::vector<std::uint32_t> from_node;  // [link]
    };
    explicit ScriptedEventsCloseRoads(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
