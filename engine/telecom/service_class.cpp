#include "telecom/service_class.h"

namespace jiahe::telecom {

std::string_view service_class_name(ServiceClass service) {
    switch (service) {
        case ServiceClass::kPassage:
            return "passage";
        case ServiceClass::kTransaction:
            return "transaction";
        case ServiceClass::kParcelScan:
            return "parcel_scan";
        case ServiceClass::kVanPosition:
            return "van_position";
        case ServiceClass::kCamera:
            return "camera";
        case ServiceClass::kHeartbeat:
            return "heartbeat";
        case ServiceClass::kCitizenDown:
            return "citizen_down";
        case ServiceClass::kCitizenUp:
            return "citizen_up";
        case ServiceClass::kVehicleProbe:
            return "vehicle_probe";
    }
    return "";
}

bool is_message_class(ServiceClass service) {
    return service <= ServiceClass::kVanPosition;
}

bool is_stored(ServiceClass service) {
    return service <= ServiceClass::kParcelScan;
}

}  // namespace jiahe::telecom
