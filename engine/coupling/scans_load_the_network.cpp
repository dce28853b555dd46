#include "coupling/scans_load_the_network.h"

#include <algorithm>

#include "kernel/context.h"

namespace jiahe::coupling {

void ScansLoadTheNetwork::connect(kernel::Simulator& simulator) {
    std::vector<kernel::EntityId> owners = options_.site_owner;
    std::sort(owners.begin(), owners.end());
    owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
    for (std::uint32_t hub = 0; hub < options_.hub_site.size(); ++hub) {
        for (const kernel::EntityId owner : owners) {
            simulator.add_channel({options_.logistics, hub}, owner, telecom::kMessageDelay);
        }
    }
    for (const auto kind :
         {logistics::RecordKind::kScansMade, logistics::RecordKind::kPositionsSent}) {
        simulator.add_listener(options_.logistics, static_cast<std::uint8_t>(kind), *this);
    }
}

void ScansLoadTheNetwork::on_record(kernel::Context& context, const kernel::Record& record) {
    const bool scans =
        record.own_kind() == static_cast<std::uint8_t>(logistics::RecordKind::kScansMade);
    const std::uint32_t site = record.a == logistics::kAtHub
                                   ? options_.hub_site[record.owner_index()]
                                   : options_.node_site[record.a];
    const auto service =
        scans ? telecom::ServiceClass::kParcelScan : telecom::ServiceClass::kVanPosition;
    const std::int64_t bytes_each = record.b > 0 ? record.c / record.b : 0;
    for (std::int64_t left = record.b; left > 0;) {
        const auto count =
            static_cast<std::uint32_t>(std::min<std::int64_t>(left, telecom::kMessagesAtOnce));
        context.send(options_.site_owner[site], context.now() + telecom::kMessageDelay,
                     static_cast<std::uint8_t>(telecom::EventKind::kSendMessage),
                     telecom::message_payload(site, bytes_each * count),
                     telecom::message_aux(service, count));
        left -= count;
    }
}

}  // namespace jiahe::coupling
