// SlotBins: passages through slots (road links) by time bin: counts, times, presence, waiting.
//
// A keyed record listener: adds to rows of (record.a, bin), which only the recording owner ever
// touches, so it needs no lock and no merging. Rows live in the StateStore and are saved and hashed
// with the run. Shape: [bin][slot].
// Fields of the record: a = slot, b = ms held up at the passage's end << 32, c = time at which the
// passage began, in us; its end is the record's time.
//
// count and duration belong to the bin in which the passage ended; presence and waiting are cut
// exactly at the edges of bins. Those still inside are added on a copy of the rows, by add_stay.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kernel/context.h"
#include "kernel/state_store.h"

namespace jiahe::results {

struct SlotBin {
    std::int64_t duration_us = 0;  // sum over the passages that ended here
    std::int64_t present_us = 0;   // slot-time taken by all, inside this bin
    std::int64_t waiting_us = 0;   // the part of it spent held up at the end
    std::uint32_t count = 0;       // passages that ended here
    std::uint32_t unused = 0;
};

struct BinGrid {
    std::size_t slots = 0;
    SimTime width;
    std::size_t bins = 0;
};

// A stay from `begin` to `end`, held up from `held` on. REQUIRES: begin <= held <= end.
struct Stay {
    std::size_t slot = 0;
    SimTime begin, held, end;
};
void add_stay(std::span<SlotBin> rows, const BinGrid& grid, const Stay& stay);

class SlotBins final : public kernel::RecordListener {
  public:
    SlotBins(kernel::StateStore& store, const std::string& name, std::size_t slots,
             SimTime bin_width, SimTime end);
    void on_record(kernel::Context& context, const kernel::Record& record) override;

    const BinGrid& grid() const { return grid_; }
    std::span<const SlotBin> rows() const { return {row_.data(), row_.size()}; }

  private:
    BinGrid grid_;
    kernel::StateArray<SlotBin> row_;
};

}  // namespace jiahe::results
