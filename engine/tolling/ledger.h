// The toll ledger: one row a charged passage, double-entry lines behind it, a sub-ledger a site.
//
// A TollTransaction is what is stored (40 bytes). It stands for balanced lines: the fee debits the
// vehicle (or, where the payer is not known yet, the account of missed passages) and credits the
// road owners by their shares; the discount is a second set of lines the other way round. Money is
// int64 fen; nothing is ever rounded here (tariff.h rounded once per section).
// Partition-state rows and pure functions; no kernel.
//
// Invariants: 1. the lines of a transaction sum to 0; 2. vehicles + missed = road owners, in every
// sub-ledger and in their sum; 3. rows are appended, never changed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tolling/tariff.h"
#include "tolling/vehicle_kind.h"

namespace jiahe::tolling {

struct TollTransaction {
    std::int64_t time_us = 0;
    std::int64_t fee_fen = 0;
    std::uint32_t discount_fen = 0;
    std::uint32_t vehicle = 0;
    std::uint32_t section = 0;
    std::uint32_t site = 0;     // plaza or gantry, by owner index
    std::uint32_t passage = 0;  // the vehicle's how-manieth; with the vehicle it names the row
    std::uint8_t toll_class = 0;
    std::uint8_t payment = 0;
    std::uint8_t cause = 0;
    std::uint8_t unused = 0;

    std::int64_t paid_fen() const { return fee_fen - std::int64_t{discount_fen}; }
    bool missed() const { return cause == static_cast<std::uint8_t>(Cause::kMissed); }
};
static_assert(sizeof(TollTransaction) == 40);

enum class Account : std::uint8_t { kVehicle, kMissed, kRoadOwner };
enum class LineKind : std::uint8_t { kFee, kDiscount };

struct LedgerLine {
    Account account = Account::kVehicle;
    LineKind kind = LineKind::kFee;
    std::uint32_t holder = 0;    // vehicle or road owner
    std::int64_t debit_fen = 0;  // a credit is negative
};

// The lines of a transaction, fee first.
std::vector<LedgerLine> ledger_lines(const Tariff& tariff, const TollTransaction& transaction);

// Sums of one site, by class.
struct SubLedger {
    std::int64_t fee_fen[kTollClassCount];  // missed ones included
    std::int64_t discount_fen[kTollClassCount];
    std::int64_t missed_fen[kTollClassCount];  // of the fees: payer unknown
    std::int64_t transaction_count[kTollClassCount];
};

// A vehicle's account. The right to write travels with the vehicle.
struct VehicleAccount {
    std::int64_t paid_fen = 0;
    std::uint32_t passage_count = 0;
    std::uint32_t charged_count = 0;
};

// Adds a transaction to a site's sums and to its credits by road owner. No allocation.
void post(const Tariff& tariff, const TollTransaction& transaction, SubLedger& sub_ledger,
          std::span<std::int64_t> owner_credit_fen);

struct LedgerTotals {
    std::int64_t fee_fen = 0;
    std::int64_t discount_fen = 0;
    std::int64_t missed_fen = 0;
    std::int64_t transaction_count = 0;
    std::int64_t paid_fen() const { return fee_fen - discount_fen - missed_fen; }
    bool operator==(const LedgerTotals&) const = default;
};

LedgerTotals totals(std::span<const SubLedger> sub_ledgers);
LedgerTotals totals(std::span<const TollTransaction> rows);

}  // namespace jiahe::tolling
