#include "coupling/scripted_events_close_toll_lanes.h"

#include "kernel/context.h"

namespace jiahe::coupling {

void ScriptedEventsCloseTollLanes::connect(kernel::Simulator& simulator) {
    for (const std::uint32_t plaza : options_.targets) {
        simulator.add_channel(options_.script, {options_.tolling, plaza}, options_.notice);
    }
    for (const auto kind :
         {resilience::RecordKind::kPlazaOrdered, resilience::RecordKind::kLaneOrdered}) {
        simulator.add_listener(options_.resilience, static_cast<std::uint8_t>(kind), *this);
    }
}

void ScriptedEventsCloseTollLanes::on_record(kernel::Context& context,
                                             const kernel::Record& record) {
    using tolling::EventKind;
    const bool lane =
        record.own_kind() == static_cast<std::uint8_t>(resilience::RecordKind::kLaneOrdered);
    const std::uint32_t number = lane ? resilience::lane_of(record.aux) : 0;
    const auto send = [&](EventKind kind, std::int64_t per_mille) {
        context.send({options_.tolling, record.a}, {record.c}, static_cast<std::uint8_t>(kind),
                     tolling::limit_payload(number, static_cast<std::uint32_t>(per_mille)));
    };
    switch (resilience::order_of(record.aux)) {
        case resilience::Order::kFail:
        case resilience::Order::kClose:
            send(lane ? EventKind::kCloseLane : EventKind::kClosePlaza, 0);
            return;
        case resilience::Order::kRestore:
        case resilience::Order::kLimit:
            // What is open stays open; what is restored has its whole capacity (record.b) again.
            send(lane ? EventKind::kOpenLane : EventKind::kOpenPlaza, 0);
            send(lane ? EventKind::kLimitLane : EventKind::kLimitPlaza, record.b);
            return;
        case resilience::Order::kSurge:
            return;
    }
}

}  // namespace jiahe::coupling
