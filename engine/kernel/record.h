// Record: what has happened at one owner; 40 bytes, told to listeners, never changed.
//
// kind = system (8 bits) | the system's own record kind (8 bits). a, b, c: the kind's own fields.
// Listeners run inside the recording handler, in the owner's name: couplings turn records into
// events of other systems, keyed sinks add to slots that belong to the record's entity alone.
// Merged sinks get all records of their kinds at epochs, ordered by (time, kind, entity) and,
// within these, in the order of recording. An unsubscribed kind costs one branch.
#pragma once

#include <cstdint>
#include <span>

#include "kernel/event.h"

namespace jiahe::kernel {

struct Record {
    std::int64_t time_us = 0;
    std::uint16_t kind = 0;
    std::uint16_t aux = 0;
    std::uint32_t entity = 0;
    std::uint32_t a = 0;
    std::uint32_t sequence = 0;  // position among equal (time, kind, entity); set when merged
    std::int64_t b = 0;
    std::int64_t c = 0;

    std::uint8_t own_kind() const { return static_cast<std::uint8_t>(kind & 0xff); }
    EntityId owner() const { return EntityId::from_raw(entity); }
    std::uint32_t owner_index() const { return entity & kIndexMax; }
};
static_assert(sizeof(Record) == 40);

constexpr std::uint16_t record_kind(SystemId system, std::uint8_t own) {
    return static_cast<std::uint16_t>((unsigned{system} << 8) | own);
}

class Context;

// Runs inside the handler that records. May send through the Context (the sender is the recording
// owner); must touch no state but slots keyed by the record's entity.
class RecordListener {
  public:
    virtual ~RecordListener() = default;
    virtual void on_record(Context& context, const Record& record) = 0;
};

// Gets merged records single-threaded: at epochs, at the end of run_until and, where a million
// wait, in between. The sequence over all calls is the same for every run; where it is cut is not.
class RecordSink {
  public:
    virtual ~RecordSink() = default;
    virtual void on_records(std::span<const Record> records) = 0;
};

}  // namespace jiahe::kernel
