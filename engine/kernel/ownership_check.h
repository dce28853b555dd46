// OwnershipCheck: does a handler touch rows that another owner writes too? (--check-ownership)
//
// No array says whose its rows are, and rows may pass from owner to owner with the event that
// carries them. But within one window no event has passed between two owners: a row that two of
// them have written there had no single owner. So a copy of the state is kept, each handler's
// changes are found by comparing, and each changed row remembers its writer until the window ends.
// Kernel arrays are left out. Costs a comparison of the whole state a handler: where the state is
// large only some windows are looked at, drawn by their time. One thread only.
//
// Errors: InternalError that names the row, both owners and the time.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/sim_time.h"
#include "kernel/event.h"
#include "kernel/state_store.h"

namespace jiahe::kernel {

class OwnershipCheck {
  public:
    explicit OwnershipCheck(const StateStore& store) : store_(store) {}
    void begin_window(std::int64_t begin_us);
    // After a handler or decision of this owner.
    void after(EntityId owner, SimTime now);

  private:
    void compare_rows(std::size_t block, std::size_t first, std::size_t end, EntityId owner,
                      SimTime now);
    void note_change(std::size_t block, std::size_t row, EntityId owner, SimTime now);
    const StateStore& store_;
    bool looking_ = false;
    int handlers_left_ = 0;
    std::vector<std::vector<char>> copy_;                       // [block]
    std::vector<std::map<std::size_t, std::uint32_t>> writer_;  // [block], row -> owner
};

}  // namespace jiahe::kernel
