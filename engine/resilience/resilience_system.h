// ResilienceSystem: reads the script and orders each target's change ahead of its time.
//
// One owner. At `order.at - notice` (not before the start) it records the order with its effective
// time; what falls into the first `notice` of a run therefore takes effect at `notice`. Everything
// a target does with the order is its own system's.
//
// Partition-state lifecycle: the state is the next order's index and counts. Invariants: 1. every
// order is told once, in the script's order; 2. effective time >= record's time + notice.
#pragma once

#include <span>
#include <vector>

#include "kernel/context.h"
#include "kernel/system.h"
#include "resilience/incident_script.h"

namespace jiahe::resilience {

class ResilienceSystem final : public kernel::System {
  public:
    // REQUIRES: notice >= 1 s; orders ascend (compile_script).
    ResilienceSystem(std::vector<ScriptedOrder> orders, SimTime notice);

    std::string_view name() const override { return "resilience"; }
    std::uint32_t owner_count() const override { return 1; }
    void allocate(kernel::StateStore& store) override;
    void start(kernel::EpochContext& epoch) override;
    void handle(kernel::Context& context, const kernel::Event& event) override;

    SimTime notice() const { return notice_; }
    std::span<const ScriptedOrder> orders() const { return orders_; }
    kernel::EntityId owner() const { return entity(kScriptOwner); }
    // Targets of one kind that the script ever changes, ascending: who needs a channel.
    std::vector<std::uint32_t> targets(RecordKind kind) const;
    // Orders told so far.
    std::size_t issued_count() const { return static_cast<std::size_t>(state_[0].next); }

  private:
    struct State {
        std::int64_t next = 0;  // index of the next order
    };
    SimTime issue_time(const ScriptedOrder& order) const;

    std::vector<ScriptedOrder> orders_;
    SimTime notice_;
    kernel::StateArray<State> state_;
};

}  // namespace jiahe::resilience
