#include "coupling/lost_backhaul_degrades_toll_lanes.h"

#include "kernel/context.h"

namespace jiahe::coupling {
namespace {

constexpr std::uint32_t kNoOwner = 0xffffffffu;

}  // namespace

LostBackhaulDegradesTollLanes::LostBackhaulDegradesTollLanes(Options options)
    : options_(std::move(options)), owner_of_site_(options_.site_count, kNoOwner) {
    for (std::uint32_t owner = 0; owner < options_.site.size(); ++owner) {
        owner_of_site_[options_.site[owner]] = owner;
    }
}

void LostBackhaulDegradesTollLanes::connect(kernel::Simulator& simulator) {
    for (std::uint32_t owner = 0; owner < options_.site.size(); ++owner) {
        simulator.add_channel(options_.site_owner[owner], {options_.tolling, owner},
                              tolling::kContactDelay);
    }
    for (const auto kind :
         {telecom::RecordKind::kSiteLostContact, telecom::RecordKind::kSiteRegainedContact}) {
        simulator.add_listener(options_.telecom, static_cast<std::uint8_t>(kind), *this);
    }
}

void LostBackhaulDegradesTollLanes::on_record(kernel::Context& context,
                                              const kernel::Record& record) {
    using tolling::EventKind;
    const std::uint32_t owner = owner_of_site_[record.a];
    if (owner == kNoOwner) return;
    const bool lost =
        record.own_kind() == static_cast<std::uint8_t>(telecom::RecordKind::kSiteLostContact);
    const bool plaza = owner < options_.plaza_count;
    const EventKind kind =
        plaza ? (lost ? EventKind::kLosePlazaContact : EventKind::kRegainPlazaContact)
              : (lost ? EventKind::kLoseGantryContact : EventKind::kRegainGantryContact);
    context.send({options_.tolling, owner}, context.now() + tolling::kContactDelay,
                 static_cast<std::uint8_t>(kind));
}

}  // namespace jiahe::coupling
