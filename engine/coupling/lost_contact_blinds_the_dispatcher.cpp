#include "coupling/lost_contact_blinds_the_dispatcher.h"

#include "kernel/context.h"

namespace jiahe::coupling {

void LostContactBlindsTheDispatcher::connect(kernel::Simulator& simulator) {
    for (std::uint32_t hub = 0; hub < options_.hub_site.size(); ++hub) {
        simulator.add_channel(options_.hub_site_owner[hub], {options_.logistics, hub},
                              logistics::kNoticeDelay);
    }
    for (const auto kind :
         {telecom::RecordKind::kSiteLostContact, telecom::RecordKind::kSiteRegainedContact}) {
        simulator.add_listener(options_.telecom, static_cast<std::uint8_t>(kind), *this);
    }
}

void LostContactBlindsTheDispatcher::on_record(kernel::Context& context,
                                               const kernel::Record& record) {
    const bool lost =
        record.own_kind() == static_cast<std::uint8_t>(telecom::RecordKind::kSiteLostContact);
    const auto kind =
        lost ? logistics::EventKind::kLoseContact : logistics::EventKind::kRegainContact;
    for (std::uint32_t hub = 0; hub < options_.hub_site.size(); ++hub) {
        if (options_.hub_site[hub] != record.a) continue;
        context.send({options_.logistics, hub}, context.now() + logistics::kNoticeDelay,
                     static_cast<std::uint8_t>(kind));
    }
}

}  // namespace jiahe::coupling
