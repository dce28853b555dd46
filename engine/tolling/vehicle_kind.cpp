#include "tolling/vehicle_kind.h"

#include "base/check.h"

namespace jiahe::tolling {

std::string_view toll_class_name(TollClass toll_class) {
    switch (toll_class) {
        case TollClass::kSmall:
            return "small";
        case TollClass::kLarge:
            return "large";
        case TollClass::kTrailer:
            return "trailer";
    }
    check_failed("a toll class", __FILE__, __LINE__, "unknown toll class");
}

std::string_view payment_name(Payment payment) {
    switch (payment) {
        case Payment::kManual:
            return "manual";
        case Payment::kEtc:
            return "etc";
        case Payment::kByShare:
            return "by_share";
    }
    check_failed("a payment", __FILE__, __LINE__, "unknown payment");
}

std::string_view lane_kind_name(LaneKind kind) {
    switch (kind) {
        case LaneKind::kEtc:
            return "etc";
        case LaneKind::kManual:
            return "manual";
        case LaneKind::kMixed:
            return "mixed";
        case LaneKind::kTruck:
            return "truck";
    }
    check_failed("a lane kind", __FILE__, __LINE__, "unknown lane kind");
}

std::string_view cause_name(Cause cause) {
    switch (cause) {
        case Cause::kObuRead:
            return "obu_read";
        case Cause::kObuOffline:
            return "obu_offline";
        case Cause::kByHand:
            return "by_hand";
        case Cause::kDegraded:
            return "degraded";
        case Cause::kUnread:
            return "unread";
        case Cause::kClassMismatch:
            return "class_mismatch";
        case Cause::kBlacklisted:
            return "blacklisted";
        case Cause::kUnlisted:
            return "unlisted";
        case Cause::kStray:
            return "stray";
        case Cause::kPlateRead:
            return "plate_read";
        case Cause::kMissed:
            return "missed";
    }
    check_failed("a cause", __FILE__, __LINE__, "unknown cause");
}

}  // namespace jiahe::tolling
