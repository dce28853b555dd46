#include "coupling/scripted_events_close_roads.h"

#include "kernel/context.h"

namespace jiahe::coupling {

void ScriptedEventsCloseRoads::connect(kernel::Simulator& simulator) {
    for (const std::uint32_t link : options_.targets) {
        simulator.add_channel(options_.script, {options_.traffic, options_.from_node[link]},
                              options_.notice);
    }
    simulator.add_listener(options_.resilience,
                           static_cast<std::uint8_t>(resilience::RecordKind::kLinkOrdered), *this);
}

void ScriptedEventsCloseRoads::on_record(kernel::Context& context, const kernel::Record& record) {
    const kernel::EntityId node(options_.traffic, options_.from_node[record.a]);
    const auto send = [&](traffic::EventKind kind, std::int64_t per_mille) {
        context.send(node, {record.c}, static_cast<std::uint8_t>(kind),
                     kernel::pack(record.a, static_cast<std::uint32_t>(per_mille)));
    };
    switch (resilience::order_of(record.aux)) {
        case resilience::Order::kFail:
        case resilience::Order::kClose:
            send(traffic::EventKind::kCloseLink, 0);
            return;
        case resilience::Order::kRestore:
        case resilience::Order::kLimit:
            // An open link stays open; a restored one has its whole capacity (record.b) again.
            send(traffic::EventKind::kOpenLink, 0);
            send(traffic::EventKind::kLimitLink, record.b);
            return;
        case resilience::Order::kSurge:
            return;
    }
}

}  // namespace jiahe::coupling
