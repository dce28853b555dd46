// The scenario's events, looked up, merged and sorted: what happens to which target when.
//
// A TargetDirectory says what there is to happen to: for each kind of target the valid names, each
// with the indices that its system uses (a road has several links). compile_script() looks every
// event up and sweeps over each target's events: it is failed (closed) while any fail (close) or
// limit to nothing holds, else limited to the least of the limits that hold; surges multiply. A
// `restore` ends whatever holds on its target. Only changes become orders, and a target is shut
// once, whichever of the two shuts it.
//
// City lifecycle, immutable. Errors (all located, with the nearest valid name): E-RES-001 unknown
// name, E-RES-002 no such targets in this city, E-RES-003 no such lane, E-RES-004 no name given,
// E-RES-005 no lane given. Invariants: 1. orders ascend by (time, record kind, target, lane), no
// two alike; 2. the order of events in the file matters only for a restore at the very time of an
// event.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "resilience/ports.h"
#include "scenario/core_sections.h"

namespace jiahe::resilience {

class TargetDirectory {
  public:
    // REQUIRES: the name is new for its kind. Links of a road: kind kRoad, indices of the links.
    void add(scenario::TargetKind kind, std::string name, std::vector<std::uint32_t> indices);
    void add(scenario::TargetKind kind, std::string name, std::uint32_t index) {
        add(kind, std::move(name), std::vector<std::uint32_t>{index});
    }
    // Lanes are numbered from 0 within their plaza.
    void set_lane_count(std::uint32_t plaza, std::uint32_t lanes);

    // nullptr where there is no such name.
    const std::vector<std::uint32_t>* find(scenario::TargetKind kind,
                                           const std::string& name) const;
    bool empty(scenario::TargetKind kind) const { return entries_[slot(kind)].empty(); }
    std::vector<std::string> names(scenario::TargetKind kind) const;
    std::uint32_t lane_count(std::uint32_t plaza) const;

  private:
    static constexpr std::size_t kKinds = 8;
    using Entries = std::map<std::string, std::vector<std::uint32_t>>;
    // Lanes are looked up by their plaza's name.
    static std::size_t slot(scenario::TargetKind kind);

    std::array<Entries, kKinds> entries_;
    std::vector<std::uint32_t> lane_count_;
};

struct ScriptedOrder {
    SimTime at;
    RecordKind kind = RecordKind::kLinkOrdered;
    std::uint32_t target = 0;
    std::uint32_t lane = 0;
    Order order = Order::kFail;
    std::int64_t per_mille = 1000;
    auto operator<=>(const ScriptedOrder&) const = default;
};

std::vector<ScriptedOrder> compile_script(std::span<const scenario::TimedEvent> events,
                                          const TargetDirectory& directory,
                                          scenario::FaultList& faults);

}  // namespace jiahe::resilience
