#include "results/slot_bins.h"

#include <algorithm>

namespace jiahe::results {

SlotBins::SlotBins(kernel::StateStore& store, const std::string& name, std::size_t slots,
                   SimTime bin_width, SimTime end)
    : slots_(slots),
      width_(bin_width),
      bins_(static_cast<std::size_t>((end.us + bin_width.us - 1) / bin_width.us)),
      count_(store.create<std::uint32_t>(name + ".count", slots * bins_)),
      sum_ms_(store.create<std::int64_t>(name + ".duration", slots * bins_)) {}

void SlotBins::on_record(kernel::Context&, const kernel::Record& record) {
    const std::size_t bin =
        std::min(static_cast<std::size_t>(record.time_us / width_.us), bins_ - 1);
    const std::size_t row = bin * slots_ + record.a;
    ++count_[row];
    sum_ms_[row] += (record.time_us - record.c) / 1000;
}

}  // namespace jiahe::results
