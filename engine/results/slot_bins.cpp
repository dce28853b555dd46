#include "results/slot_bins.h"

#include <algorithm>

namespace jiahe::results {
namespace {

std::size_t bin_of(const BinGrid& grid, std::int64_t time_us) {
    return std::min(static_cast<std::size_t>(time_us / grid.width.us), grid.bins - 1);
}

// Shares [begin, end) out over the bins that it touches.
void spread(std::span<SlotBin> rows, const BinGrid& grid, std::size_t slot, std::int64_t begin_us,
            std::int64_t end_us, std::int64_t SlotBin::*field) {
    for (std::size_t bin = bin_of(grid, begin_us); begin_us < end_us; ++bin) {
        const std::int64_t edge_us =
            bin + 1 < grid.bins ? grid.width.us * static_cast<std::int64_t>(bin + 1) : end_us;
        const std::int64_t until_us = std::min(end_us, edge_us);
        rows[bin * grid.slots + slot].*field += until_us - begin_us;
        begin_us = until_us;
    }
}

}  // namespace

void add_stay(std::span<SlotBin> rows, const BinGrid& grid, const Stay& stay) {
    spread(rows, grid, stay.slot, stay.begin.us, stay.end.us, &SlotBin::present_us);
    spread(rows, grid, stay.slot, stay.held.us, stay.end.us, &SlotBin::waiting_us);
}

SlotBins::SlotBins(kernel::StateStore& store, const std::string& name, std::size_t slots,
                   SimTime bin_width, SimTime end)
    : grid_{slots, bin_width, static_cast<std::size_t>((end.us + bin_width.us - 1) / bin_width.us)},
      row_(store.create<SlotBin>(name, slots * grid_.bins)) {}

void SlotBins::on_record(kernel::Context&, const kernel::Record& record) {
    const std::int64_t held_us = (record.b >> 32) * 1000;
    SlotBin& row = row_[bin_of(grid_, record.time_us) * grid_.slots + record.a];
    ++row.count;
    row.duration_us += record.time_us - record.c;
    add_stay({row_.data(), row_.size()}, grid_,
             {record.a, {record.c}, {record.time_us - held_us}, {record.time_us}});
}

}  // namespace jiahe::results
