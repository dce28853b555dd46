#include "tolling/tolling_ledger_sink.h"

#include <span>

#include "tolling/ports.h"

namespace jiahe::tolling {

TollingLedgerSink::TollingLedgerSink(kernel::StateStore& store, std::size_t capacity)
    : row_(store.create_growing<TollTransaction>("tolling.transaction", capacity)) {}

void TollingLedgerSink::on_records(std::span<const kernel::Record> records) {
    for (const kernel::Record& record : records)
        row_.push_back(transaction_of(record));
}

TollTransaction TollingLedgerSink::transaction_of(const kernel::Record& record) {
    const auto fee_and_discount = static_cast<std::uint64_t>(record.b);
    const auto section_and_passage = static_cast<std::uint64_t>(record.c);
    const Settlement settlement = unpack_settlement(record.aux);
    TollTransaction row;
    row.time_us = record.time_us;
    row.fee_fen = static_cast<std::uint32_t>(fee_and_discount);
    row.discount_fen = static_cast<std::uint32_t>(fee_and_discount >> 32);
    row.vehicle = record.a;
    row.section = static_cast<std::uint32_t>(section_and_passage);
    row.site = record.owner_index();
    row.passage = static_cast<std::uint32_t>(section_and_passage >> 32);
    row.toll_class = static_cast<std::uint8_t>(settlement.toll_class);
    row.payment = static_cast<std::uint8_t>(settlement.payment);
    row.cause = static_cast<std::uint8_t>(settlement.cause);
    return row;
}

}  // namespace jiahe::tolling
