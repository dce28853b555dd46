// Weighted max-min shares kept up to date while flows come and go one at a time.
//
// A flow that comes or goes moves only those whose bottleneck it touches, and those whose
// bottleneck they touch in turn: a few flows, where max_min.h solves for all. The set starts at the
// saturated links of the flow's path and grows from a flow to the flows held back by the saturated
// links it crosses; it is filled anew while the rest keep their rates; where a link then gives its
// members less than a flow outside has, that flow joins and the set is filled again.
//
// Pure mathematics: no clock, no kernel; one thread at a time. Any unit of rate. A flow is known by
// its slot; slots of removed flows are used again, the last one first. Invariants: 1. the rates are
// those of MaxMinSolver within rounding (1e-9 relative); 2. the result depends on the sequence of
// calls only. Errors: none; a path of no links needs a cap. Cost: the set's paths and the flows on
// its links. Source: Bertsekas and Gallager, Data Networks, 6.5.2; the closure over bottlenecks
// follows Ros-Giralt et al., On the bottleneck structure of congestion-controlled networks, 2019.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "telecom/max_min.h"

namespace jiahe::telecom {

class FlowSharing {
  public:
    // Links are numbered by their place in `link_capacity`; no path is longer than `hops_max`.
    FlowSharing(std::span<const double> link_capacity, std::uint32_t hops_max);

    // REQUIRES: weight > 0, cap >= 0; a path names a link at most once. Returns the flow's slot.
    std::uint32_t add(std::span<const std::uint32_t> path, double weight = 1, double cap = kNoCap);
    void remove(std::uint32_t slot);

    double rate(std::uint32_t slot) const { return flow_[slot].rate; }
    // Slots whose rate the last add or remove changed; of an added flow always.
    std::span<const std::uint32_t> changed() const { return changed_; }
    std::size_t slot_count() const { return flow_.size(); }

  private:
    struct Flow {
        double rate = 0, weight = 1, cap = kNoCap;
        double filled = 0;  // rate while the set is being filled
        std::uint32_t hop_count = 0;
        std::uint32_t member_of = 0;  // the fill that it belongs to
        bool frozen = false;
    };
    struct Link {
        double capacity = 0, load = 0;
        double level = kNoCap;        // largest x / w where saturated
        double room = 0, weight = 0;  // while filling: for members that are not frozen yet
        std::uint32_t open_count = 0;
        std::uint32_t touched_by = 0;     // the fill that it belongs to
        std::vector<std::uint32_t> hops;  // slot * hops_max + hop of the flows that cross it
    };
    struct Candidate {
        double level;
        std::uint32_t link;
    };

    std::uint32_t slot_of(std::uint32_t hop) const { return hop / hops_max_; }
    std::span<const std::uint32_t> path(std::uint32_t slot) const {
        return {hop_link_.data() + std::size_t{slot} * hops_max_, flow_[slot].hop_count};
    }
    std::uint32_t take_slot();
    void leave_links(std::uint32_t slot);

    void begin_fill();
    void include(std::uint32_t slot);
    void include_held_back(std::uint32_t link, double level);
    void touch(std::uint32_t link);
    void grow();
    void fill();
    void open_links();
    void fill_from_heap();
    void fill_alone(std::uint32_t slot);
    void freeze(std::uint32_t slot, double rate);
    void saturate(std::uint32_t link, double level);
    bool include_the_better_off();
    void commit();
    void resolve();

    std::uint32_t hops_max_;
    std::vector<Flow> flow_;
    std::vector<Link> link_;
    std::vector<std::uint32_t> hop_link_, hop_place_;  // [slot * hops_max + hop]
    std::vector<std::uint32_t> free_slot_, changed_;

    std::uint32_t fill_ = 0;
    std::size_t grown_ = 0;  // members whose links have been looked at
    std::vector<std::uint32_t> member_, touched_, by_cap_;
    std::vector<Candidate> heap_, saturated_;
};

}  // namespace jiahe::telecom
