// SlotBins: counts and times of passages per slot (a road link, a plaza) and time bin.
//
// A keyed record listener: adds to the row of (record.a, bin of record.time), which only the
// recording owner ever touches, so it needs no lock and no merging. Rows live in the StateStore and
// are saved and hashed with the run. Shape: [bin][slot].
// Fields of the record: a = slot, aux = class, c = time at which the passage began, in us.
#pragma once

#include <span>
#include <string>

#include "kernel/context.h"
#include "kernel/state_store.h"

namespace jiahe::results {

class SlotBins final : public kernel::RecordListener {
  public:
    SlotBins(kernel::StateStore& store, const std::string& name, std::size_t slots,
             SimTime bin_width, SimTime end);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

    std::size_t bin_count() const { return bins_; }
    std::size_t slot_count() const { return slots_; }
    SimTime bin_width() const { return width_; }
    std::span<const std::uint32_t> counts() const { return {count_.data(), count_.size()}; }
    // Sum of (time of record - c), ms.
    std::span<const std::int64_t> duration_sums_ms() const {
        return {sum_ms_.data(), sum_ms_.size()};
    }

  private:
    std::size_t slots_;
    SimTime width_;
    std::size_t bins_;
    kernel::StateArray<std::uint32_t> count_;
    kernel::StateArray<std::int64_t> sum_ms_;
};

}  // namespace jiahe::results
