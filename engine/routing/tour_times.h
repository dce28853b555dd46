// TourTimes: what the rings of a TourList mean for time, kept so that an insertion is judged in
// constant time.
//
// Three rules, chosen by what the problem asks: nothing depends on time; only windows and shifts do
// (kClock: earliest beginnings from the depot on and latest ones back from it, of which a change
// moves few, because waiting absorbs it); or releases, durations or their costs count too
// (kSegments: the chains of time_segment.h from the depot up to each node and from each node home).
// Working state of one search, told of each change by its TourList. Units: the problem's.
//
// Invariant: after spread() or settle() the values of that ring are those of a fresh walk.
#pragma once

#include <cstdint>
#include <vector>

#include "routing/problem.h"

namespace jiahe::routing {

// A stop, or a vehicle's depot, in the ring of its tour.
struct TourNode {
    std::uint32_t prev, next, vehicle, location;
    std::int64_t to_prev, to_next;  // distances
};

class TourTimes {
  public:
    enum class Rule : std::uint8_t { kUntimed, kClock, kSegments };
    static constexpr std::int64_t kUnfit = -1;

    explicit TourTimes(const Problem& problem);
    Rule rule() const { return rule_; }

    // Duration of the tour with `stop` after `prev` (0 under kClock), kUnfit where it breaks a
    // limit. REQUIRES: settled.
    std::int64_t duration_with(const std::vector<TourNode>& nodes, std::uint32_t stop,
                               std::uint32_t prev) const;
    // Duration of the tour of `stop` without it (0 under kClock).
    std::int64_t duration_without(const std::vector<TourNode>& nodes, std::uint32_t stop) const;
    // Duration of the tour of `from`, driven by `to` (vehicles), or kUnfit.
    std::int64_t duration_if_driven_by(const std::vector<TourNode>& nodes, std::uint32_t from,
                                       std::uint32_t to) const;
    std::int64_t duration_of(const std::vector<TourNode>& nodes, std::uint32_t vehicle) const;

    // `stop` was put into a settled ring.
    void spread(const std::vector<TourNode>& nodes, std::uint32_t stop);
    void settle(const std::vector<TourNode>& nodes, std::uint32_t vehicle);

  private:
    std::uint32_t home_of(std::uint32_t vehicle) const { return stop_count_ + vehicle; }
    std::int64_t ride(const std::vector<TourNode>& nodes, std::uint32_t a, std::uint32_t b) const {
        return problem_.travel().time(nodes[a].location, nodes[b].location);
    }
    // From a node to its follower.
    std::int64_t ride_on(const std::vector<TourNode>& nodes, std::uint32_t a) const {
        if (is_plane_) return nodes[a].to_next;
        return ride(nodes, a, nodes[a].next);
    }
    std::int64_t begin_after(const std::vector<TourNode>& nodes, std::uint32_t n) const;
    std::int64_t latest_before(const std::vector<TourNode>& nodes, std::uint32_t n) const;
    bool fits(std::uint32_t vehicle, const TimeSegment& whole) const;

    const Problem& problem_;
    std::uint32_t stop_count_;
    bool is_plane_;
    Rule rule_ = Rule::kUntimed;
    std::vector<TimeSegment> own_, until_, since_;  // [node], kSegments; since_ = from there home
    struct Clock {
        std::int64_t open, close, service, begin, latest;
    };
    std::vector<Clock> clock_;  // [node], kClock
};

}  // namespace jiahe::routing
