#include "coupling/passages_load_the_network.h"

#include <algorithm>

#include "kernel/context.h"

namespace jiahe::coupling {

void PassagesLoadTheNetwork::connect(kernel::Simulator& simulator) {
    for (std::uint32_t owner = 0; owner < options_.site.size(); ++owner) {
        simulator.add_channel({options_.tolling, owner}, options_.site_owner[owner],
                              telecom::kMessageDelay);
    }
    for (const auto kind :
         {tolling::RecordKind::kPassageRecorded, tolling::RecordKind::kBacklogReleased}) {
        simulator.add_listener(options_.tolling, static_cast<std::uint8_t>(kind), *this);
    }
}

void PassagesLoadTheNetwork::on_record(kernel::Context& context, const kernel::Record& record) {
    const std::uint32_t owner = record.owner_index();
    const bool backlog =
        record.own_kind() == static_cast<std::uint8_t>(tolling::RecordKind::kBacklogReleased);
    // A released backlog is one hand-over of many passages; the count of messages is bounded a
    // hand-over, the bytes are exact.
    std::uint32_t count = backlog ? record.a : 1;
    std::int64_t bytes = record.b;
    while (count > 0) {
        const std::uint32_t now_count = std::min(count, telecom::kMessagesAtOnce);
        const std::int64_t now_bytes = count == now_count ? bytes : bytes * now_count / count;
        context.send(options_.site_owner[owner], context.now() + telecom::kMessageDelay,
                     static_cast<std::uint8_t>(telecom::EventKind::kSendMessage),
                     telecom::message_payload(options_.site[owner], now_bytes),
                     telecom::message_aux(telecom::ServiceClass::kPassage, now_count));
        count -= now_count;
        bytes -= now_bytes;
    }
}

}  // namespace jiahe::coupling
