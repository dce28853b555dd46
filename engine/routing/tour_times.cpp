#include "routing/tour_times.h"

#include <algorithm>

namespace jiahe::routing {
namespace {

TourTimes::Rule rule_for(const Problem& problem) {
    bool windows = false;
    for (const Stop& stop : problem.stops()) {
        if (stop.release > 0) return TourTimes::Rule::kSegments;
        windows = windows || stop.open > 0 || stop.close < kForever;
    }
    for (const Vehicle& vehicle : problem.vehicles()) {
        if (vehicle.duration_most < kForever || vehicle.cost_per_time > 0) {
            return TourTimes::Rule::kSegments;
        }
        windows = windows || vehicle.shift_end < kForever;
    }
    return windows ? TourTimes::Rule::kClock : TourTimes::Rule::kUntimed;
}

}  // namespace

TourTimes::TourTimes(const Problem& problem)
    : problem_(problem),
      stop_count_(static_cast<std::uint32_t>(problem.stop_count())),
      is_plane_(problem.travel().is_plane()),
      rule_(rule_for(problem)) {
    if (rule_ == Rule::kSegments) {
        for (const Stop& s : problem.stops())
            own_.push_back(single_stop(s.service, s.open, s.close, s.release));
        for (const Vehicle& v : problem.vehicles())
            own_.push_back(single_stop(0, v.shift_start, v.shift_end));
        until_ = since_ = own_;
    }
    if (rule_ == Rule::kClock) {
        for (const Stop& s : problem.stops())
            clock_.push_back({s.open, s.close, s.service, s.open, s.close});
        for (const Vehicle& v : problem.vehicles())
            clock_.push_back({v.shift_start, v.shift_end, 0, v.shift_start, v.shift_end});
    }
}

bool TourTimes::fits(std::uint32_t vehicle, const TimeSegment& whole) const {
    return whole.total_warp() == 0 && whole.duration <= problem_.vehicles()[vehicle].duration_most;
}

std::int64_t TourTimes::duration_with(const std::vector<TourNode>& nodes, std::uint32_t stop,
                                      std::uint32_t prev) const {
    const std::uint32_t next = nodes[prev].next;
    const std::int64_t out = ride(nodes, prev, stop), on = ride(nodes, stop, next);
    if (rule_ == Rule::kClock) {
        const Clock& p = clock_[prev];
        const Clock& c = clock_[stop];
        const std::int64_t begin = std::max(c.open, p.begin + p.service + out);
        return begin > c.close || begin + c.service + on > clock_[next].latest ? kUnfit : 0;
    }
    const TimeSegment whole = join(join(until_[prev], own_[stop], out), since_[next], on);
    return fits(nodes[prev].vehicle, whole) ? whole.duration : kUnfit;
}

std::int64_t TourTimes::duration_without(const std::vector<TourNode>& nodes,
                                         std::uint32_t stop) const {
    if (rule_ != Rule::kSegments) return 0;
    const std::uint32_t prev = nodes[stop].prev, next = nodes[stop].next;
    return join(until_[prev], since_[next], ride(nodes, prev, next)).duration;
}

std::int64_t TourTimes::duration_of(const std::vector<TourNode>& nodes,
                                    std::uint32_t vehicle) const {
    if (rule_ != Rule::kSegments) return 0;
    const std::uint32_t home = home_of(vehicle), last = nodes[home].prev;
    return join(until_[last], own_[home], ride_on(nodes, last)).duration;
}

std::int64_t TourTimes::duration_if_driven_by(const std::vector<TourNode>& nodes,
                                              std::uint32_t from, std::uint32_t to) const {
    const std::uint32_t old_home = home_of(from), home = home_of(to);
    const std::uint32_t first = nodes[old_home].next, last = nodes[old_home].prev;
    if (rule_ == Rule::kClock) {
        std::int64_t clock = clock_[home].open + ride(nodes, home, first);
        for (std::uint32_t n = first; n != old_home; n = nodes[n].next) {
            clock = std::max(clock, clock_[n].open);
            if (clock > clock_[n].close) return kUnfit;
            clock += clock_[n].service + (n == last ? ride(nodes, n, home) : ride_on(nodes, n));
        }
        return clock > clock_[home].close ? kUnfit : 0;
    }
    TimeSegment whole = join(own_[home], own_[first], ride(nodes, home, first));
    for (std::uint32_t n = first; n != last; n = nodes[n].next)
        whole = join(whole, own_[nodes[n].next], ride_on(nodes, n));
    whole = join(whole, own_[home], ride(nodes, last, home));
    return fits(to, whole) ? whole.duration : kUnfit;
}

std::int64_t TourTimes::begin_after(const std::vector<TourNode>& nodes, std::uint32_t n) const {
    const std::uint32_t prev = nodes[n].prev;
    const Clock& p = clock_[prev];
    return std::max(clock_[n].open, p.begin + p.service + ride_on(nodes, prev));
}

std::int64_t TourTimes::latest_before(const std::vector<TourNode>& nodes, std::uint32_t n) const {
    const Clock& c = clock_[n];
    return std::min(c.close, clock_[nodes[n].next].latest - ride_on(nodes, n) - c.service);
}

void TourTimes::spread(const std::vector<TourNode>& nodes, std::uint32_t stop) {
    if (rule_ == Rule::kClock) {
        clock_[stop].begin = begin_after(nodes, stop);
        for (std::uint32_t n = nodes[stop].next; n < stop_count_; n = nodes[n].next) {
            const std::int64_t begin = begin_after(nodes, n);
            if (begin == clock_[n].begin) break;
            clock_[n].begin = begin;
        }
        clock_[stop].latest = latest_before(nodes, stop);
        for (std::uint32_t n = nodes[stop].prev; n < stop_count_; n = nodes[n].prev) {
            const std::int64_t latest = latest_before(nodes, n);
            if (latest == clock_[n].latest) break;
            clock_[n].latest = latest;
        }
    }
    if (rule_ == Rule::kSegments) {
        for (std::uint32_t n = stop; n < stop_count_; n = nodes[n].next)
            until_[n] = join(until_[nodes[n].prev], own_[n], ride_on(nodes, nodes[n].prev));
        for (std::uint32_t n = stop; n < stop_count_; n = nodes[n].prev)
            since_[n] = join(own_[n], since_[nodes[n].next], ride_on(nodes, n));
    }
}

void TourTimes::settle(const std::vector<TourNode>& nodes, std::uint32_t vehicle) {
    const std::uint32_t home = home_of(vehicle);
    if (rule_ == Rule::kClock) {
        for (std::uint32_t n = nodes[home].next; n != home; n = nodes[n].next)
            clock_[n].begin = begin_after(nodes, n);
        for (std::uint32_t n = nodes[home].prev; n != home; n = nodes[n].prev)
            clock_[n].latest = latest_before(nodes, n);
    }
    if (rule_ == Rule::kSegments) {
        for (std::uint32_t n = nodes[home].next; n != home; n = nodes[n].next)
            until_[n] = join(until_[nodes[n].prev], own_[n], ride_on(nodes, nodes[n].prev));
        for (std::uint32_t n = nodes[home].prev; n != home; n = nodes[n].prev)
            since_[n] = join(own_[n], since_[nodes[n].next], ride_on(nodes, n));
    }
}

}  // namespace jiahe::routing
