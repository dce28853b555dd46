// RecordMerger: the records of all partitions, in one order, to the sinks that asked for them.
//
// Partition-state lifecycle, used between windows on one thread. Records are ordered by (time,
// kind, entity) and, within these, as their owner made them; `sequence` numbers the latter. Since a
// flush takes all records before one instant, the sequence a sink sees is the same however often it
// is flushed and whatever the partitions are.
#pragma once

#include <memory>
#include <vector>

#include "kernel/partition.h"
#include "kernel/record.h"

namespace jiahe::kernel {

class RecordMerger {
  public:
    RecordMerger();
    void add_sink(std::uint16_t kind, RecordSink& sink);
    // Gives the sinks all records of `partitions` with time < `before` and drops them there.
    void flush(const std::vector<std::unique_ptr<Partition>>& partitions, SimTime before);

  private:
    std::vector<std::vector<RecordSink*>> sinks_;  // [record kind]
    std::vector<RecordSink*> order_;               // each sink once, as added
    std::vector<Record> records_, own_;
};

}  // namespace jiahe::kernel
