#include "scenario/fault_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "scenario/error_codes.h"

namespace jiahe::scenario {

void FaultList::add(InputFault fault) {
    if (full()) {
        ++unlisted_;
    } else {
        faults_.push_back(std::move(fault));
    }
}

void FaultList::add_all(const std::vector<InputFault>& faults) {
    for (const InputFault& fault : faults)
        add(fault);
}

void FaultList::throw_if_any() const {
    if (faults_.empty()) return;
    std::vector<InputFault> sorted = faults_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const InputFault& a, const InputFault& b) {
        return std::tie(a.place.file, a.place.line, a.place.column) <
               std::tie(b.place.file, b.place.line, b.place.column);
    });
    if (unlisted_ > 0) {
        Place file;
        file.file = sorted.front().place.file;
        sorted.push_back(
            {code::kMoreFaults, file, fmt::format("{} more faults are not listed", unlisted_), ""});
    }
    throw InputError(std::move(sorted));
}

}  // namespace jiahe::scenario
