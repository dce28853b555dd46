// Scripted events close toll lanes: the script's orders for plazas and their lanes.
//
// Direction: resilience -> tolling. PlazaOrdered and LaneOrdered -> Close/Open/LimitPlaza,
// Close/Open/LimitLane for the order's exact time. Delay: the script's notice. Conservation: as
// many openings as closings per target. Test: tests/coupling/scripted_events_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/simulator.h"
#include "resilience/ports.h"
#include "tolling/ports.h"

namespace jiahe::coupling {

class ScriptedEventsCloseTollLanes final : public kernel::RecordListener {
  public:
    struct Options {
        kernel::SystemId resilience = 0, tolling = 0;
        kernel::EntityId script;
        SimTime notice;
        std::vector<std::uint32_t> targets;  // plazas that the script ever changes
    };
    explicit ScriptedEventsCloseTollLanes(Options options) : options_(std::move(options)) {}
    void connect(kernel::Simulator& simulator);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

  private:
    Options options_;
};

}  // namespace jiahe::coupling
