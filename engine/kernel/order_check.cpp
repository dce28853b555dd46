// Simulator, --check-order: between two epochs everything is run twice, first with the owners of
// each window and the partitions in a shuffled order, then, from the same state, as always. What
// owners may not see cannot matter: both must end in the same rows, pending events and records.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "kernel/simulator_impl.h"

namespace jiahe::kernel {
namespace {

std::vector<Record> all_records(const std::vector<std::unique_ptr<Partition>>& partitions) {
    std::vector<Record> records;
    for (const auto& p : partitions)
        records.insert(records.end(), p->merged_records().begin(), p->merged_records().end());
    const auto key = [](const Record& r) {
        return std::pair{r.time_us, (std::uint64_t{r.kind} << 32) | r.entity};
    };
    std::stable_sort(records.begin(), records.end(),
                     [&](const Record& a, const Record& b) { return key(a) < key(b); });
    return records;
}

[[noreturn]] void report(const std::string& what, SimTime from, SimTime to) {
    check_failed("independent events may run in any order", __FILE__, __LINE__,
                 fmt::format("between {} us and {} us {} on the order in which owners that cannot "
                             "reach each other were run",
                             from.us, to.us, what));
}

}  // namespace

StateCopy Simulator::Impl::copy_state() const {
    StateCopy copy;
    for (const StateStore::Block* block : store.blocks()) {
        const char* rows = static_cast<const char*>(block->data);
        copy.rows.emplace_back(rows, rows + block->size * block->row_bytes);
    }
    for (const auto& p : partitions)
        p->queue().for_each([&](const Event& event) { copy.pending.push_back(event); });
    std::sort(copy.pending.begin(), copy.pending.end());
    return copy;
}

void Simulator::Impl::restore_state(const StateCopy& copy) {
    for (std::size_t b = 0; b < copy.rows.size(); ++b) {
        StateStore::Block& block = *store.blocks()[b];
        // Rows appended since then are zero again.
        const std::size_t bytes = block.size * block.row_bytes;
        if (bytes > copy.rows[b].size()) {
            std::memset(static_cast<char*>(block.data) + copy.rows[b].size(), 0,
                        bytes - copy.rows[b].size());
        }
        std::memcpy(block.data, copy.rows[b].data(), copy.rows[b].size());
        block.size = copy.rows[b].size() / block.row_bytes;
    }
    for (const auto& p : partitions)
        p->reset(now);
    for (const Event& event : copy.pending)
        partitions[wiring.partition(event.owner())]->queue().push(event);
}

void Simulator::Impl::run_windows_twice(SimTime stop) {
    const StateCopy before = copy_state();
    const RunCounters counted = count();
    wiring.shuffle = static_cast<std::uint64_t>(now.us) + 1;
    for (const auto& p : partitions)
        p->prefer(QueueChoice::kWindows);
    windows->run(stop, {});
    wiring.shuffle = 0;
    const StateCopy shuffled = copy_state();
    const StateHash logs = wiring.logs.hash(stop);
    const std::vector<Record> records = all_records(partitions);
    const RunCounters recounted = count();
    rehearsed.events += recounted.events - counted.events;
    rehearsed.decisions += recounted.decisions - counted.decisions;
    rehearsed.windows += recounted.windows - counted.windows;
    rehearsed.messages += recounted.messages - counted.messages;
    restore_state(before);
    for (const auto& p : partitions)
        p->prefer(options.queue);
    windows->run(stop, {});
    const StateCopy as_always = copy_state();
    for (std::size_t b = 0; b < as_always.rows.size(); ++b) {
        const StateStore::Block& block = *store.blocks()[b];
        if (block.role != HashRole::kHashed || as_always.rows[b] == shuffled.rows[b]) continue;
        const auto differs = std::mismatch(as_always.rows[b].begin(), as_always.rows[b].end(),
                                           shuffled.rows[b].begin(), shuffled.rows[b].end());
        const auto at = static_cast<std::size_t>(differs.first - as_always.rows[b].begin());
        report(fmt::format("row {} of state '{}' depends", at / block.row_bytes, block.name), now,
               stop);
    }
    const auto facts = [](const std::vector<Event>& events) {
        std::vector<Event> without_wakes;
        for (const Event& event : events) {
            if (event.phase() != Phase::kDecide) without_wakes.push_back(event);
        }
        return without_wakes;
    };
    const std::vector<Event> one = facts(as_always.pending), other = facts(shuffled.pending);
    const bool same_events =
        one.size() == other.size() &&
        (one.empty() || std::memcmp(one.data(), other.data(), one.size() * sizeof(Event)) == 0);
    if (!same_events) report("the pending events depend", now, stop);
    if (!(wiring.logs.hash(stop) == logs)) report("a delayed log depends", now, stop);
    const std::vector<Record> again = all_records(partitions);
    const bool same_records = again.size() == records.size() &&
                              (again.empty() || std::memcmp(again.data(), records.data(),
                                                            again.size() * sizeof(Record)) == 0);
    if (!same_records) report("the records depend", now, stop);
    merger.flush(partitions, stop);
}

}  // namespace jiahe::kernel
