#include "routing/recreate.h"

#include <algorithm>
#include <limits>

namespace jiahe::routing {

NearStops::NearStops(const Problem& problem, const NeighbourLists& neighbours)
    : count_(neighbours.count()) {
    constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
    near_.reserve(problem.stop_count() * count_);
    for (std::uint32_t s = 0; s < problem.stop_count(); ++s) {
        const std::uint32_t a = problem.stops()[s].location;
        for (const std::uint32_t other : neighbours.of(s)) {
            const std::uint32_t b = problem.stops()[other].location;
            const std::int64_t d =
                std::min(problem.travel().distance(a, b), problem.travel().distance(b, a));
            near_.push_back({other, static_cast<std::uint32_t>(std::min(d, kMost))});
        }
        std::sort(near_.end() - static_cast<std::ptrdiff_t>(count_), near_.end(),
                  [](const Near& x, const Near& y) {
                      return x.distance != y.distance ? x.distance < y.distance : x.stop < y.stop;
                  });
    }
}

void Recreate::take_if_better(std::uint32_t prev, std::int64_t cost, Spot& best,
                              RandomStream& random) {
    if (cost < best.cost && !random.bernoulli(blink_rate_)) best = {prev, cost};
}

// The spots on either side of a stop.
void Recreate::look_around(std::uint32_t stop, const NearStops::Near& near, Spot& best,
                           RandomStream& random) {
    const TourList::Node& node = tours_.node(near.stop);
    if (node.vehicle == kNone || !tours_.has_room(node.vehicle, stop)) return;
    const std::int64_t least = tours_.least_cost_per_distance();
    const std::int64_t twice = 2 * std::int64_t{near.distance};
    const bool known = tours_.problem().travel().is_plane() && near.distance < kAnyLength;
    if (least * (twice - node.to_next) < best.cost || tours_.is_depot(node.next)) {
        const std::int64_t out = known ? near.distance : tours_.way(near.stop, stop);
        const std::int64_t more = out + tours_.way(stop, node.next) - node.to_next;
        take_if_better(near.stop, tours_.insertion_cost(stop, near.stop, more, best.cost), best,
                       random);
    }
    if (least * (twice - node.to_prev) < best.cost || tours_.is_depot(node.prev)) {
        const std::int64_t on = known ? near.distance : tours_.way(stop, near.stop);
        const std::int64_t more = tours_.way(node.prev, stop) + on - node.to_prev;
        take_if_better(node.prev, tours_.insertion_cost(stop, node.prev, more, best.cost), best,
                       random);
    }
}

Recreate::Spot Recreate::best_spot(std::uint32_t stop, std::int64_t most, RandomStream& random) {
    Spot best{kNone, most};
    const std::int64_t least = tours_.least_cost_per_distance();
    for (const NearStops::Near& near : near_.of(stop)) {
        const std::uint32_t longest = tours_.longest_way(near.stop);
        const std::int64_t twice = 2 * std::int64_t{near.distance};
        if (longest == kAnyLength || least * (twice - std::int64_t{longest}) < best.cost) {
            look_around(stop, near, best, random);
        }
    }
    const auto look = [&](std::uint32_t prev) {
        take_if_better(prev, tours_.insertion_cost(stop, prev, best.cost), best, random);
    };
    for (std::uint32_t g = 0; g < tours_.group_count(); ++g) {
        const std::uint32_t idle = tours_.idle_vehicle(g);
        if (idle != kNone && tours_.has_room(idle, stop)) {
            look(tours_.depot_node(idle));
        }
    }
    if (best.prev != kNone || most < kNoPlace) return best;
    const auto vehicles = static_cast<std::uint32_t>(tours_.problem().vehicle_count());
    for (std::uint32_t v = 0; v < vehicles; ++v) {
        if (!tours_.has_room(v, stop)) continue;
        std::uint32_t n = tours_.depot_node(v);
        do {
            look(n);
            n = tours_.node(n).next;
        } while (!tours_.is_depot(n));
    }
    return best;
}

bool Recreate::insert_all(std::span<const std::uint32_t> stops, double blink_rate,
                          std::int64_t generosity, std::int64_t most, RandomStream& random) {
    blink_rate_ = blink_rate;
    std::int64_t left = most;
    for (const std::uint32_t stop : stops) {
        const Spot spot = best_spot(stop, left, random);
        if (spot.prev == kNone && left < kNoPlace) return false;
        const std::int64_t prize = tours_.problem().stops()[stop].prize;
        if (spot.prev == kNone || spot.cost >= prize * generosity) continue;
        tours_.insert(stop, spot.prev);
        if (left < kNoPlace) left -= spot.cost;
    }
    return true;
}

}  // namespace jiahe::routing
