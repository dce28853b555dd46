// The faults found in one input, collected so that the user mends them together.
//
// Readers add() what they find and go on where that makes sense; throw_if_any() ends the reading
// with one InputError. The first 20 are kept in the order found, further ones are counted and
// reported in a last line (E-SCN-099). Lifecycle: lives during one load; not thread-safe.
//
// Invariant: faults().size() <= kMostFaults.
#pragma once

#include <cstddef>
#include <vector>

#include "base/error.h"

namespace jiahe::scenario {

class FaultList {
  public:
    static constexpr std::size_t kMostFaults = 20;

    void add(InputFault fault);
    void add_all(const std::vector<InputFault>& faults);
    bool empty() const { return faults_.empty(); }
    // True once further faults are only counted.
    bool full() const { return faults_.size() >= kMostFaults; }
    const std::vector<InputFault>& faults() const { return faults_; }
    // Throws InputError with all of them, sorted by line and column within a file.
    void throw_if_any() const;

  private:
    std::vector<InputFault> faults_;
    std::size_t unlisted_ = 0;
};

}  // namespace jiahe::scenario
