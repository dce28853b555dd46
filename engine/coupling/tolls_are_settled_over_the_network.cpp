#include "coupling/tolls_are_settled_over_the_network.h"

#include "kernel/context.h"

namespace jiahe::coupling {

void TollsAreSettledOverTheNetwork::connect(kernel::Simulator& simulator) {
    for (std::uint32_t owner = 0; owner < options_.site.size(); ++owner) {
        simulator.add_channel({options_.tolling, owner}, options_.site_owner[owner],
                              telecom::kMessageDelay);
    }
    simulator.add_listener(options_.tolling,
                           static_cast<std::uint8_t>(tolling::RecordKind::kTollCharged), *this);
}

void TollsAreSettledOverTheNetwork::on_record(kernel::Context& context,
                                              const kernel::Record& record) {
    if (tolling::unpack_settlement(record.aux).cause == tolling::Cause::kMissed) return;
    const std::uint32_t owner = record.owner_index();
    context.send(options_.site_owner[owner], context.now() + telecom::kMessageDelay,
                 static_cast<std::uint8_t>(telecom::EventKind::kSendMessage),
                 telecom::message_payload(options_.site[owner], options_.settlement_bytes),
                 telecom::message_aux(telecom::ServiceClass::kTransaction));
}

}  // namespace jiahe::coupling
