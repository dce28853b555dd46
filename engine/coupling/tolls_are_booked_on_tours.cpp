#include "coupling/tolls_are_booked_on_tours.h"

#include "kernel/context.h"

namespace jiahe::coupling {

void TollsAreBookedOnTours::connect(kernel::Simulator& simulator) {
    for (std::uint32_t site = 0; site < options_.site_count; ++site) {
        for (std::uint32_t hub = 0; hub < options_.hub_count; ++hub) {
            simulator.add_channel({options_.tolling, site}, {options_.logistics, hub},
                                  logistics::kNoticeDelay);
        }
    }
    simulator.add_listener(options_.tolling,
                           static_cast<std::uint8_t>(tolling::RecordKind::kTollCharged), *this);
}

void TollsAreBookedOnTours::on_record(kernel::Context& context, const kernel::Record& record) {
    if (record.a < options_.first_fleet_vehicle) return;
    if (tolling::unpack_settlement(record.aux).cause == tolling::Cause::kMissed) return;
    const auto packed = static_cast<std::uint64_t>(record.b);
    const std::uint32_t fee = static_cast<std::uint32_t>(packed);
    const std::uint32_t discount = static_cast<std::uint32_t>(packed >> 32);
    const std::uint32_t van = record.a - options_.first_fleet_vehicle;
    context.send({options_.logistics, options_.hub_of_van[van]},
                 context.now() + logistics::kNoticeDelay,
                 static_cast<std::uint8_t>(logistics::EventKind::kBookToll),
                 kernel::pack(van, fee - discount));
}

}  // namespace jiahe::coupling
