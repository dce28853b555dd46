// TollingLedgerSink: the city's toll ledger, one stored row a charged passage.
//
// Takes the TollCharged records of all sites, merged in the order (time, site) at epochs, and
// appends them to a growing array in the state store, so that snapshots carry the ledger and the
// state hash covers it. Cost: 40 bytes a row; address space for the capacity is only reserved.
//
// REQUIRES: made before Simulator::build(), added as sink of RecordKind::kTollCharged.
// Invariants: 1. rows are in order of time, then of site; 2. at the end of run_until() every
// charged passage has its row. Errors: InternalError past the capacity.
#pragma once

#include "kernel/record.h"
#include "kernel/state_store.h"
#include "tolling/ledger.h"

namespace jiahe::tolling {

class TollingLedgerSink final : public kernel::RecordSink {
  public:
    TollingLedgerSink(kernel::StateStore& store, std::size_t capacity);
    void on_records(std::span<const kernel::Record> records) override;

    std::span<const TollTransaction> rows() const { return {row_.data(), row_.size()}; }

    static TollTransaction transaction_of(const kernel::Record& toll_charged);

  private:
    kernel::GrowingArray<TollTransaction> row_;
};

}  // namespace jiahe::tolling
