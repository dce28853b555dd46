#include "kernel/record_merger.h"

#include <algorithm>

namespace jiahe::kernel {

RecordMerger::RecordMerger() : sinks_(std::size_t{kSystemMax} << 8) {}

void RecordMerger::add_sink(std::uint16_t kind, RecordSink& sink) {
    sinks_[kind].push_back(&sink);
    if (std::find(order_.begin(), order_.end(), &sink) == order_.end()) order_.push_back(&sink);
}

void RecordMerger::flush(const std::vector<std::unique_ptr<Partition>>& partitions,
                         SimTime before) {
    records_.clear();
    for (const auto& partition : partitions) {
        auto& made = partition->merged_records();  // each owner's ascending in time
        std::size_t kept = 0;
        for (const Record& r : made) {
            if (r.time_us < before.us) {
                records_.push_back(r);
            } else {
                made[kept++] = r;
            }
        }
        made.resize(kept);
    }
    if (records_.empty()) return;
    const auto key = [](const Record& r) {
        return std::pair{r.time_us, (std::uint64_t{r.kind} << 32) | r.entity};
    };
    std::stable_sort(records_.begin(), records_.end(),
                     [&](const Record& a, const Record& b) { return key(a) < key(b); });
    for (std::size_t i = 1; i < records_.size(); ++i) {
        if (key(records_[i]) == key(records_[i - 1])) {
            records_[i].sequence = records_[i - 1].sequence + 1;
        }
    }
    for (RecordSink* sink : order_) {
        own_.clear();
        for (const Record& r : records_) {
            const auto& list = sinks_[r.kind];
            if (std::find(list.begin(), list.end(), sink) != list.end()) own_.push_back(r);
        }
        if (!own_.empty()) sink->on_records(own_);
    }
}

}  // namespace jiahe::kernel
