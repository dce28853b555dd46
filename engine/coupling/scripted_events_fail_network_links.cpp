#include "coupling/scripted_events_fail_network_links.h"

#include "kernel/context.h"

namespace jiahe::coupling {

void ScriptedEventsFailNetworkLinks::connect(kernel::Simulator& simulator) {
    for (const std::uint32_t link : options_.targets) {
        simulator.add_channel(options_.script, options_.link_owner[link], options_.notice);
    }
    for (const auto kind :
         {resilience::RecordKind::kCellOrdered, resilience::RecordKind::kBackhaulOrdered,
          resilience::RecordKind::kDataCentreOrdered}) {
        simulator.add_listener(options_.resilience, static_cast<std::uint8_t>(kind), *this);
    }
}

void ScriptedEventsFailNetworkLinks::on_record(kernel::Context& context,
                                               const kernel::Record& record) {
    const auto send = [&](telecom::EventKind kind, std::int64_t per_mille) {
        context.send(options_.link_owner[record.a], {record.c}, static_cast<std::uint8_t>(kind),
                     telecom::link_payload(record.a, static_cast<std::uint32_t>(per_mille)));
    };
    switch (resilience::order_of(record.aux)) {
        case resilience::Order::kFail:
        case resilience::Order::kClose:
            send(telecom::EventKind::kFailLink, 0);
            return;
        case resilience::Order::kRestore:
            send(telecom::EventKind::kRestoreLink, 0);
            return;
        case resilience::Order::kLimit:
            send(telecom::EventKind::kLimitLink, record.b);
            return;
        case resilience::Order::kSurge:
            return;
    }
}

}  // namespace jiahe::coupling
