// Service classes: who sends, which way, and what becomes of what the network cannot carry.
//
// Messages (handed in one by one or in bunches): stored classes wait at their site while there is
// no way through and are forwarded later; the others are lost. Fluids (constant or slowly changing
// rates): all unmet demand is dropped but that of stored fluids. Every message may be answered by a
// short acknowledgement downwards. Bytes are conserved class by class: offered = delivered +
// dropped + queued, exactly.
// Constants of the City lifecycle; sizes and rates are scenario keys (telecom_section.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "telecom/radio.h"

namespace jiahe::telecom {

enum class ServiceClass : std::uint8_t {
    kPassage,       // toll passages: record and plate images
    kTransaction,   // payments and authorisations
    kParcelScan,    // reads of a hub's gate, proofs of delivery
    kVanPosition,   // reports of fleet vehicles, one by one
    kCamera,        // live video, fluid
    kHeartbeat,     // of every wired site, fluid
    kCitizenDown,   // fluid
    kCitizenUp,     // fluid
    kVehicleProbe,  // positions of vehicles in traffic, fluid by cell occupancy
};
inline constexpr std::size_t kServiceClassCount = 9;
inline constexpr std::size_t kMessageClassCount = 4;  // the first ones

std::string_view service_class_name(ServiceClass service);
// May the sender hand in messages of this class?
bool is_message_class(ServiceClass service);
// Does it wait at the site while it cannot be sent?
bool is_stored(ServiceClass service);

// A slot of a site's list of fluids: one class and direction. Every site has the first eight, a
// radio cell all eleven.
struct FluidSlot {
    ServiceClass service;
    Direction direction;
    bool uses_radio;  // at a cell; cameras and heartbeats of a cell hang on its wired backhaul
    bool has_ring;    // keeps batches of stored messages
};
inline constexpr std::array<FluidSlot, 11> kFluidSlots = {{
    {ServiceClass::kPassage, Direction::kUp, true, true},
    {ServiceClass::kTransaction, Direction::kUp, true, true},
    {ServiceClass::kParcelScan, Direction::kUp, true, true},
    {ServiceClass::kVanPosition, Direction::kUp, true, false},
    {ServiceClass::kTransaction, Direction::kDown, true, false},
    {ServiceClass::kParcelScan, Direction::kDown, true, false},
    {ServiceClass::kCamera, Direction::kUp, false, false},
    {ServiceClass::kHeartbeat, Direction::kUp, false, false},
    {ServiceClass::kCitizenDown, Direction::kDown, true, false},
    {ServiceClass::kCitizenUp, Direction::kUp, true, false},
    {ServiceClass::kVehicleProbe, Direction::kUp, true, false},
}};
inline constexpr std::size_t kWiredSlotCount = 8;
inline constexpr std::size_t kCellSlotCount = 11;
inline constexpr std::size_t kRingsPerSite = 3;  // the first slots
inline constexpr std::size_t kCameraSlot = 6, kHeartbeatSlot = 7, kCitizenDownSlot = 8,
                             kCitizenUpSlot = 9, kProbeSlot = 10;

// Upward slot of a message class. REQUIRES: is_message_class(service).
constexpr std::size_t message_slot(ServiceClass service) {
    return static_cast<std::size_t>(service);
}
// Slot of its acknowledgements, or kWiredSlotCount where it has none.
constexpr std::size_t ack_slot(ServiceClass service) {
    if (service == ServiceClass::kTransaction) return 4;
    return service == ServiceClass::kParcelScan ? 5 : kWiredSlotCount;
}

}  // namespace jiahe::telecom
