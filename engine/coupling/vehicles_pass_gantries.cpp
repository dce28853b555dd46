#include "coupling/vehicles_pass_gantries.h"

#include "base/check.h"
#include "kernel/context.h"

namespace jiahe::coupling {
namespace {

constexpr std::uint32_t kNoGantry = 0xffffffffu;

}  // namespace

VehiclesPassGantries::VehiclesPassGantries(Options options, std::size_t link_count)
    : options_(std::move(options)), gantry_of_link_(link_count, kNoGantry) {
    for (const GantryPlace& place : options_.gantries)
        gantry_of_link_[place.link] = place.gantry;
}

void VehiclesPassGantries::connect(kernel::Simulator& simulator) {
    for (const GantryPlace& place : options_.gantries) {
        simulator.add_channel({options_.traffic, place.node}, {options_.tolling, place.gantry},
                              tolling::kRoadDelay);
    }
    simulator.add_listener(options_.traffic,
                           static_cast<std::uint8_t>(traffic::RecordKind::kVehiclePassedDetector),
                           *this);
}

void VehiclesPassGantries::on_record(kernel::Context& context, const kernel::Record& record) {
    const std::uint32_t gantry = gantry_of_link_[record.a];
    JIAHE_CHECK(gantry != kNoGantry, "a detector without a gantry");
    const auto vehicle = static_cast<std::uint32_t>(record.b);
    const auto payment = vehicle >= options_.first_fleet_vehicle ? tolling::Payment::kEtc
                                                                 : tolling::Payment::kByShare;
    context.send({options_.tolling, gantry}, context.now() + tolling::kRoadDelay,
                 static_cast<std::uint8_t>(tolling::EventKind::kPassGantry),
                 tolling::passing_payload(vehicle, options_.toll_class[record.aux], payment));
}

}  // namespace jiahe::coupling
