#include "tolling/ledger.h"

namespace jiahe::tolling {

std::vector<LedgerLine> ledger_lines(const Tariff& tariff, const TollTransaction& transaction) {
    const SectionId section(transaction.section);
    const auto c = static_cast<TollClass>(transaction.toll_class);
    const Account payer = transaction.missed() ? Account::kMissed : Account::kVehicle;
    const auto owners = tariff.owners(section);
    std::vector<LedgerLine> lines;
    lines.push_back({payer, LineKind::kFee, transaction.vehicle, transaction.fee_fen});
    const auto fees = tariff.fee_shares(section, c);
    for (std::size_t i = 0; i < owners.size(); ++i) {
        lines.push_back({Account::kRoadOwner, LineKind::kFee, owners[i].value, -fees[i].value});
    }
    if (transaction.discount_fen == 0) return lines;
    lines.push_back(
        {payer, LineKind::kDiscount, transaction.vehicle, -std::int64_t{transaction.discount_fen}});
    const auto discounts = tariff.discount_shares(section, c);
    for (std::size_t i = 0; i < owners.size(); ++i) {
        lines.push_back(
            {Account::kRoadOwner, LineKind::kDiscount, owners[i].value, discounts[i].value});
    }
    return lines;
}

void post(const Tariff& tariff, const TollTransaction& transaction, SubLedger& sub_ledger,
          std::span<std::int64_t> owner_credit_fen) {
    const SectionId section(transaction.section);
    const auto c = static_cast<TollClass>(transaction.toll_class);
    const std::size_t k = index_of(c);
    sub_ledger.fee_fen[k] += transaction.fee_fen;
    sub_ledger.discount_fen[k] += transaction.discount_fen;
    if (transaction.missed()) sub_ledger.missed_fen[k] += transaction.paid_fen();
    ++sub_ledger.transaction_count[k];
    const auto owners = tariff.owners(section);
    const auto fees = tariff.fee_shares(section, c);
    const auto discounts = tariff.discount_shares(section, c);
    const bool discounted = transaction.discount_fen != 0;
    for (std::size_t i = 0; i < owners.size(); ++i) {
        owner_credit_fen[owners[i].index()] +=
            fees[i].value - (discounted ? discounts[i].value : 0);
    }
}

LedgerTotals totals(std::span<const SubLedger> sub_ledgers) {
    LedgerTotals sum;
    for (const SubLedger& row : sub_ledgers) {
        for (std::size_t c = 0; c < kTollClassCount; ++c) {
            sum.fee_fen += row.fee_fen[c];
            sum.discount_fen += row.discount_fen[c];
            sum.missed_fen += row.missed_fen[c];
            sum.transaction_count += row.transaction_count[c];
        }
    }
    return sum;
}

LedgerTotals totals(std::span<const TollTransaction> rows) {
    LedgerTotals sum;
    for (const TollTransaction& row : rows) {
        sum.fee_fen += row.fee_fen;
        sum.discount_fen += row.discount_fen;
        if (row.missed()) sum.missed_fen += row.paid_fen();
        ++sum.transaction_count;
    }
    return sum;
}

}  // namespace jiahe::tolling
