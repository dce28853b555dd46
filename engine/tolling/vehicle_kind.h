// The few words that every file of the folder shares: toll classes, payments, lane kinds, causes.
//
// Value enums with stable numbers: they lie in state rows, records and result files.
// Toll classes follow the tariff tables of freeways (small, large, trailer); which vehicle of the
// road is of which class, a coupling says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jiahe::tolling {

enum class TollClass : std::uint8_t { kSmall = 0, kLarge = 1, kTrailer = 2 };
inline constexpr std::size_t kTollClassCount = 3;

// How a vehicle means to pay. kByShare: drawn once per vehicle from the scenario's ETC share.
enum class Payment : std::uint8_t { kManual = 0, kEtc = 1, kByShare = 2 };
inline constexpr std::size_t kPaymentCount = 2;  // kByShare is a question, never an answer

enum class LaneKind : std::uint8_t {
    kEtc,     // on-board units only
    kManual,  // cash and cards by hand
    kMixed,   // both
    kTruck,   // both, large vehicles and trailers only
};
inline constexpr std::size_t kLaneKindCount = 4;

// How a passage was settled; the ledger's cause code.
enum class Cause : std::uint8_t {
    kObuRead,        // on-board unit read (at once or after retries), checked with the back office
    kObuOffline,     // on-board unit read, checked against the list on site
    kByHand,         // non-ETC vehicle, paid by hand or by the path card
    kDegraded,       // ETC vehicle served by hand, the plaza being without a valid list
    kUnread,         // on-board unit not read within the retry limit: handled by hand
    kClassMismatch,  // unit registered for another class: handled by hand
    kBlacklisted,    // unit refused: handled by hand, no discount
    kUnlisted,       // unit not on the offline list: handled by hand
    kStray,          // non-ETC vehicle in an ETC lane: handled by hand
    kPlateRead,      // gantry: the plate's picture settled it
    kMissed,         // gantry: fee due, payer unknown until the path is inferred
};
inline constexpr std::size_t kCauseCount = 11;

constexpr bool reads_obu(LaneKind kind) {
    return kind != LaneKind::kManual;
}
constexpr bool admits_class(LaneKind kind, TollClass toll_class) {
    return kind != LaneKind::kTruck || toll_class != TollClass::kSmall;
}

constexpr std::size_t index_of(TollClass c) {
    return static_cast<std::size_t>(c);
}
constexpr std::size_t index_of(Payment p) {
    return static_cast<std::size_t>(p);
}
constexpr std::size_t index_of(Cause c) {
    return static_cast<std::size_t>(c);
}

// Names as results print them: "small", "etc", "mixed", "obu_read".
std::string_view toll_class_name(TollClass toll_class);
std::string_view payment_name(Payment payment);
std::string_view lane_kind_name(LaneKind kind);
std::string_view cause_name(Cause cause);

}  // namespace jiahe::tolling
